package graph

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// period is a plan's period as its page sees it.
type period struct {
	ID          uuid.UUID
	State       string
	StartsOn    string
	Risk        string
	Total, Done int
	Streets     []struct {
		Tasks, Done, Unreached int
		Reasons                []struct {
			Reason string
			Tasks  int
		}
	}
}

// shop is a task at premises.
type shop struct {
	ID       uuid.UUID
	Premises struct{ Code string }
	Campaign struct{ Plan struct{ Name string } }
}

// Prevents: a place that is visited twice in a period, or in none; work of a plan that goes on after it was ended.
func TestAPlanVisitsEveryPlaceOnceAPeriodUntilItIsEnded(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	var checklist uuid.UUID
	town.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		checklist = fixture.Checklist(t, ctx, tx)
		for _, p := range []struct {
			code, kind, risk string
			cell             int
		}{{"R1", "餐饮", "red", 0}, {"R2", "餐饮", "red", 1}, {"R3", "餐饮", "red", 6}, {"B1", "餐饮", "blue", 0}, {"S1", "零售", "red", 0}} {
			fixture.Premises(t, ctx, tx, p.code, p.kind, p.risk, fixture.Nanyuan, p.cell)
		}
		_, err := measure.Publish(ctx, tx, []measure.Measure{{Key: "premises_coverage", NameZH: "场所走访覆盖率", NameEN: "Coverage", Unit: measure.Ratio,
			Numerator: []measure.Term{"premises_visited"}, Denominator: []measure.Term{"premises"}, Source: "测试依据"}})
		town.must(err)
	})

	// Given a plan for red restaurants, every week from tomorrow on, of which its author knew what it would make,
	in := vars{"name": "餐饮周查", "region": fixture.Nanyuan, "checklist": checklist, "places": "PREMISES", "kind": "餐饮",
		"rhythms": []vars{{"risk": "RED", "every": 1, "unit": "WEEK"}}, "startsOn": town.today(1)}
	foreseen := reply[struct {
		PreviewPlan []struct {
			From, To string
			Tasks    int
		}
	}](town, "admin", `query ($in: PlanInput!) { previewPlan(input: $in) { from to tasks } }`, vars{"in": in}).PreviewPlan
	if len(foreseen) != 1 || foreseen[0].Tasks != 3 || foreseen[0].From != town.today(1) || foreseen[0].To != town.today(7) {
		t.Errorf("it was foreseen as %+v", foreseen)
	}
	plan := reply[struct {
		CreatePlan struct {
			Plan struct{ ID uuid.UUID }
		}
	}](town, "admin", `mutation ($in: PlanInput!) { createPlan(input: $in) { plan { id } errors { code } } }`, vars{"in": in}).CreatePlan.Plan.ID

	// then nothing is to be done on the day before,
	town.night()
	if p, mine := town.periods(plan), town.shops("worker"); len(p) != 0 || len(mine) != 0 {
		t.Fatalf("before it begins: %+v, %+v", p, mine)
	}
	// and the night after makes one task for each place, with whoever holds its cell, however often it comes by.
	town.db.Advance(aDay)
	for range 3 {
		town.night()
	}
	mine, others := town.shops("worker"), town.shops("other worker")
	if got := slices.Concat(codesOf(mine), codesOf(others)); !slices.Equal(got, []string{"R1", "R2", "R3"}) || mine[0].Campaign.Plan.Name != "餐饮周查" {
		t.Fatalf("the tasks are %+v and %+v", mine, others)
	}

	// When the worker has done one of them,
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	if e := town.refusal("worker", "submitInspection", "SubmitInspectionInput", vars{"id": pg.NewID(), "task": mine[0].ID, "answers": []vars{
		{"item": fixture.ItemExit, "outcome": "PASS"}, {"item": fixture.ItemEdge, "outcome": "PASS"}, {"item": fixture.ItemRooms, "outcome": "PASS", "number": 12}},
		"position": vars{"lon": lon, "lat": lat, "datum": "WGS84", "accuracy": 9, "source": "GNSS", "mocked": false, "capturedAt": town.now()}}); e.Code != "" {
		t.Fatalf("the inspection is refused: %v", e)
	}
	town.night()

	// then the period counts it, the coverage of the street does, and the day has the others.
	first := town.periods(plan)
	if len(first) != 1 || first[0].State != "RUNNING" || first[0].Risk != "RED" || first[0].StartsOn != town.today(0) || first[0].Total != 3 || first[0].Done != 1 ||
		len(first[0].Streets) != 1 || first[0].Streets[0].Done != 1 || first[0].Streets[0].Tasks != 3 {
		t.Errorf("the period is %+v", first)
	}
	if visited, all := town.coverage(); visited != 1 || all != 5 {
		t.Errorf("%d of %d premises count as visited", visited, all)
	}
	if left := codesOf(town.shops("worker")); !slices.Equal(left, []string{"R2"}) {
		t.Errorf("%v is left to do", left)
	}

	// A week later what nobody did counts as not reached, and every place has a task again.
	town.db.Advance(7 * aDay)
	town.night()
	both := town.periods(plan)
	if len(both) != 2 || both[1].State != "CLOSED" || both[1].Streets[0].Unreached != 2 || both[0].State != "RUNNING" || both[0].Total != 3 || both[0].Done != 0 {
		t.Fatalf("the periods are %+v", both)
	}
	if reasons := both[1].Streets[0].Reasons; len(reasons) != 1 || reasons[0].Reason != "NOT_DONE" || reasons[0].Tasks != 2 {
		t.Errorf("not reached because of %+v", reasons)
	}

	// Once it is ended, this period's tasks stay, and no night makes any more.
	ended := reply[struct {
		EndPlan struct {
			Plan struct{ EndedAt *time.Time }
		}
	}](town, "admin", `mutation ($id: UUID!) { endPlan(id: $id) { plan { endedAt } errors { code } } }`, vars{"id": plan}).EndPlan.Plan
	if ended.EndedAt == nil || len(town.shops("worker")) != 2 {
		t.Errorf("ended %v, with %+v", ended.EndedAt, town.shops("worker"))
	}
	town.db.Advance(7 * aDay)
	town.night()
	if p, mine := town.periods(plan), town.shops("worker"); len(p) != 2 || p[0].State != "CLOSED" || len(mine) != 0 {
		t.Errorf("after its end: %+v, %+v", p, mine)
	}
}

