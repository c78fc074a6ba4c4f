package measure_test

import (
	"context"
	"fmt"
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
	union all select 'presence ' || p::text from measure_presence p
	union all select 'visited ' || v::text from measure_visited v
	union all select 'visit ' || v::text from measure_visits v where v.n <> 0
	union all select 'places ' || p::text from measure_places p
	union all select 'time ' || t::text from measure_times t where t.n <> 0
	order by 1`

func TestFiguresThatFollowAreTheFiguresMadeFromNothing(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	life := &life{figures: town, Rand: rand.New(rand.NewPCG(20, 32)), did: map[string]int{}}
	for i := range 6 {
		life.rounds = append(life.rounds, town.place(fmt.Sprintf("44030400100000000000001%02d", i), 3, fmt.Sprintf("S%d", i))...)
	}
	life.rounds = append(life.rounds, town.again(life.rounds)...)
	for range 450 {
		life.step()
	}
	life.typhoon()
	town.RollsUp(7)

	town.looksWell()
	followed := town.Rows(figuresSQL)
	fixture.Do(town.Tx, actor.System("measures"), func() { town.Must(measure.Rebuild(town.Ctx, town.Tx)) })
	rebuilt := town.Rows(figuresSQL)

	if !slices.Equal(followed, rebuilt) {
		t.Errorf("%d lines follow, %d are made from nothing", len(followed), len(rebuilt))
		differ(t, "only followed", followed, rebuilt)
		differ(t, "only rebuilt", rebuilt, followed)
	}
	t.Log(life.did)
	for _, what := range []string{"pass", "fail", "reopen", "suspend", "extend", "uphold_return", "recall", "void", "force_close", "appeal granted", "rated", "typhoon", "merged", "unmerged", "inspected"} {
		if life.did[what] == 0 {
			t.Errorf("nothing in the story was a %q", what)
		}
	}
}

// looksWell has the doctor look.
func (t *figures) looksWell() {
	t.Helper()
	s := t.examined()
	if len(s.Differs) > 0 || s.Days == 0 || s.Facts == 0 || s.Waiting > 0 {
		t.Errorf("the doctor sees %+v", s)
	}
}

func (t *figures) examined() (s measure.Standing) {
	t.Helper()
	var err error
	s, err = measure.Examine(t.Ctx, t.Tx)
	t.Must(err)
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
	*figures
	*rand.Rand
	cases  []casework.Case
	loose  []clue.Clue // not decided yet, or merged
	did    map[string]int
	days   int
	rounds []uuid.UUID // inspections that wait for somebody
}

func (l *life) step() {
	l.Later(time.Duration(l.IntN(120)) * time.Minute)
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
		l.RollsUp(1 + l.IntN(9))
	case n < 33 && len(l.rounds) > 0:
		l.inspected(l.rounds[0])
		l.rounds = l.rounds[1:]
		l.note("inspected", nil)
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
	c := l.Reported(l.Worker, category, 2+3*l.IntN(2)).Clue
	if l.IntN(3) == 0 {
		l.loose = append(l.loose, c)
		return
	}
	l.cases = append(l.cases, l.Routed(l.FiledFrom(c, category)))
}

func (l *life) decideClue() {
	if len(l.loose) == 0 {
		return
	}
	c := l.loose[l.IntN(len(l.loose))]
	target := clue.Target{Clue: c.ID}
	switch l.IntN(5) {
	case 0:
		_, err := as(l.figures, l.Dispatcher, clue.Refuse, clue.RefuseInput{Target: target, Reason: "不属实"})
		l.note("refused", err)
	case 1, 2:
		_, err := as(l.figures, l.Dispatcher, casework.Unmerge, target)
		l.note("unmerged", err)
	default:
		_, err := as(l.figures, l.Dispatcher, casework.Merge, casework.MergeInput{Target: target, Case: l.cases[l.IntN(len(l.cases))].ID})
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
	year, month, in := l.Tx.Now.AddDate(0, 0, 1+l.IntN(4)).Date()
	day := calendar.Date{Year: year, Month: month, Day: in}
	r, err := as(l.figures, l.Admin, casework.PublishCalendar, calendar.Edit{BasedOn: l.days, Set: []calendar.Exception{{Date: day, Name: "台风停工"}}})
	if err != nil {
		l.days--
		return
	}
	fixture.Do(l.Tx, actor.System("job"), func() {
		for more := true; more; {
			l.Must(l.Tx.Flush(l.Ctx))
			more, err = casework.Rederive(l.Ctx, l.Tx, r.ID, 3)
			l.Must(err)
		}
	})
	l.note("typhoon", nil)
}

// keep lets the keeper have its turn.
func (l *life) keep() {
	l.Must(l.Tx.Flush(l.Ctx))
	fixture.Do(l.Tx, actor.System("keeper"), func() {
		_, err := casework.ResumeDue(l.Ctx, l.Tx, 100)
		l.Must(err)
		_, err = casework.Press(l.Ctx, l.Tx, 100)
		l.Must(err)
	})
}

func (l *life) appeal() {
	late, err := pg.Vals[uuid.UUID](l.Ctx, l.Tx, `select id from clocks where stage = 'dispose' and case_id is not null and due_at < coalesce(stopped_at, $1) order by id`, l.Tx.Now)
	l.Must(err)
	if len(late) == 0 {
		return
	}
	in := casework.AppealInput{Clock: late[l.IntN(len(late))], Grounds: "台风停工"}
	a, err := as(l.figures, l.Fire, casework.AppealLateness, in)
	if err != nil {
		a, err = as(l.figures, l.Urban, casework.AppealLateness, in)
	}
	if err != nil {
		return
	}
	grant := l.IntN(4) > 0
	done(l.figures, l.Supervisor, casework.DecideAppeal, casework.DecideAppealInput{Appeal: a.ID, Grant: true, Note: "属实"})
	l.Later(time.Hour)
	done(l.figures, l.Second, casework.DecideAppeal, casework.DecideAppealInput{Appeal: a.ID, Grant: grant, Note: "属实"})
	if grant {
		l.did["appeal granted"]++
	}
}

func (l *life) rate() {
	own, err := pg.Vals[uuid.UUID](l.Ctx, l.Tx, `select clues.id from clues join cases on cases.id = clues.case_id where cases.state = 'closed' order by clues.id`)
	l.Must(err)
	if len(own) == 0 {
		return
	}
	_, err = as(l.figures, l.Worker, func(ctx context.Context, tx *pg.Tx, in casework.RateInput) (clue.Clue, error) {
		return casework.Rate(ctx, tx, l.Intake.Keys, in)
	}, casework.RateInput{Clue: own[l.IntN(len(own))], Score: 1 + l.IntN(5)})
	l.note("rated", err)
}
