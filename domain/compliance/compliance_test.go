package compliance_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/compliance"
	"gridwork/domain/inspection"
	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// place is an installation in which the small city works by the rules.
type place struct {
	testing.TB
	ctx context.Context
	tx  *pg.Tx
}

func newPlace(t *testing.T) *place {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	fixture.Checklist(t, ctx, tx)
	tx.Actor = actor.System("compliance")
	p := &place{t, ctx, tx}
	p.publishes(measure.Measure{Key: "rework_rate", NameZH: "返工率", NameEN: "Rework rate", Numerator: []measure.Term{"reworks"}})
	return p
}

func (p *place) exec(sql string, args ...any) {
	p.Helper()
	if _, err := p.tx.Exec(p.ctx, sql, args...); err != nil {
		p.Fatal(err)
	}
}

// migrates does what a migration of the city's own could do.
func (p *place) migrates(sql string) {
	p.Helper()
	p.exec("reset role")
	p.exec(sql)
	p.exec("set local role " + pg.AppRole)
}

func (p *place) publishes(m measure.Measure) {
	p.Helper()
	m.Unit, m.Source, m.Denominator = measure.Ratio, "测试", []measure.Term{"disposals"}
	if _, err := measure.Publish(p.ctx, p.tx, []measure.Measure{m}); err != nil {
		p.Fatal(err)
	}
	if err := p.tx.Flush(p.ctx); err != nil {
		p.Fatal(err)
	}
}

func (p *place) checks(list inspection.Checklist) inspection.Checklist {
	p.Helper()
	published, err := inspection.Publish(p.ctx, p.tx, list)
	if err != nil {
		p.Fatal(err)
	}
	return published
}

// photographed is a checklist of one photo, on a legal basis or on none.
func photographed(basis string) inspection.Checklist {
	return inspection.Checklist{Code: "shop", NameZH: "商铺检查表", NameEN: "Shops", Items: []inspection.Item{
		{Code: "front", QuestionZH: "门头照片", QuestionEN: "Photo of the front", Kind: inspection.Photo, LegalBasis: basis},
	}}
}

// findings are all that speaks against the rules, each after its rule's key.
func (p *place) findings() (all []string) {
	p.Helper()
	rulings, err := compliance.Examine(p.ctx, p.tx)
	if err != nil {
		p.Fatal(err)
	}
	for _, r := range rulings {
		for _, f := range r.Findings {
			all = append(all, r.Key+": "+f)
		}
	}
	return all
}

func TestAnInstallationThatWorksByTheRulesHasNoFinding(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.checks(photographed("《测试条例》第一条"))
	if found := p.findings(); len(found) > 0 {
		t.Errorf("%s", strings.Join(found, "\n"))
	}
}

func TestEachRuleSaysWhatItAsksAndWhereItComesFrom(t *testing.T) {
	t.Parallel()
	for _, r := range compliance.Rules {
		if r.Key == "" || r.AsksZH == "" || r.AsksEN == "" || r.Met == "" || !strings.Contains(r.Source, "《") {
			t.Errorf("%+v", r)
		}
	}
}

func TestWhatBreaksARuleIsFoundAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		breaks func(*place)
		want   string // the only finding's beginning
	}{
		"a measure of staff": {func(p *place) {
			p.publishes(measure.Measure{Key: "staff_rework_rate", NameZH: "返工率", NameEN: "Rework", Numerator: []measure.Term{"reworks"}})
		}, "no_ranking: measure staff_rework_rate"},
		"a ranking by its name": {func(p *place) {
			p.publishes(measure.Measure{Key: "rework_rate", NameZH: "网格员返工排名", NameEN: "Rework", Numerator: []measure.Term{"reworks"}})
		}, "no_ranking: measure rework_rate"},
		"a count of people": {func(p *place) { p.exec(`update measures set numerator = '{disposals_of_handler}'`) },
			"no_ranking: measure rework_rate (返工率) counts disposals_of_handler"},
		"figures of people": {func(p *place) { p.migrates(`alter table measure_sums add column handler_id uuid`) },
			"no_ranking: measure_sums.handler_id"},
		"a view that ranks": {func(p *place) {
			p.migrates(`create view best as select handler_id, rank() over (order by count(*) desc) as rank from disposals group by 1`)
		}, "no_ranking: best.rank"},
		"tracks of people": {func(p *place) {
			p.migrates(`create table patrols (who uuid references people, way geometry(Point, 4326))`)
		},
			"no_tracks: patrols.way"},
		"tracks of a shift": {func(p *place) {
			p.migrates(`create table fixes (shift_id uuid references shifts, at timestamptz, lon double precision)`)
		}, "no_tracks: fixes.lon"},
		"a way to the evidence": {func(p *place) { p.migrates(`alter table inspections add column way geometry(LineString, 4326)`) },
			"no_tracks: inspections.way"},
		"evidence that is a track": {func(p *place) {
			p.migrates(`alter table inspections alter column point type geometry(MultiPoint, 4326) using st_multi(point)`)
		}, "no_tracks: inspections.point is a geometry(MultiPoint,4326)"},
		"points": {func(p *place) { p.migrates(`alter table people add column points integer`) }, "no_points: people.points"},
		"a count of sign-ins": {func(p *place) { p.migrates(`alter table people add column login_count integer`) },
			"no_points: people.login_count"},
		"time online": {func(p *place) { p.migrates(`create table days (person_id uuid, online_seconds integer)`) },
			"no_points: days.online_seconds"},
		"who was online when": {oldSession, "no_points: 1 sessions ended more than 30 days ago"},
		"a photo at every visit": {func(p *place) { p.checks(photographed("")) },
			"no_needless_photos: checklist shop, version 1, item front"},
		"a photo in a campaign's older version": {func(p *place) {
			old := p.checks(photographed(""))
			p.checks(photographed("《测试条例》第一条"))
			p.exec(`insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_at)
				values ($1, '检查', $2, $3, $4, 'running', 0, 0, '', $4)`, pg.NewID(), fixture.Nanyuan, old.ID, p.tx.Now)
		}, "no_needless_photos: checklist shop, version 1, item front"},
		"a ladder that presses everybody": {func(p *place) {
			fixture.Ladder(p, p.ctx, p.tx, "urgent", []fixture.Step{{Clock: "check", Offset: "-30m", Role: "grid_worker", Level: "street", Action: "remind"}})
		}, "no_compulsion: ladder urgent, version 2, step 1 (check)"},
		"installations": {func(p *place) { p.migrates(`alter table people add column app_version text`) },
			"no_compulsion: people.app_version"},
		"a number to bring in": {func(p *place) {
			p.migrates(`create table targets (grant_id uuid references grants, daily_quota integer)`)
		},
			"no_compulsion: targets.daily_quota"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			c.breaks(p)
			if found := p.findings(); len(found) != 1 || !strings.HasPrefix(found[0], c.want) {
				t.Errorf("found %q, want only %q …", found, c.want)
			}
		})
	}
}

func oldSession(p *place) {
	a := fixture.Person(p, p.ctx, p.tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	for _, days := range []time.Duration{29, 32} {
		p.exec(`insert into sessions (token_hash, person_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $3)`,
			[]byte{byte(days)}, a.ID, p.tx.Now.Add(-days*24*time.Hour))
	}
}
