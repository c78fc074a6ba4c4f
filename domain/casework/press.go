package casework

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// Press fires the ladder steps that are due by tx.Now, the oldest first: at most max of cases, max of clues, and those of
// max acknowledgements that ran out in silence. What
// another transaction holds is left for the next pass, so any number of keepers may press at once. Firing is one
// transaction with everything that it brings: the settled deadline and the next one, the case's level, the event, the
// messages with their deliveries, and the case's own move where silence counts as an answer.
//
// It returns how many steps fired.
func Press(ctx context.Context, tx *pg.Tx, max int) (fired int, err error) {
	due, expired, err := claim(ctx, tx, max)
	if err != nil || len(due)+len(expired) == 0 {
		return 0, err
	}
	climbs, err := planned(ctx, tx, due)
	if err != nil {
		return 0, fmt.Errorf("plan due steps: %w", err)
	}
	pulled, err := pulledBySilence(ctx, tx, expired)
	if err != nil {
		return 0, fmt.Errorf("plan what silence pulls: %w", err)
	}
	climbs = append(climbs, pulled...)
	if err := gather(ctx, tx, climbs); err != nil {
		return 0, fmt.Errorf("find who is on duty: %w", err)
	}
	if err := orderReplies(ctx, tx, climbs); err != nil {
		return 0, fmt.Errorf("order replies: %w", err)
	}
	var told, silent []*climb
	for _, c := range climbs {
		if c.transition() == "" {
			told = append(told, c)
		} else {
			silent = append(silent, c)
		}
	}
	settle(tx, told)
	if err := transit(ctx, tx, silent); err != nil {
		return 0, fmt.Errorf("move cases on: %w", err)
	}
	for _, c := range climbs {
		fired += len(c.fired)
	}
	return fired, nil
}

// climb is one claimed deadline, and what becomes of its clock's ladder.
type climb struct {
	claimed
	beside bool // an occasion pulled the step: nothing was claimed, and the ladder itself stays where it is
	ladder escalation.Ladder
	cal    *calendar.Calendar
	plan   escalation.Plan
	fired  []firing // in order; more than one where audiences were empty
}

// firing is a step that fires now.
type firing struct {
	escalation.Fired
	step   escalation.Step
	people []uuid.UUID // who hears of it
	// quieted are of its audience, and are spared it because they have acknowledged it a while ago.
	quieted []uuid.UUID
	order   *ordering // that the step makes
	// brought is set where the step fires before its time, because nobody was there to hear the one below.
	brought bool
}

// planned works out what each claimed deadline does now. A clock whose time has moved since it was armed only gets its
// deadline set right.
func planned(ctx context.Context, tx *pg.Tx, due []claimed) ([]*climb, error) {
	ladders, calendars, err := pinned(ctx, tx, due)
	if err != nil {
		return nil, err
	}
	climbs := make([]*climb, len(due))
	for i := range due {
		c := &climb{claimed: due[i]}
		c.bind(ladders, calendars)
		if c.plan, err = c.ladder.Plan(c.Clock, c.cal, tx.Now, c.Position); err != nil {
			c.postpone(tx, err)
		} else if c.plan.Fire != nil {
			c.fire(*c.plan.Fire, false)
		}
		climbs[i] = c
	}
	return climbs, nil
}

// bind gives the climb the ladder and the calendar that its clock is pinned to.
func (c *climb) bind(ladders map[escalation.Pin]escalation.Ladder, calendars map[int]*calendar.Calendar) {
	c.ladder, c.cal = ladders[c.pin()], calendar.RoundTheClock
	if c.CalendarVersion != nil {
		c.cal = calendars[*c.CalendarVersion]
	}
}

// setAside is how long a deadline waits that could not be pressed, so that the others have their turn.
const setAside = time.Minute

// postpone puts a deadline off that cannot be pressed: by a mistake of ours, since nothing a user does leads here. It is
// tried again and again, and each time leaves an audit row for somebody to find; what it must not do is stop the others.
func (c *climb) postpone(tx *pg.Tx, cause error) {
	c.fired = nil
	c.plan = escalation.Plan{Next: &escalation.Deadline{Position: c.Position, DueAt: tx.Now.Add(setAside)}}
	recordPostponed(tx, c.DeadlineID, cause)
}

func recordPostponed(tx *pg.Tx, timer uuid.UUID, cause error) {
	code := "internal"
	if refusal, ok := fault.As(cause); ok {
		code = refusal.Code
	}
	audit.Record(tx, "deadline.postpone", "deadline", timer.String(), map[string]any{"code": code})
}

// Postpone puts the oldest due deadlines off, of cases, of clues and of acknowledgements at most max each, as for a mistake of ours: for a keeper
// that found them impossible to press. It returns how many.
func Postpone(ctx context.Context, tx *pg.Tx, max int, cause error) (int, error) {
	due, expired, err := claim(ctx, tx, max)
	if err != nil {
		return 0, err
	}
	putOff(tx, expired, cause)
	climbs := make([]*climb, len(due))
	for i := range due {
		climbs[i] = &climb{claimed: due[i]}
		climbs[i].postpone(tx, cause)
	}
	settle(tx, climbs)
	return len(climbs) + len(expired), nil
}

// transition is the move that the case makes by itself when the climb's last step fires, or "".
func (c *climb) transition() escalation.Action {
	if n := len(c.fired); n > 0 && c.fired[n-1].step.Action.IsTransition() {
		return c.fired[n-1].step.Action
	}
	return ""
}

// pinned reads the ladders and calendars that the clocks are bound to, each once.
func pinned(ctx context.Context, tx *pg.Tx, due []claimed) (map[escalation.Pin]escalation.Ladder, map[int]*calendar.Calendar, error) {
	pins, versions := map[escalation.Pin]bool{}, map[int]bool{}
	for i := range due {
		pins[due[i].pin()] = true
		if v := due[i].CalendarVersion; v != nil {
			versions[*v] = true
		}
	}
	ladders, err := escalation.LoadAll(ctx, tx, keys(pins))
	if err != nil || len(versions) == 0 {
		return ladders, nil, err
	}
	calendars, err := calendar.Versions(ctx, tx, keys(versions))
	return ladders, calendars, err
}

func keys[K comparable](set map[K]bool) []K {
	list := make([]K, 0, len(set))
	for k := range set {
		list = append(list, k)
	}
	return list
}

// fire adds a step. Its deadline is the claimed row if it is the claimed position, else a row of its own.
func (c *climb) fire(d escalation.Deadline, brought bool) {
	f := firing{Fired: escalation.Fired{ID: c.DeadlineID, Deadline: d}, step: c.ladder.Steps[d.Step], brought: brought}
	if d.Position != c.Position {
		f.ID = pg.NewID()
	}
	c.fired = append(c.fired, f)
}

// fallThrough fires the next step at once, because nobody was there to hear the last one. A step that rests on time
// that has really run out keeps its own hour; at the top of the ladder there is nothing to fall to.
func (c *climb) fallThrough(now time.Time) (bool, error) {
	up, higher := c.ladder.After(c.fired[len(c.fired)-1].Step)
	if c.beside || !higher || c.ladder.Steps[up.Step].Action.RestsOnTime() {
		return false, nil
	}
	above, err := c.ladder.Plan(c.Clock, c.cal, now, escalation.Position{Step: up.Step, Occurrence: 1})
	c.plan.Next = above.Next
	c.fire(escalation.Deadline{Position: up, DueAt: now}, true)
	return err == nil, err
}
