package escalation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gridwork/actor"
	"gridwork/fault"
)

const (
	stepsMost     = 50
	audienceMost  = 8
	percentMost   = 1000
	timesMost     = 100
	countMost     = 10_000
	shortestAgain = time.Minute // a firing each second would bury the people it is meant to move
	longestQuiet  = 7 * 24 * time.Hour
	longestOffset = 365 * 24 * time.Hour
)

// Check refuses a ladder that could not be climbed; the fault names the path, such as "steps[3].trigger.percent".
func (l Ladder) Check() error {
	switch {
	case !isCode(l.Code):
		return fault.Invalid("LADDER_CODE", "a code has 1 to 40 lower-case letters, digits and underscores").At("code")
	case l.Version < 1:
		return fault.Invalid("LADDER_VERSION", "a version is 1 or more").At("version")
	case strings.TrimSpace(l.NameZH) == "":
		return fault.Invalid("LADDER_NAME", "a name is needed").At("nameZh")
	case strings.TrimSpace(l.NameEN) == "":
		return fault.Invalid("LADDER_NAME", "a name is needed").At("nameEn")
	}
	return fault.Under("steps", l.Steps.Check())
}

// Check refuses steps that contradict themselves or each other; the fault's path begins with the step's index.
func (s Steps) Check() error {
	if len(s) == 0 || len(s) > stepsMost {
		return fault.Invalid("LADDER_STEPS", "a ladder has 1 to %d steps", stepsMost)
	}
	last := map[Stage]*Step{}
	for i := range s {
		step := &s[i]
		if err := step.check(); err != nil {
			return fault.Under(at(i), err)
		}
		if !step.Trigger.Timed() {
			continue
		}
		if before := last[step.Clock]; before != nil {
			if err := step.follows(before); err != nil {
				return fault.Under(at(i), err)
			}
		}
		last[step.Clock] = step
	}
	return nil
}

func (s *Step) check() error {
	if !slices.Contains(Stages, s.Clock) {
		return fault.Invalid("LADDER_CLOCK", "no such stage").At("clock")
	}
	if err := s.Trigger.check(s.Clock); err != nil {
		return fault.Under("trigger", err)
	}
	if err := s.checkRepeat(); err != nil {
		return fault.Under("repeat", err)
	}
	if err := s.checkAction(); err != nil {
		return fault.Under("action", err)
	}
	if !slices.Contains(Quiets, s.Quiet) {
		return fault.Invalid("LADDER_QUIET", "a quiet rule is respect or break").At("quiet")
	}
	if err := s.checkAckQuiet(); err != nil {
		return err
	}
	return fault.Under("audience", s.checkAudience())
}

func (s *Step) checkAckQuiet() error {
	switch {
	case s.AckQuiet == nil:
		return nil
	case !s.Action.NeedsAck():
		return fault.Invalid("LADDER_QUIET", "the action asks for no acknowledgement").At("ackQuiet")
	case time.Duration(*s.AckQuiet) < time.Minute || time.Duration(*s.AckQuiet) > longestQuiet:
		return fault.Invalid("LADDER_QUIET", "an acknowledgement quiets for a minute to a week").At("ackQuiet")
	}
	return nil
}

func (t Trigger) check(clock Stage) error {
	given := 0
	for _, is := range []bool{t.Percent != 0, t.Offset != nil, t.Event != nil} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return fault.Invalid("LADDER_TRIGGER", "a trigger is one of percent, offset and event")
	case t.Percent < 0 || t.Percent > percentMost:
		return fault.Invalid("LADDER_TRIGGER", "a percentage is 1 to %d", percentMost).At("percent")
	case t.Offset != nil && time.Duration(*t.Offset).Abs() > longestOffset:
		return fault.Invalid("LADDER_TRIGGER", "an offset is at most a year").At("offset")
	case t.Event == nil:
		return nil
	case clock.OfClue():
		return fault.Invalid("LADDER_TRIGGER", "events happen to cases, and the clock is a clue's").At("event")
	case clock == Alarm:
		return fault.Invalid("LADDER_TRIGGER", "events happen to cases, and the clock is an alarm's").At("event")
	case !slices.Contains(Occasions, t.Event.Occasion):
		return fault.Invalid("LADDER_TRIGGER", "no such occasion").At("event.occasion")
	case t.Event.Count < 1 || t.Event.Count > countMost:
		return fault.Invalid("LADDER_TRIGGER", "a count is 1 to %d", countMost).At("event.count")
	}
	return nil
}

func (s *Step) checkRepeat() error {
	r := s.Repeat
	switch {
	case r == nil:
		return nil
	case !s.Trigger.Timed():
		return fault.Invalid("LADDER_REPEAT", "only a timed step repeats")
	case s.Action.IsTransition():
		return fault.Invalid("LADDER_REPEAT", "a case moves on once")
	case (r.Percent != 0) == (r.Offset != nil):
		return fault.Invalid("LADDER_REPEAT", "a step repeats after a percentage or after an offset")
	case r.Percent < 0 || r.Percent > percentMost:
		return fault.Invalid("LADDER_REPEAT", "a percentage is 1 to %d", percentMost).At("percent")
	case r.Offset != nil && (time.Duration(*r.Offset) < shortestAgain || time.Duration(*r.Offset) > longestOffset):
		return fault.Invalid("LADDER_REPEAT", "a repetition comes after a minute to a year").At("offset")
	case r.Times < 1 || r.Times > timesMost:
		return fault.Invalid("LADDER_REPEAT", "a step repeats 1 to %d times", timesMost).At("times")
	}
	return nil
}

