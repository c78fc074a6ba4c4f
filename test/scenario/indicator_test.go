package scenario

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/demo"
	"gridwork/domain/identity"
	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type groupView struct {
	Key        string
	Region     *struct{ NameZh string }
	Indicators []struct {
		Measure                struct{ Key, Unit string }
		Value                  *float64
		Numerator, Denominator int
		Cases                  struct{ Nodes []struct{ ID uuid.UUID } }
	}
}

const indicatorsQuery = `query ($in: IndicatorsInput!, $part: IndicatorPart! = DENOMINATOR) { indicators(input: $in) {
	key region { nameZh } indicators { measure { key unit } value numerator denominator cases(part: $part) { nodes { id } } } } }`

// indicators are those of a month around the story, of one measure.
func (s *stage) indicators(p *harness.Person, key, by, part string) []groupView {
	s.t.Helper()
	day := func(d int) string { return s.Now().In(identity.City).AddDate(0, 0, d).Format(time.DateOnly) }
	in := harness.Vars{"from": day(-15), "to": day(15), "by": by, "measures": []string{key}}
	return harness.Ask[struct{ Indicators []groupView }](s.As(p), indicatorsQuery, harness.Vars{"in": in, "part": part}).Indicators
}

// counts waits until one measure of everything that somebody reaches is that ratio.
func (s *stage) counts(p *harness.Person, key string, numerator, denominator int) {
	s.t.Helper()
	s.Eventually(key+" is what it should be", func() bool {
		g := s.indicators(p, key, "TOGETHER", "DENOMINATOR")[0].Indicators
		return len(g) == 1 && g[0].Numerator == numerator && g[0].Denominator == denominator
	})
}

// measured puts the demo's measures in force.
func (s *stage) measured() {
	s.t.Helper()
	s.Given(func(ctx context.Context, tx *pg.Tx) {
		fixture.Do(tx, actor.System("test"), func() {
			if _, err := measure.Publish(ctx, tx, demo.Measures()); err != nil {
				s.t.Error(err)
			}
		})
	})
}

func TestEveryNumberOpensTheCasesBehindIt(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.measured()

	// Given a case that was closed, and one that is still being worked on,
	closed := s.closed(tip{Text: "消防通道被堵", Category: fixture.BlockedExit, Cell: 1})
	working := s.accepted(tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 2})
	s.Settle()
	s.TakeSMS()

	// then half of what is due is closed, to whoever is responsible for both, and each sees no more than that:
	s.counts(s.Supervisor, "closing_rate", 1, 2)
	s.counts(s.Dispatcher, "closing_rate", 1, 2)
	s.counts(s.Desks[fixture.Fire], "closing_rate", 1, 1)
	s.counts(s.Desks[fixture.Urban], "closing_rate", 0, 1)
	s.counts(s.FarDispatcher, "closing_rate", 0, 0)
	s.counts(s.FarSupervisor, "closing_rate", 0, 0)

	// every number opens what is behind it,
	open := s.indicators(s.Supervisor, "closing_rate", "TOGETHER", "REST")[0].Indicators[0]
	if len(open.Cases.Nodes) != 1 || open.Cases.Nodes[0].ID != working.ID || *open.Value != 0.5 {
		t.Errorf("not closed yet: %+v", open)
	}
	done := s.indicators(s.Desks[fixture.Fire], "closing_rate", "TOGETHER", "NUMERATOR")[0].Indicators[0]
	if len(done.Cases.Nodes) != 1 || done.Cases.Nodes[0].ID != closed.ID {
		t.Errorf("closed: %+v", done)
	}
	for _, g := range s.indicators(s.Supervisor, "closing_rate", "REGION", "DENOMINATOR") {
		if want := map[string]int{fixture.Nanyuan: 2, fixture.Yuanling: 0}[g.Key]; g.Region == nil || g.Indicators[0].Denominator != want || len(g.Indicators[0].Cases.Nodes) != want {
			t.Errorf("in %s: %+v", g.Key, g)
		}
	}
	s.counts(s.Dispatcher, "accept_median", 0, 2) // the second acceptance is counted within a second
	if g := s.indicators(s.Dispatcher, "accept_median", "TOGETHER", "DENOMINATOR")[0].Indicators[0]; g.Measure.Unit != "SECOND" || g.Value == nil {
		t.Errorf("accepting: %+v", g)
	}

	// and once it turns out that it was not fixed, it is not closed.
	s.done(s.As(s.Supervisor), reopenCase, harness.Vars{"case": closed.ID, "note": "现场仍被堵"})
	s.Settle()
	s.TakeSMS()
	s.counts(s.Supervisor, "closing_rate", 0, 3)
	s.counts(s.Supervisor, "reopening_rate", 1, 3)
}
