package escalation

import (
	"errors"
	"time"

	"gridwork/domain/calendar"
)

// Position is a place on a ladder: the step's index, and how many times it has fired before.
type Position struct {
	Step       int
	Occurrence int
}

// Below reports whether the position comes before the other on the ladder.
func (p Position) Below(q Position) bool {
	return p.Step < q.Step || p.Step == q.Step && p.Occurrence < q.Occurrence
}

// Deadline is a position with the instant at which it is due.
type Deadline struct {
	Position
	DueAt time.Time
}

// Plan is what a clock's ladder does at a moment.
type Plan struct {
	Fire   *Deadline  // the highest step that is due; nil: none is
	Missed []Deadline // due as well, but lower: an outage hid their time, and firing them now would only be noise
	Next   *Deadline  // what is armed from now on; nil: the clock stands at the top of its ladder
}

// lookAgain is how long a step waits whose instant is not known, because the working calendar does not reach that far.
// It is neither dropped nor guessed: when the wait is over its time is reckoned anew.
const lookAgain = 24 * time.Hour

// Plan says which step of the clock's stage fires now, when the position at is armed. Due instants are shares of the
// limit in the clock's own unit, so that opening times and pauses hold for every step. A step never comes before the one
// that stands below it.
//
// Errors: CLOCK_FROZEN (calendar.ErrFrozen) while the clock is paused.
func (l Ladder) Plan(c Clock, cal *calendar.Calendar, now time.Time, at Position) (Plan, error) {
	var plan Plan
	for _, r := range l.rungs(c, cal) {
		if r.Below(at) {
			continue
		}
		due, err := r.due(c, cal, now)
		if err != nil {
			return Plan{}, err
		}
		if due.After(now) {
			plan.Next = &Deadline{r.Position, due}
			break
		}
		if plan.Fire != nil {
			plan.Missed = append(plan.Missed, *plan.Fire)
		}
		plan.Fire = &Deadline{r.Position, due}
	}
	return plan, nil
}

// armed is the deadline of a position, or of the next one if the ladder passes over it; nil at the top. A clock that has
// just been started, resumed or extended waits for it even where it is due already: firing is the keepers' work.
func (l Ladder) armed(c Clock, cal *calendar.Calendar, now time.Time, at Position) (*Deadline, error) {
	for _, r := range l.rungs(c, cal) {
		if !r.Below(at) {
			due, err := r.due(c, cal, now)
			return &Deadline{r.Position, due}, err
		}
	}
	return nil, nil
}

// After is the stage's next step above the given one, whatever its time; false at the top.
func (l Ladder) After(step int) (Position, bool) {
	for i := step + 1; i < len(l.Steps); i++ {
		if l.Steps[i].Clock == l.Steps[step].Clock && l.Steps[i].Trigger.Timed() {
			return Position{Step: i}, true
		}
	}
	return Position{}, false
}

// rung is a position with the time that the clock has counted when it is due.
type rung struct {
	Position
	counted time.Duration
}

func (r rung) due(c Clock, cal *calendar.Calendar, now time.Time) (time.Time, error) {
	due, err := cal.Add(c.StartedAt, r.counted, c.Limit.Unit, c.Pauses)
	if errors.Is(err, calendar.ErrYear) {
		return now.Add(lookAgain), nil
	}
	return due.UTC(), err
}

// rungs lists the stage's positions in the order in which they are climbed. A repetition ends where the next step begins.
func (l Ladder) rungs(c Clock, cal *calendar.Calendar) []rung {
	var rungs []rung
	for i, step := range l.Steps {
		if step.Clock != c.Stage || !step.Trigger.Timed() {
			continue
		}
		first := rung{Position{Step: i}, step.Trigger.counted(c.Limit, cal)}
		for len(rungs) > 0 && rungs[len(rungs)-1].counted >= first.counted && rungs[len(rungs)-1].Occurrence > 0 {
			rungs = rungs[:len(rungs)-1]
		}
		if len(rungs) > 0 {
			first.counted = max(first.counted, rungs[len(rungs)-1].counted)
		}
		rungs = append(rungs, first)
		if step.Repeat != nil {
			every := step.Repeat.counted(c.Limit, cal)
			for n := 1; n <= step.Repeat.Times; n++ {
				rungs = append(rungs, rung{Position{i, n}, first.counted + time.Duration(n)*every})
			}
		}
	}
	return rungs
}

func (t Trigger) counted(limit calendar.Limit, cal *calendar.Calendar) time.Duration {
	if t.Offset == nil {
		return limit.Percent(cal, t.Percent)
	}
	return max(0, limit.Counted(cal)+time.Duration(*t.Offset))
}

func (r Repeat) counted(limit calendar.Limit, cal *calendar.Calendar) time.Duration {
	if r.Offset == nil {
		return limit.Percent(cal, r.Percent)
	}
	return time.Duration(*r.Offset)
}