func (s *Step) checkAction() error {
	switch {
	case !slices.Contains(Actions, s.Action):
		return fault.Invalid("LADDER_ACTION", "no such action")
	case s.Clock.OfClue() && s.Action != Remind && s.Action != RequireAcknowledgement && s.Action != SupervisionOrder:
		return fault.Invalid("LADDER_ACTION", "a clue is reminded of, to be acknowledged or ordered, nothing else")
	case s.Clock == Alarm && s.Action != Remind && s.Action != RequireAcknowledgement:
		return fault.Invalid("LADDER_ACTION", "an alarm asks for people, nothing else")
	case s.Clock == Reply && s.Action == SupervisionOrder:
		return fault.Invalid("LADDER_ACTION", "the reply to an order is pressed for, not ordered again")
	case s.Action == DeemAccepted && s.Clock != Accept, s.Action == SubmitForCheck && s.Clock != Quality:
		return fault.Invalid("LADDER_ACTION", "acceptance is deemed on the accept clock, checks are asked on the quality clock")
	case s.Action.IsTransition() && (s.Trigger.Percent < 100 || !s.Trigger.Timed()):
		return fault.Invalid("LADDER_ACTION", "silence counts from 100 percent of the limit on, not before")
	}
	return nil
}

func (s *Step) checkAudience() error {
	if len(s.Audience) == 0 || len(s.Audience) > audienceMost {
		return fault.Invalid("LADDER_AUDIENCE", "a step has 1 to %d audiences", audienceMost)
	}
	for i, a := range s.Audience {
		if err := a.check(s.Clock); err != nil {
			return fault.Under(at(i), err)
		}
		if slices.Contains(s.Audience[:i], a) {
			return fault.Invalid("LADDER_AUDIENCE", "the audience is named twice").At(at(i))
		}
	}
	return nil
}

func (a Audience) check(clock Stage) error {
	inDepartment := a.Role == actor.DepartmentDesk || a.Role == actor.Handler
	switch {
	case !slices.Contains(actor.Roles, a.Role):
		return fault.Invalid("LADDER_AUDIENCE", "no such role").At("role")
	case a.Role == actor.Volunteer || a.Role == actor.Integration:
		return fault.Invalid("LADDER_AUDIENCE", "only staff is pressed").At("role")
	case !slices.Contains(Levels, a.Level):
		return fault.Invalid("LADDER_AUDIENCE", "no such level").At("level")
	case a.Level == Named:
		return a.checkNamed(clock)
	case a.Department == OwnDepartment && clock == Alarm:
		return fault.Invalid("LADDER_AUDIENCE", "an alarm has no department").At("department")
	case a.Department == "" && inDepartment:
		return fault.Invalid("LADDER_AUDIENCE", "the role belongs to a department").At("department")
	case a.Department == OwnDepartment && clock.OfClue():
		return fault.Invalid("LADDER_AUDIENCE", "a clue has no department yet").At("department")
	case a.Department != "" && !isCode(a.Department):
		return fault.Invalid("LADDER_AUDIENCE", "a department is named by its code, or own").At("department")
	}
	return nil
}

func (a Audience) checkNamed(clock Stage) error {
	handler := a.Role == actor.Handler && !clock.OfClue() && clock != Alarm
	worker := a.Role == actor.GridWorker && (clock == Verify || clock == Check)
	if !handler && !worker || a.Department != "" {
		return fault.Invalid("LADDER_AUDIENCE",
			"named are the handler of a case and, while a check or verification is open, its grid worker").At("level")
	}
	return nil
}

// follows refuses a timed step that is written after one of the same stage which is surely due later, or that ends it.
func (s *Step) follows(before *Step) error {
	if before.Action.IsTransition() {
		return fault.Invalid("LADDER_ORDER", "the stage ends with the step before").At("trigger")
	}
	a, b := before.Trigger, s.Trigger
	var later bool
	switch {
	case a.Offset == nil && b.Offset == nil:
		later = a.Percent >= b.Percent
	case a.Offset != nil && b.Offset != nil:
		later = *a.Offset >= *b.Offset
	case a.Offset != nil: // percent after offset
		later = *a.Offset >= 0 && b.Percent <= 100
	default: // offset after percent
		later = a.Percent >= 100 && *b.Offset <= 0
	}
	if later {
		return fault.Invalid("LADDER_ORDER", "steps of a stage stand in the order in which they are due").At("trigger")
	}
	return nil
}

func isCode(s string) bool {
	ok := func(r rune) bool { return r == '_' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
	return s != "" && len(s) <= 40 && !strings.ContainsFunc(s, func(r rune) bool { return !ok(r) })
}

func at(i int) string { return "[" + strconv.Itoa(i) + "]" }
