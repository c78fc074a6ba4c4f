package escalation

import (
	"errors"
	"io"
	"slices"
	"time"

	"gridwork/domain/calendar"
	"gridwork/enum"
)

// Runner is a running clock with what it is bound to, and the position that is armed.
type Runner struct {
	Clock
	Ladder   Ladder
	Calendar *calendar.Calendar
	Armed    *Position // nil: it stands at the top of its ladder
	Deemed   []int     // steps that acceptance by silence pulls, those that have fired in the round left out
}

// Wait is an acknowledgement that would run out in silence, and the steps that this pulls.
type Wait struct {
	Runner int // whose step was acknowledged: an index
	At     time.Time
	Steps  []int
}

// Foreseen is a step that fires if nobody moves.
type Foreseen struct {
	Runner int // an index
	Deadline
	Beside  bool // an occasion pulls it
	Brought bool // it fires before its time, because nobody would be there to hear the one below
}

// End is why nothing is foreseen any further.
type End string

const (
	EndTop      End = "top"      // every clock stands at the top of its ladder
	EndFrozen   End = "frozen"   // the clocks are paused: nothing moves before somebody resumes them
	EndCheck    End = "check"    // the case goes to the check by itself; what follows depends on who is asked
	EndCalendar End = "calendar" // a clock runs on into a year whose holidays nobody has published
	EndLong     End = "long"     // further than a foresight goes, in steps or in time
)

// Ends lists every end.
var Ends = []End{EndTop, EndFrozen, EndCheck, EndCalendar, EndLong}

func (e End) MarshalGQL(w io.Writer)     { enum.Marshal(w, e) }
func (e *End) UnmarshalGQL(in any) error { return enum.Unmarshal(e, in, Ends) }

// Foresight is what happens if nobody moves.
type Foresight struct {
	Steps []Foreseen // in order
	End   End
	Until time.Time // of the last step, or of what is ahead but not foreseen
}

// Sight is how far a foresight goes.
type Sight struct {
	From, Until time.Time
	Most        int // steps
	// Heard reports whether anybody would be there to hear a step.
	Heard func(Foreseen) bool
	// Ordered is the clock that runs from a supervision order on, if the order asks for a reply; it becomes the next runner.
	Ordered func(Foreseen) (Runner, bool, error)
}

// Foresee plays the ladders of one case's running clocks forward, as the keepers will: the oldest first, nobody there means
// the next step at once, deemed acceptance ends its clock, an order begins one. It asks nobody anything but Heard and
// Ordered.
func (s Sight) Foresee(runners []Runner, waits []Wait) (Foresight, error) {
	f := foreseeing{Sight: s, runners: append([]Runner{}, runners...), waits: append([]Wait{}, waits...)}
	f.sight = Foresight{End: EndTop, Until: s.From}
	if slices.ContainsFunc(runners, func(r Runner) bool { return r.Frozen() }) {
		f.sight.End = EndFrozen
	}
	for f.sight.End == EndTop && f.advance() {
		if len(f.sight.Steps) > s.Most {
			f.sight.Steps, f.sight.End = f.sight.Steps[:s.Most], EndLong
		}
	}
	if f.sight.End == EndTop && f.blind {
		f.sight.End = EndCalendar
	}
	return f.sight, f.err
}

// foreseeing is a foresight in the making.
type foreseeing struct {
	Sight
	runners []Runner
	waits   []Wait
	sight   Foresight
	blind   bool // a clock runs on where no calendar tells how
	err     error
}

// advance fires what is next; false where nothing is.
func (f *foreseeing) advance() bool {
	runner, at := -1, time.Time{}
	for i := range f.runners {
		due, ok := f.due(i)
		if f.err != nil {
			return false
		}
		if ok && (runner < 0 || due.Before(at)) {
			runner, at = i, due
		}
	}
	wait := -1
	for i, w := range f.waits {
		if moment := f.notBefore(w.At); runner < 0 && wait < 0 || moment.Before(at) {
			wait, at = i, moment
		}
	}
	switch {
	case runner < 0 && wait < 0:
		return false
	case at.After(f.Until):
		f.sight.End, f.sight.Until = EndLong, f.Until
		return false
	}
	f.sight.Until = at
	if wait >= 0 {
		f.outlast(wait, at)
	} else {
		f.err = f.fire(runner, at)
	}
	return f.err == nil
}

