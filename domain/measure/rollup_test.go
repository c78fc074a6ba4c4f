package measure_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// Everything that the figures consist of, as text; sums of nothing are nothing.
const figuresSQL = `select 'fact ' || f::text from measure_facts f
	union all select 'report ' || r::text from measure_reports r
	union all select 'sum ' || s::text from measure_sums s where to_jsonb(s) - array['region','department','category','span','start'] <> (
		select jsonb_object_agg(key, 0) from jsonb_object_keys(to_jsonb(s) - array['region','department','category','span','start']) as key)
	union all select 'time ' || t::text from measure_times t where t.n <> 0
	order by 1`

func TestFiguresThatFollowAreTheFiguresMadeFromNothing(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	life := &life{town: town, Rand: rand.New(rand.NewPCG(20, 27)), did: map[string]int{}}
	for range 450 {
		life.step()
	}
	life.typhoon()
	town.rollsUp(7)

	town.looksWell()
	followed := town.rows(figuresSQL)
	fixture.Do(town.tx, actor.System("measures"), func() { town.must(measure.Rebuild(town.ctx, town.tx)) })
	rebuilt := town.rows(figuresSQL)

	if !slices.Equal(followed, rebuilt) {
		t.Errorf("%d lines follow, %d are made from nothing", len(followed), len(rebuilt))
		differ(t, "only followed", followed, rebuilt)
		differ(t, "only rebuilt", rebuilt, followed)
	}
	t.Log(life.did)
	for _, what := range []string{"pass", "fail", "reopen", "suspend", "extend", "uphold_return", "recall", "void", "force_close", "appeal granted", "rated", "typhoon", "merged", "unmerged"} {
		if life.did[what] == 0 {
			t.Errorf("nothing in the story was a %q", what)
		}
	}
}

// looksWell has the doctor look.
func (t *town) looksWell() {
	t.Helper()
	s := t.examined()
	if len(s.Differs) > 0 || s.Days == 0 || s.Facts == 0 || s.Waiting > 0 {
		t.Errorf("the doctor sees %+v", s)
	}
}

func (t *town) examined() (s measure.Standing) {
	t.Helper()
	var err error
	s, err = measure.Examine(t.ctx, t.tx)
	t.must(err)
	return s
}

func differ(t *testing.T, what string, these, those []string) {
	t.Helper()
	shown := 0
	for _, line := range these {
		if !slices.Contains(those, line) && shown < 5 {
			t.Errorf("%s: %s", what, line)
			shown++
		}
	}
}

// life is a random story: people do whatever the platform offers them, and time passes.
type life struct {
	*town
	*rand.Rand
	cases []casework.Case
	loose []clue.Clue // not decided yet, or merged
	did   map[string]int
	days  int
}

func (l *life) step() {
	l.later(time.Duration(l.IntN(120)) * time.Minute)
	switch n := l.IntN(100); {
	case n < 12 || len(l.cases) == 0:
		l.report()
	case n < 18:
		l.decideClue()
	case n < 20:
		l.typhoon()
	case n < 24:
		l.keep()
	case n < 30:
		l.rollsUp(1 + l.IntN(9))
	case n < 36:
		l.appeal()
	case n < 42:
		l.rate()
	default:
		l.act(l.cases[l.IntN(len(l.cases))])
	}
}

func (l *life) report() {
	category := []string{fixture.BlockedExit, fixture.Rubbish, fixture.Hydrant, fixture.Manhole}[l.IntN(4)]
	c := l.reported(l.worker, category, 2+3*l.IntN(2)).Clue
	if l.IntN(3) == 0 {
		l.loose = append(l.loose, c)
		return
	}
	l.cases = append(l.cases, l.routed(l.filedFrom(c, category)))
}

func (l *life) decideClue() {
	if len(l.loose) == 0 {
		return
	}
	c := l.loose[l.IntN(len(l.loose))]
	target := clue.Target{Clue: c.ID}
	switch l.IntN(5) {
	case 0:
		_, err := as(l.town, l.dispatcher, clue.Refuse, clue.RefuseInput{Target: target, Reason: "不属实"})
		l.note("refused", err)
	case 1, 2:
		_, err := as(l.town, l.dispatcher, casework.Unmerge, target)
		l.note("unmerged", err)
	default:
		_, err := as(l.town, l.dispatcher, casework.Merge, casework.MergeInput{Target: target, Case: l.cases[l.IntN(len(l.cases))].ID})
		l.note("merged", err)
	}
}

func (l *life) note(what string, err error) {
	if err == nil {
		l.did[what]++
	}
}

// typhoon closes another day, and carries the clocks over.
func (l *life) typhoon() {
	l.days++
	year, month, in := l.tx.Now.AddDate(0, 0, 1+l.IntN(4)).Date()
	day := calendar.Date{Year: year, Month: month, Day: in}
	r, err := as(l.town, l.admin, casework.PublishCalendar, calendar.Edit{BasedOn: l.days, Set: []calendar.Exception{{Date: day, Name: "台风停工"}}})
	if err != nil {
		l.days--
		return
	}
	fixture.Do(l.tx, actor.System("job"), func() {
		for more := true; more; {
			l.must(l.tx.Flush(l.ctx))
			more, err = casework.Rederive(l.ctx, l.tx, r.ID, 3)
			l.must(err)
		}
	})
	l.note("typhoon", nil)
}

// keep lets the keeper have its turn.
func (l *life) keep() {
	l.must(l.tx.Flush(l.ctx))
	fixture.Do(l.tx, actor.System("keeper"), func() {
		_, err := casework.ResumeDue(l.ctx, l.tx, 100)
		l.must(err)
		_, err = casework.Press(l.ctx, l.tx, 100)
		l.must(err)
	})
}

func (l *life) appeal() {
	late, err := pg.Vals[uuid.UUID](l.ctx, l.tx, `select id from clocks where stage = 'dispose' and case_id is not null and due_at < coalesce(stopped_at, $1) order by id`, l.tx.Now)
	l.must(err)
	if len(late) == 0 {
		return
	}
	in := casework.AppealInput{Clock: late[l.IntN(len(late))], Grounds: "台风停工"}
	a, err := as(l.town, l.fire, casework.AppealLateness, in)
	if err != nil {
		a, err = as(l.town, l.urban, casework.AppealLateness, in)
	}
	if err != nil {
		return
	}
	grant := l.IntN(4) > 0
	done(l.town, l.supervisor, casework.DecideAppeal, casework.DecideAppealInput{Appeal: a.ID, Grant: true, Note: "属实"})
	l.later(time.Hour)
	done(l.town, l.second, casework.DecideAppeal, casework.DecideAppealInput{Appeal: a.ID, Grant: grant, Note: "属实"})
	if grant {
		l.did["appeal granted"]++
	}
}

func (l *life) rate() {
	own, err := pg.Vals[uuid.UUID](l.ctx, l.tx, `select clues.id from clues join cases on cases.id = clues.case_id where cases.state = 'closed' order by clues.id`)
	l.must(err)
	if len(own) == 0 {
		return
	}
	_, err = as(l.town, l.worker, func(ctx context.Context, tx *pg.Tx, in casework.RateInput) (clue.Clue, error) {
		return casework.Rate(ctx, tx, l.intake.Keys, in)
	}, casework.RateInput{Clue: own[l.IntN(len(own))], Score: 1 + l.IntN(5)})
	l.note("rated", err)
}
