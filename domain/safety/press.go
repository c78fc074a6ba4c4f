package safety

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// claimed is a due deadline, locked together with its alarm.
type claimed struct {
	escalation.Claimed
	Kind       Kind       `db:"kind"`
	State      State      `db:"state"`
	PersonID   uuid.UUID  `db:"person_id"`
	Worker     string     `db:"worker"`
	Cell       *string    `db:"cell"`
	Point      *geo.Point `db:"point"`
	CapturedAt time.Time  `db:"captured_at"`
	BackBy     *time.Time `db:"back_by"`
}

// firing is a step that fires now, and who hears of it.
type firing struct {
	escalation.Fired
	people  []uuid.UUID
	brought bool // before its time, because nobody was there to hear the one below
}

// Press fires the steps of at most max alarms that are due by tx.Now, the oldest first, and returns how many fired. A timer that
// has run out raises its alarm. What another transaction holds is left for the next pass. Each is one transaction with all that it
// brings: the settled deadline and the next one, the event, and the messages with their deliveries.
func Press(ctx context.Context, tx *pg.Tx, max int) (fired int, err error) {
	due, err := pg.All[claimed](ctx, tx, claimSQL, tx.Now, max)
	var rows escalation.Settlement
	for i := range due {
		n, err := due[i].press(ctx, tx, &rows)
		if err != nil {
			return fired, fmt.Errorf("press for alarm %s: %w", due[i].AlarmID, err)
		}
		fired += n
	}
	rows.Queue(tx)
	return fired, err
}

func (c *claimed) press(ctx context.Context, tx *pg.Tx, rows *escalation.Settlement) (int, error) {
	ladder, err := escalation.Load(ctx, tx, escalation.Pin{Code: c.Ladder, Version: c.LadderVersion})
	if err != nil {
		return 0, err
	}
	plan, err := ladder.Plan(c.Clock, calendar.RoundTheClock, tx.Now, c.Position)
	if err != nil {
		return 0, err
	}
	if plan.Fire == nil { // its time has moved
		rows.Move(c.DeadlineID, *plan.Next)
		return 0, nil
	}
	if c.State == Waiting {
		c.raise(tx)
	}
	known, err := c.known(ctx, tx)
	if err != nil {
		return 0, err
	}
	var all []firing
	for f := (firing{Fired: escalation.Fired{ID: c.idOf(plan.Fire.Position), Deadline: *plan.Fire}}); ; {
		var there bool
		if f.people, there, err = c.hearers(ctx, tx, known, ladder.Steps[f.Step]); err != nil {
			return 0, err
		}
		all = append(all, f)
		up, higher := ladder.After(f.Step)
		if there || !higher {
			break
		}
		above, err := ladder.Plan(c.Clock, calendar.RoundTheClock, tx.Now, escalation.Position{Step: up.Step, Occurrence: 1})
		if err != nil {
			return 0, err
		}
		plan.Next = above.Next
		f = firing{Fired: escalation.Fired{ID: pg.NewID(), Deadline: escalation.Deadline{Position: up, DueAt: tx.Now}}, brought: true}
	}
	fired := make([]escalation.Fired, len(all))
	for i, f := range all {
		fired[i] = f.Fired
		c.tell(tx, f, len(plan.Missed))
	}
	rows.Settle(c.Claimed, plan, fired)
	return len(all), nil
}

// raise turns a timer that has run out into an alarm.
func (c *claimed) raise(tx *pg.Tx) {
	tx.Queue(raiseSQL, *c.AlarmID, tx.Now)
	c.alarm().note(tx, WasMade, nil, map[string]any{"kind": c.Kind})
	audit.Record(tx, "alarm.raise", "alarm", c.AlarmID.String(), map[string]any{"kind": c.Kind, "street": c.Street})
}

func (c *claimed) alarm() Alarm { return Alarm{ID: *c.AlarmID} }

func (c *claimed) idOf(p escalation.Position) uuid.UUID {
	if p == c.Position {
		return c.DeadlineID
	}
	return pg.NewID()
}

// tell writes the event of a step, and a message for each who hears of it. It goes out at once, by night too.
func (c *claimed) tell(tx *pg.Tx, f firing, missed int) {
	detail := map[string]any{"step": f.Step, "occurrence": f.Occurrence, "told": len(f.people)}
	if f.brought {
		detail["brought_forward"] = true
	}
	if missed > 0 {
		detail["missed"] = missed
	}
	c.alarm().note(tx, Pressed, &f.ID, detail)
	kind, params := notify.AlarmRaised, map[string]any{"worker": c.Worker, "at": c.CapturedAt}
	if c.Kind == Overdue {
		kind, params = notify.AlarmOverdue, map[string]any{"worker": c.Worker, "due": *c.BackBy}
	}
	if c.Cell != nil {
		params["cell"] = *c.Cell
	}
	messages := make([]notify.Message, len(f.people))
	for i := range f.people {
		messages[i] = notify.Message{Person: &f.people[i], Kind: kind, Urgent: true, AlarmID: c.AlarmID, DeadlineID: &f.ID, Params: params}
	}
	notify.Send(tx, messages...)
}

// setAside is how long an alarm waits that could not be pressed.
const setAside = 10 * time.Second

// Postpone puts the oldest due alarms off that cannot be pressed, at most max: by a mistake of ours, since nothing a user does
// leads here. They are tried again and again, and each time leaves an audit row for somebody to find.
func Postpone(ctx context.Context, tx *pg.Tx, max int, cause error) (int, error) {
	due, err := pg.All[claimed](ctx, tx, claimSQL, tx.Now, max)
	code := "internal"
	if refusal, ok := fault.As(cause); ok {
		code = refusal.Code
	}
	var rows escalation.Settlement
	for _, c := range due {
		rows.Move(c.DeadlineID, escalation.Deadline{Position: c.Position, DueAt: tx.Now.Add(setAside)})
		audit.Record(tx, "deadline.postpone", "deadline", c.DeadlineID.String(), map[string]any{"code": code})
	}
	rows.Queue(tx)
	return len(due), err
}
