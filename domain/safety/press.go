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
	DeadlineID uuid.UUID `db:"deadline_id"`
	escalation.Position
	escalation.Clock
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
	id uuid.UUID // of its deadline
	escalation.Deadline
	people  []uuid.UUID
	brought bool // before its time, because nobody was there to hear the one below
}

// Press fires the steps of at most max alarms that are due by tx.Now, the oldest first, and returns how many fired. A timer that
// has run out raises its alarm. What another transaction holds is left for the next pass. Each is one transaction with all that it
// brings: the settled deadline and the next one, the event, and the messages with their deliveries.
func Press(ctx context.Context, tx *pg.Tx, max int) (fired int, err error) {
	due, err := pg.All[claimed](ctx, tx, claimSQL, tx.Now, max)
	for i := range due {
		n, err := due[i].press(ctx, tx)
		if err != nil {
			return fired, fmt.Errorf("press for alarm %s: %w", due[i].AlarmID, err)
		}
		fired += n
	}
	return fired, err
}

func (c *claimed) press(ctx context.Context, tx *pg.Tx) (int, error) {
	ladder, err := escalation.Load(ctx, tx, escalation.Pin{Code: c.Ladder, Version: c.LadderVersion})
	if err != nil {
		return 0, err
	}
	plan, err := ladder.Plan(c.Clock, calendar.RoundTheClock, tx.Now, c.Position)
	if err != nil {
		return 0, err
	}
	if plan.Fire == nil { // its time has moved
		tx.Queue(moveSQL, c.DeadlineID, plan.Next.DueAt, plan.Next.Step, plan.Next.Occurrence)
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
	for f := (firing{id: c.idOf(plan.Fire.Position), Deadline: *plan.Fire}); ; {
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
		f = firing{id: pg.NewID(), Deadline: escalation.Deadline{Position: up, DueAt: tx.Now}, brought: true}
	}
	c.settle(tx, plan, all)
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

// settle writes down what fired, what an outage hid, and what is armed next.
func (c *claimed) settle(tx *pg.Tx, plan escalation.Plan, all []firing) {
	state := "missed"
	for _, f := range all {
		if f.Position == c.Position {
			state = "fired"
		}
	}
	tx.Queue(settleSQL, tx.Now, c.DeadlineID, state)
	for _, d := range plan.Missed {
		if d.Position != c.Position {
			c.add(tx, pg.NewID(), d, "missed")
		}
	}
	for _, f := range all {
		if f.Position != c.Position {
			c.add(tx, f.id, f.Deadline, "fired")
		}
		c.tell(tx, f, len(plan.Missed))
	}
	if plan.Next != nil {
		c.add(tx, pg.NewID(), *plan.Next, "armed")
	}
}

func (c *claimed) add(tx *pg.Tx, id uuid.UUID, d escalation.Deadline, state string) {
	tx.Queue(insertDeadlineSQL, id, c.ID, *c.AlarmID, d.Step, d.Occurrence, d.DueAt, state, tx.Now)
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
	c.alarm().note(tx, Pressed, &f.id, detail)
	kind, params := notify.AlarmRaised, map[string]any{"worker": c.Worker, "at": c.CapturedAt}
	if c.Kind == Overdue {
		kind, params = notify.AlarmOverdue, map[string]any{"worker": c.Worker, "due": *c.BackBy}
	}
	if c.Cell != nil {
		params["cell"] = *c.Cell
	}
	messages := make([]notify.Message, len(f.people))
	for i := range f.people {
		messages[i] = notify.Message{Person: &f.people[i], Kind: kind, Urgent: true, AlarmID: c.AlarmID, DeadlineID: &f.id, Params: params}
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
	for _, c := range due {
		tx.Queue(moveSQL, c.DeadlineID, tx.Now.Add(setAside), c.Step, c.Occurrence)
		audit.Record(tx, "deadline.postpone", "deadline", c.DeadlineID.String(), map[string]any{"code": code})
	}
	return len(due), err
}
