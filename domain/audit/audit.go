// Package audit keeps who did what: rows that are only ever added, in the transaction of the change, and linked
// afterwards into a SHA-256 chain, so that a row that is altered or removed is noticed.
package audit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

// Entry is one row of the log. Actor is a role or the system's reason: the log never names a reporter.
type Entry struct {
	ID       uuid.UUID       `db:"id"`
	At       time.Time       `db:"at"`
	ActorID  *uuid.UUID      `db:"actor_id"`
	Actor    string          `db:"actor"`
	Action   string          `db:"action"`
	Object   string          `db:"object"`
	ObjectID string          `db:"object_id"`
	Detail   json.RawMessage `db:"detail"`
}

// Record writes down what the transaction's actor does, with the commit. detail holds codes and ids: no text of a
// clue, no name, no address.
func Record(tx *pg.Tx, action, object, objectID string, detail any) {
	body, err := json.Marshal(detail)
	if err != nil {
		panic(fmt.Sprintf("audit detail of %s: %v", action, err)) // a programming error: details are plain structs
	}
	id, name := Who(tx.Actor)
	tx.Queue(insertAuditSQL, pg.NewID(), tx.Now, id, name, action, object, objectID, json.RawMessage(body))
}

// Who is how a log names an actor: staff by id and roles, the platform by its reason, and whoever acts as a mere
// reporter not at all.
func Who(a *actor.Actor) (id *uuid.UUID, name string) {
	if a.System != "" {
		return nil, "system: " + a.System
	}
	var roles []string
	for _, g := range a.Grants {
		if g.Role != actor.Volunteer && !slices.Contains(roles, string(g.Role)) {
			roles = append(roles, string(g.Role))
		}
	}
	if len(roles) == 0 {
		return nil, "reporter"
	}
	slices.Sort(roles)
	return &a.ID, strings.Join(roles, "+")
}

// RecordReport is Record for the making of a report: it names nobody, not even a grid worker,
// because whoever reported is sealed.
func RecordReport(tx *pg.Tx, source, clueID string) {
	tx.Queue(insertAuditSQL, pg.NewID(), tx.Now, nil, "reporter", "clue.submit", "clue", clueID,
		json.RawMessage(fmt.Sprintf(`{"source":%q}`, source)))
}