const aDay = 24 * time.Hour

func codesOf(tasks []shop) (codes []string) {
	for _, s := range tasks {
		codes = append(codes, s.Premises.Code)
	}
	slices.Sort(codes)
	return codes
}

// now is the town's time, which a test may have moved on.
func (t *town) now() (now time.Time) {
	t.Helper()
	t.write(actor.System("test"), func(_ context.Context, tx *pg.Tx) { now = tx.Now })
	return now
}

// today is the city's date so many days from now.
func (t *town) today(ahead int) string {
	t.Helper()
	return t.now().In(identity.City).AddDate(0, 0, ahead).Format(time.DateOnly)
}

// night is what the background does once a day, with the jobs and the figures that come of it.
func (t *town) night() {
	t.Helper()
	t.write(actor.System("night"), func(ctx context.Context, tx *pg.Tx) {
		t.must(inspection.KeepPlans(ctx, tx))
		for state, work := range map[inspection.CampaignState]func(context.Context, *pg.Tx, uuid.UUID, int) (bool, error){
			inspection.Generating: inspection.Generate, inspection.Ending: inspection.End,
		} {
			campaigns, err := pg.Vals[uuid.UUID](ctx, tx, `select id from campaigns where state = $1 order by id`, state)
			t.must(err)
			for _, c := range campaigns {
				for more := true; more; {
					more, err = work(ctx, tx, c, inspection.Batch)
					t.must(err)
				}
			}
		}
		t.must(measure.Rebuild(ctx, tx)) // nothing of the fixtures' premises waits to be counted
	})
}

// periods are a plan's, the newest first.
func (t *town) periods(plan uuid.UUID) []period {
	t.Helper()
	return reply[struct{ Campaigns struct{ Nodes []period } }](t, "supervisor", `query ($plan: UUID!) { campaigns(plan: $plan) { nodes {
		id state startsOn risk total done streets { tasks done unreached reasons { reason tasks } } } } }`, vars{"plan": plan}).Campaigns.Nodes
}

func (t *town) shops(who string) []shop {
	t.Helper()
	return reply[struct{ MyInspectionTasks struct{ Nodes []shop } }](t, who, `{ myInspectionTasks { nodes { id premises { code } campaign { plan { name } } } } }`,
		nil).MyInspectionTasks.Nodes
}

// coverage is how many premises of how many a supervisor sees visited.
func (t *town) coverage() (visited, all int) {
	t.Helper()
	type indicator struct{ Numerator, Denominator int }
	groups := reply[struct {
		Indicators []struct{ Indicators []indicator }
	}](t, "supervisor", `query ($in: IndicatorsInput!) { indicators(input: $in) { indicators { numerator denominator } } }`,
		vars{"in": vars{"region": fixture.Nanyuan, "from": t.today(-1), "to": t.today(1)}}).Indicators
	if len(groups) != 1 || len(groups[0].Indicators) != 1 {
		t.Fatalf("figures: %+v", groups)
	}
	return groups[0].Indicators[0].Numerator, groups[0].Indicators[0].Denominator
}
