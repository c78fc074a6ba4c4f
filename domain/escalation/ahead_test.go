package escalation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
)

// foreseen plays one clock forward for a year, where somebody always hears but at the steps of the given indexes.
func foreseen(t *testing.T, l escalation.Ladder, c escalation.Clock, most int, deaf ...int) (string, escalation.Foresight) {
	t.Helper()
	sight := escalation.Sight{From: monday, Until: monday.AddDate(1, 0, 0), Most: most, Heard: func(f escalation.Foreseen) bool {
		for _, step := range deaf {
			if f.Step == step {
				return false
			}
		}
		return true
	}, Ordered: noReply}
	got, err := sight.Foresee([]escalation.Runner{{Clock: c, Ladder: l, Calendar: official(t), Armed: &escalation.Position{}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var text []string
	for _, s := range got.Steps {
		text = append(text, fmt.Sprintf("%d.%d after %s", s.Step, s.Occurrence, s.DueAt.Sub(monday)))
	}
	return strings.Join(text, ", "), got
}

func noReply(escalation.Foreseen) (r escalation.Runner, begins bool, err error) { return r, false, nil }

func TestALadderIsPlayedForwardToItsTop(t *testing.T) {
	t.Parallel()
	l := percents(50, 100)
	l.Steps[0].Repeat = &escalation.Repeat{Percent: 20, Times: 9}
	text, got := foreseen(t, l, clock(10, calendar.UrgentHour), 100)
	if text != "0.0 after 5h0m0s, 0.1 after 7h0m0s, 0.2 after 9h0m0s, 1.0 after 10h0m0s" || got.End != escalation.EndTop {
		t.Error(text, got.End)
	}
}

func TestWhereNobodyWouldBeTheNextStepIsForeseenAtOnce(t *testing.T) {
	t.Parallel()
	l := percents(50, 80, 100, 150)
	l.Steps[2].Action = escalation.YellowCard
	text, got := foreseen(t, l, clock(10, calendar.UrgentHour), 100, 0, 1)
	if text != "0.0 after 5h0m0s, 1.0 after 5h0m0s, 2.0 after 10h0m0s, 3.0 after 15h0m0s" || !got.Steps[1].Brought {
		t.Error(text)
	}
}

func TestAForesightSaysWhereItEnds(t *testing.T) {
	t.Parallel()
	frozen := clock(10, calendar.UrgentHour, calendar.Pause{From: monday})
	long := percents(50)
	long.Steps[0].Repeat = &escalation.Repeat{Percent: 10, Times: 100}
	checked := percents(50, 100)
	checked.Steps[0].Clock, checked.Steps[1].Clock, checked.Steps[1].Action = escalation.Quality, escalation.Quality, escalation.SubmitForCheck
	quality := clock(10, calendar.UrgentHour)
	quality.Stage = escalation.Quality
	for name, c := range map[string]struct {
		ladder escalation.Ladder
		clock  escalation.Clock
		steps  int
		end    escalation.End
	}{
		"frozen":       {percents(50), frozen, 0, escalation.EndFrozen},
		"many steps":   {long, clock(10, calendar.UrgentHour), 20, escalation.EndLong},
		"many years":   {percents(50, 100), clock(500, calendar.CalendarDay), 1, escalation.EndLong},
		"no holidays":  {percents(50, 100), clock(50, calendar.WorkingDay), 1, escalation.EndCalendar},
		"to the check": {checked, quality, 2, escalation.EndCheck},
	} {
		if text, got := foreseen(t, c.ladder, c.clock, 20); len(got.Steps) != c.steps || got.End != c.end {
			t.Errorf("%s: %s, and then %s", name, text, got.End)
		}
	}
}

func TestAcceptanceBySilenceEndsItsClockAndPullsWhatWaitsForIt(t *testing.T) {
	t.Parallel()
	l := percents(100, 200)
	accept, waits := step(escalation.Trigger{Percent: 100}), step(escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Unaccepted, Count: 1}})
	accept.Clock, accept.Action = escalation.Accept, escalation.DeemAccepted
	l.Steps = append(l.Steps, accept, waits)
	short := clock(1, calendar.UrgentHour)
	short.Stage = escalation.Accept
	sight := escalation.Sight{From: monday, Until: monday.AddDate(1, 0, 0), Most: 100,
		Heard: func(escalation.Foreseen) bool { return true }, Ordered: noReply}
	runner := func(c escalation.Clock, at int) escalation.Runner {
		return escalation.Runner{Clock: c, Ladder: l, Calendar: official(t), Armed: &escalation.Position{Step: at}, Deemed: []int{3}}
	}
	got, err := sight.Foresee([]escalation.Runner{runner(clock(10, calendar.UrgentHour), 0), runner(short, 2)},
		[]escalation.Wait{{Runner: 0, At: monday.Add(30 * time.Minute), Steps: []int{3}}, {Runner: 0, At: monday.Add(2 * time.Hour), Steps: []int{3}}})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, s := range got.Steps {
		order = append(order, fmt.Sprint(s.Step, s.DueAt.Sub(monday)))
	}
	if text := strings.Join(order, ", "); text != "3 30m0s, 2 1h0m0s, 3 1h0m0s, 0 10h0m0s, 1 20h0m0s" {
		t.Error(text) // the second wait is over: the acceptance has stirred the case
	}
}
