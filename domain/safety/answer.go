package safety

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

const (
	usualHold = 10 * time.Minute // how long "on my way" keeps the ladder still where the step does not say
	noteMost  = 500              // characters
)

// AnswerInput is somebody's answer to an alarm.
type AnswerInput struct {
	Alarm  uuid.UUID
	Coming bool // on my way; else: seen, seeing to it
}

// Answer answers an alarm that one was told of, or that lies within one's reach. "On my way" is told to whoever called, and
// keeps the ladder still for a while: somebody comes. It runs on by itself unless the alarm is over by then. "Seen" spares only
// whoever says it. The same answer again says nothing new while it holds.
//
// Faults: ALARM_NOT_FOUND at "alarm"; ACTION_NOT_YOURS for whoever called; ACTION_NOT_POSSIBLE once it is over.
func Answer(ctx context.Context, tx *pg.Tx, in AnswerInput) (Alarm, error) {
	a, err := locked(ctx, tx, in.Alarm)
	switch {
	case err != nil:
		return a, err
	case a.PersonID == tx.Actor.ID:
		return a, fault.Denied("ACTION_NOT_YOURS", "a call for help is answered by others").At("alarm")
	case a.State != Raised:
		return a, errOver
	}
	clock, hold, err := a.clock(ctx, tx)
	if err != nil {
		return a, err
	}
	given, err := AnswersOf(ctx, tx, []uuid.UUID{a.ID})
	if err != nil || slices.ContainsFunc(given[a.ID], func(g Given) bool {
		return g.PersonID == tx.Actor.ID && g.Coming == in.Coming && g.At.Add(hold).After(tx.Now)
	}) {
		return a, err
	}
	a.note(tx, Answered, nil, map[string]any{"coming": in.Coming})
	audit.Record(tx, "alarm.answer", "alarm", a.ID.String(), map[string]any{"coming": in.Coming})
	if !in.Coming {
		return a, nil
	}
	notify.Send(tx, notify.Message{Person: &a.PersonID, Kind: notify.AlarmAnswered, Urgent: true, AlarmID: &a.ID,
		Params: map[string]any{"colleague": tx.Actor.Name}})
	return a, escalation.Hold(ctx, tx, clock, tx.Now.Add(hold))
}

// EndInput says that an alarm is over.
type EndInput struct {
	Alarm   uuid.UUID
	Outcome Outcome // any but Back
	Note    string  // up to 500 characters
}

// End ends an alarm: whoever called, or a dispatcher or duty lead of the street. Everybody who was told hears of it.
//
// Faults: ALARM_NOT_FOUND at "alarm"; ACTION_NOT_YOURS; ACTION_NOT_POSSIBLE once it is over; OUTCOME_UNKNOWN at "outcome";
// TEXT_… at "note".
func End(ctx context.Context, tx *pg.Tx, in EndInput) (Alarm, error) {
	note, err := prose.Clean("note", in.Note, noteMost)
	if err != nil {
		return Alarm{}, err
	}
	a, err := locked(ctx, tx, in.Alarm)
	switch {
	case err != nil:
		return a, err
	case !a.endedBy(tx.Actor):
		return a, fault.Denied("ACTION_NOT_YOURS", "whoever called ends it, or the street's dispatchers and duty leads").At("alarm")
	case a.State != Raised:
		return a, errOver
	case in.Outcome == Back || !slices.Contains(Outcomes, in.Outcome):
		return a, fault.Invalid("OUTCOME_UNKNOWN", "an alarm does not end like this").At("outcome")
	}
	if err := a.end(ctx, tx, in.Outcome, note); err != nil {
		return a, err
	}
	return a, a.tellOver(ctx, tx)
}

var errOver = fault.Conflict("ACTION_NOT_POSSIBLE", "this alarm is over").At("alarm")

// end stops the clock and writes down how it ended.
func (a *Alarm) end(ctx context.Context, tx *pg.Tx, outcome Outcome, note string) error {
	clock, _, err := a.clock(ctx, tx)
	if err != nil {
		return err
	}
	escalation.StopOne(tx, clock)
	a.State, a.EndedAt, a.EndedBy, a.Outcome = Ended, &tx.Now, &tx.Actor.ID, &outcome
	if note != "" {
		a.Note = &note
	}
	tx.Queue(endSQL, a.ID, tx.Now, tx.Actor.ID, outcome, a.Note)
	a.note(tx, Over, nil, map[string]any{"outcome": outcome})
	audit.Record(tx, "alarm.end", "alarm", a.ID.String(), map[string]any{"outcome": outcome})
	return nil
}

// tellOver tells everybody who was told, and whoever called, but not the one who says so. Who is on the way hears at once.
func (a Alarm) tellOver(ctx context.Context, tx *pg.Tx) error {
	told, err := ToldOf(ctx, tx, []uuid.UUID{a.ID})
	if err != nil {
		return err
	}
	given, err := AnswersOf(ctx, tx, []uuid.UUID{a.ID})
	if err != nil {
		return err
	}
	name, err := pg.Val[string](ctx, tx, nameSQL, a.PersonID)
	if err != nil {
		return err
	}
	var messages []notify.Message
	for _, person := range append(slices.Clone(told[a.ID]), a.PersonID) {
		if person == tx.Actor.ID {
			continue
		}
		comes := slices.ContainsFunc(given[a.ID], func(g Given) bool { return g.PersonID == person && g.Coming })
		messages = append(messages, notify.Message{Person: &person, Kind: notify.AlarmEnded, Urgent: comes || person == a.PersonID, AlarmID: &a.ID,
			Params: map[string]any{"worker": name, "over": *a.Outcome}})
	}
	notify.Send(tx, messages...)
	return nil
}

// locked finds an alarm that whoever acts sees, and locks it before anything that hangs on it.
func locked(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Alarm, error) {
	scope := tx.Actor.Scope(actor.ReadAlarm)
	a, err := pg.One[Alarm](ctx, tx, lockSQL, scope.Regions, scope.Departments, tx.Actor.ID, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, errNotFound
	}
	return a, err
}

// running is an alarm's clock, and the highest step that has fired on it.
type running struct {
	ID      uuid.UUID `db:"id"`
	Ladder  string    `db:"ladder"`
	Version int       `db:"ladder_version"`
	Step    int       `db:"step"`
}

// clock is the alarm's, and how long an answer to its last step keeps it still.
func (a Alarm) clock(ctx context.Context, tx *pg.Tx) (id uuid.UUID, hold time.Duration, err error) {
	if err := tx.Flush(ctx); err != nil { // an alarm that was raised in this transaction
		return id, 0, err
	}
	c, err := pg.One[running](ctx, tx, clockSQL, a.ID)
	if err != nil {
		return id, 0, err
	}
	ladder, err := escalation.Load(ctx, tx, escalation.Pin{Code: c.Ladder, Version: c.Version})
	if err != nil {
		return id, 0, err
	}
	return c.ID, held(ladder.Steps[c.Step]), nil
}

func held(s escalation.Step) time.Duration {
	if s.AckQuiet == nil {
		return usualHold
	}
	return s.AckQuiet.Duration()
}