func (f *foreseeing) notBefore(at time.Time) time.Time {
	if at.Before(f.From) {
		return f.From // it is overdue, and fires as soon as a keeper comes by
	}
	return at
}

// due is when a runner presses next; false at its top, and where no calendar tells.
func (f *foreseeing) due(i int) (time.Time, bool) {
	r := &f.runners[i]
	if r.Armed == nil {
		return time.Time{}, false
	}
	for _, rung := range r.Ladder.rungs(r.Clock, r.Calendar) {
		if rung.Below(*r.Armed) {
			continue
		}
		due, err := r.Calendar.Add(r.StartedAt, rung.counted, r.Unit, r.Pauses)
		if errors.Is(err, calendar.ErrYear) {
			r.Armed, f.blind = nil, true
			return time.Time{}, false
		}
		f.err = err
		return f.notBefore(due.UTC()), err == nil
	}
	r.Armed = nil
	return time.Time{}, false
}

// fire lets a runner's step fire, and those above it for as long as nobody hears.
func (f *foreseeing) fire(i int, at time.Time) error {
	r := &f.runners[i]
	plan, err := r.Ladder.Plan(r.Clock, r.Calendar, at, *r.Armed)
	if err != nil || plan.Fire == nil {
		return err
	}
	step := Foreseen{Runner: i, Deadline: Deadline{plan.Fire.Position, at}}
	fired := []Foreseen{step}
	for !f.Heard(step) {
		up, higher := r.Ladder.After(step.Step)
		if !higher || r.Ladder.Steps[up.Step].Action.RestsOnTime() {
			break
		}
		step = Foreseen{Runner: i, Deadline: Deadline{up, at}, Brought: true}
		fired = append(fired, step)
		if plan, err = r.Ladder.Plan(r.Clock, r.Calendar, at, Position{up.Step, 1}); err != nil {
			return err
		}
	}
	r.Armed = nil
	if plan.Next != nil {
		r.Armed = &plan.Next.Position
	}
	f.add(fired...)
	f.move(i, f.runners[i].Ladder.Steps[step.Step].Action, at)
	return f.err
}

// add writes steps down, and lets the clocks begin that they order.
func (f *foreseeing) add(steps ...Foreseen) {
	for _, step := range steps {
		f.sight.Steps = append(f.sight.Steps, step)
		if f.err != nil || f.runners[step.Runner].Ladder.Steps[step.Step].Action != SupervisionOrder {
			continue
		}
		reply, begins, err := f.Ordered(step)
		if f.err = err; begins {
			f.runners = append(f.runners, reply)
		}
	}
}

// move follows a transition as far as it is certain.
func (f *foreseeing) move(i int, action Action, at time.Time) {
	if !action.IsTransition() {
		return
	}
	f.waits = nil // something has happened
	if action == SubmitForCheck {
		f.sight.End = EndCheck
		return
	}
	f.runners[i].Armed = nil
	for _, step := range f.runners[i].Deemed {
		f.beside(i, step, at)
	}
}

// outlast lets an acknowledgement run out.
func (f *foreseeing) outlast(i int, at time.Time) {
	w := f.waits[i]
	f.waits = append(f.waits[:i], f.waits[i+1:]...)
	for _, step := range w.Steps {
		f.beside(w.Runner, step, at)
	}
}

func (f *foreseeing) beside(runner, step int, at time.Time) {
	f.add(Foreseen{Runner: runner, Deadline: Deadline{Position{Step: step}, at}, Beside: true})
}
