package safety

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/enum"
	"gridwork/pg"
)

// EventKind is what happened to an alarm.
type EventKind string

const (
	Begun    EventKind = "begun"    // a timer
	Extended EventKind = "extended" // a timer
	WasMade  EventKind = "raised"
	Pressed  EventKind = "pressed"
	Answered EventKind = "answered"
	Over     EventKind = "ended"
)

// EventKinds lists every kind.
var EventKinds = []EventKind{Begun, Extended, WasMade, Pressed, Answered, Over}

func (k EventKind) MarshalGQL(w io.Writer)     { enum.Marshal(w, k) }
func (k *EventKind) UnmarshalGQL(in any) error { return enum.Unmarshal(k, in, EventKinds) }

// Event is a step in an alarm's history.
type Event struct {
	ID      uuid.UUID       `db:"id"`
	AlarmID uuid.UUID       `db:"alarm_id"`
	At      time.Time       `db:"at"`
	Kind    EventKind       `db:"kind"`
	ByID    *uuid.UUID      `db:"actor_id"` // nil: the platform
	Detail  json.RawMessage `db:"detail"`   // codes, numbers and times
}

// Given is somebody's answer: the last one that they gave.
type Given struct {
	AlarmID  uuid.UUID `db:"alarm_id"`
	PersonID uuid.UUID `db:"person_id"`
	Coming   bool      `db:"coming"`
	At       time.Time `db:"at"`
}

// openMost is how many alarms are shown at once: more at a time are one disaster, and not seen one by one.
const openMost = 100

// Open are the raised alarms that the viewer sees within a region ("" = everywhere), the oldest first.
func Open(ctx context.Context, tx *pg.Tx, region string) ([]Alarm, error) {
	return pg.All[Alarm](ctx, tx, openSQL, append(sees(tx), region, openMost)...)
}

// Get is one alarm that the viewer sees, ALARM_NOT_FOUND where there is none.
func Get(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Alarm, error) {
	a, err := pg.One[Alarm](ctx, tx, seenSQL, append(sees(tx), []uuid.UUID{id})...)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, errNotFound
	}
	return a, err
}

// ByIDs are those of the alarms that the viewer sees.
func ByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Alarm, error) {
	return pg.All[Alarm](ctx, tx, seenSQL, append(sees(tx), ids)...)
}

// lingers is how long a handheld still shows an alarm that is over.
const lingers = 30 * time.Minute

// Carried are the alarms on the handheld of whoever acts, ordered by id: one's own and those that one was told of, until a while after they are over.
func Carried(ctx context.Context, tx *pg.Tx) ([]Alarm, error) {
	return pg.All[Alarm](ctx, tx, carriedSQL, tx.Actor.ID, tx.Now.Add(-lingers))
}

// ToldOf are the people who were told of alarms that the viewer sees, in the order in which they were told.
func ToldOf(ctx context.Context, tx *pg.Tx, alarms []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	type told struct {
		Alarm  uuid.UUID `db:"alarm_id"`
		Person uuid.UUID `db:"person_id"`
	}
	rows, err := pg.All[told](ctx, tx, toldSQL, alarms)
	of := make(map[uuid.UUID][]uuid.UUID, len(alarms))
	for _, r := range rows {
		of[r.Alarm] = append(of[r.Alarm], r.Person)
	}
	return of, err
}

// AnswersOf are the answers to alarms that the viewer sees, the first one first.
func AnswersOf(ctx context.Context, tx *pg.Tx, alarms []uuid.UUID) (map[uuid.UUID][]Given, error) {
	rows, err := pg.All[Given](ctx, tx, answersSQL, alarms)
	of := make(map[uuid.UUID][]Given, len(alarms))
	for _, r := range rows {
		of[r.AlarmID] = append(of[r.AlarmID], r)
	}
	return of, err
}

// EventsOf are the histories of alarms that the viewer sees, the oldest step first.
func EventsOf(ctx context.Context, tx *pg.Tx, alarms []uuid.UUID) (map[uuid.UUID][]Event, error) {
	rows, err := pg.All[Event](ctx, tx, eventsSQL, alarms)
	of := make(map[uuid.UUID][]Event, len(alarms))
	for _, r := range rows {
		of[r.AlarmID] = append(of[r.AlarmID], r)
	}
	return of, err
}

func sees(tx *pg.Tx) []any {
	scope := tx.Actor.Scope(actor.ReadAlarm)
	return []any{scope.Regions, scope.Departments, tx.Actor.ID}
}
