package casework

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/escalation"
	"gridwork/pg"
)

// wake is what clocks that were carried over leave behind them.
type wake struct {
	cases dueTimes // of the disposal
	tasks dueTimes // of the check or verification that is open
	moved map[uuid.UUID][]carriedLine
}

// dueTimes are new due times, column by column.
type dueTimes struct {
	ids  []uuid.UUID
	dues []time.Time
}

// carriedLine tells in a timeline of one clock that is due at another time now.
type carriedLine struct {
	Stage       escalation.Stage `json:"stage"`
	From        time.Time        `json:"from"`
	To          time.Time        `json:"to"`
	Provisional bool             `json:"provisional"`
}

func (w *wake) add(subject uuid.UUID, c escalation.Carried) {
	if !c.Moved() {
		return // also what is frozen: a suspended case has no due time, and nobody was told one
	}
	switch c.Stage {
	case escalation.Dispose:
		w.cases.add(subject, c.DueAt)
	case escalation.Check, escalation.Verify:
		w.tasks.add(subject, c.DueAt)
	}
	if w.moved == nil {
		w.moved = map[uuid.UUID][]carriedLine{}
	}
	w.moved[subject] = append(w.moved[subject], carriedLine{c.Stage, c.Was, c.DueAt, c.MeantUnit != nil})
}

func (d *dueTimes) add(id uuid.UUID, due time.Time) {
	d.ids, d.dues = append(d.ids, id), append(d.dues, due)
}

// lines are the events of those whose clocks have moved: whose, under which ids, and what they say.
func (w *wake) lines(version int, rederivation uuid.UUID) (of, ids []uuid.UUID, details []json.RawMessage) {
	for id := range w.moved {
		of = append(of, id)
	}
	slices.SortFunc(of, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	for _, id := range of {
		body, err := json.Marshal(map[string]any{"calendar": version, "rederivation": rederivation, "clocks": w.moved[id]})
		if err != nil {
			panic(fmt.Sprintf("detail of event rederived: %v", err)) // a programming error: details are plain values
		}
		ids, details = append(ids, pg.NewID()), append(details, body)
	}
	return of, ids, details
}
