package handheld_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/device"
	"gridwork/domain/handheld"
	"gridwork/domain/inspection"
	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// phone is a handheld that puts answers in as its rule says.
type phone struct {
	cursor string
	held   map[handheld.Key]string
}

func (p *phone) put(t testing.TB, d handheld.Delta) {
	t.Helper()
	if d.Reset || p.held == nil {
		p.held = map[handheld.Key]string{}
	}
	for _, k := range d.Removed {
		if _, there := p.held[k]; !there {
			t.Errorf("%v was taken away, and was never there", k)
		}
		delete(p.held, k)
	}
	for _, i := range d.Items {
		if p.held[i.Key] == string(i.Body) {
			t.Errorf("%v was sent, and was there", i.Key)
		}
		p.held[i.Key] = string(i.Body)
	}
	p.cursor = d.Cursor
}

// ids are those of a kind, ordered.
func (p *phone) ids(kind handheld.Kind) (ids []string) {
	for k := range p.held {
		if k.Kind == kind {
			ids = append(ids, k.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func (p *phone) body(t testing.TB, kind handheld.Kind, id string) (body map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(p.held[handheld.Key{Kind: kind, ID: id}]), &body); err != nil {
		t.Errorf("%s %s: %v", kind, id, err)
	}
	return body
}

func ask(t *town.Town, who *actor.Actor, in handheld.Ask) handheld.Delta {
	t.Helper()
	t.Must(t.Tx.Flush(t.Ctx))
	return town.Done(t, who, handheld.Pull, in)
}

func pulls(t *town.Town, who *actor.Actor, p *phone) handheld.Delta {
	t.Helper()
	d := ask(t, who, handheld.Ask{Cursor: p.cursor})
	p.put(t, d)
	return d
}

func same[T comparable](t testing.TB, what string, got []T, want ...T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, not %v", what, got, want)
	}
}

func nanyuan(i int) string { return fixture.Cell(fixture.Nanyuan, i) }

// campaign gives everybody in Nanyuan their tasks.
func campaign(t *town.Town) {
	t.Helper()
	list := fixture.Checklist(t, t.Ctx, t.Tx)
	c := town.Done(t, t.Lead, inspection.StartCampaign, inspection.Start{Name: "出租屋排查", Region: fixture.Nanyuan, Checklist: list, DueAt: t.Tx.Now.Add(72 * time.Hour)})
	fixture.Do(t.Tx, actor.System("test"), func() {
		for more := true; more; {
			var err error
			more, err = inspection.Generate(t.Ctx, t.Tx, c.ID, 100)
			t.Must(err)
		}
	})
}

// tasksOf are somebody's inspections, by cell.
func tasksOf(t *town.Town, who *actor.Actor) []inspection.Task {
	t.Helper()
	t.Must(t.Tx.Flush(t.Ctx))
	var found []inspection.Task
	fixture.Do(t.Tx, who, func() {
		var err error
		found, _, err = inspection.MyTasks(t.Ctx, t.Tx, nil, 100)
		t.Must(err)
	})
	return found
}

func TestAHandheldHoldsAllThatAShiftNeeds(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	campaign(here)
	fixture.Premises(t, here.Ctx, here.Tx, "P-1", "商铺", "red", fixture.Nanyuan, 2)
	fixture.Premises(t, here.Ctx, here.Tx, "P-9", "商铺", "", fixture.Nanyuan, 7)
	asked := here.Reported(actor.Anonymous, fixture.Rubbish, 2).Clue
	town.Done(here, here.Dispatcher, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: asked.ID}})
	checked := here.Working()
	checked = town.Done(here, here.Handler, casework.ReportDisposal, here.Disposal(checked))
	checked = town.Done(here, here.Fire, casework.SubmitForCheck, casework.NoteInput{Target: casework.Target{Case: checked.ID}})
	colleague := tasksOf(here, here.Neighbour)[0]
	town.Done(here, here.Neighbour, inspection.Offer, inspection.OfferInput{Task: colleague.ID, To: here.Worker.ID})

	exec(here, `update inspection_tasks set assignee_id = null where cell = $1`, nanyuan(4))
	exec(here, `update cells set duty_grid_id = (select duty_grid_id from cells where code = $1) where code = $2`, nanyuan(2), nanyuan(4))

	p := &phone{}
	first := pulls(here, here.Worker, p)

	if !first.Reset || first.Cursor == "" {
		t.Errorf("the first answer is %+v", first)
	}
	same(t, "cells", p.ids(handheld.Cell), nanyuan(2), nanyuan(4), colleague.Cell)
	own, away := p.body(t, handheld.Cell, nanyuan(2)), p.body(t, handheld.Cell, colleague.Cell)
	if own["held"] != true || own["dutyGrid"] == nil || own["shape"].(map[string]any)["type"] != "Polygon" || away["held"] != false || away["dutyGrid"] != nil {
		t.Errorf("cells: %v, %v", own, away)
	}
	same(t, "premises", p.ids(handheld.Premises), "P-1")
	if grids := p.ids(handheld.DutyGrid); len(grids) != 1 || p.body(t, handheld.DutyGrid, grids[0])["part"] != "holder" {
		t.Errorf("duty grids: %v", grids)
	}
	task := p.body(t, handheld.Task, p.ids(handheld.Task)[0])
	same(t, "checklists", p.ids(handheld.Checklist), task["checklist"].(string))
	if task["cell"] != nanyuan(2) || task["dueAt"] == nil {
		t.Errorf("the task is %v", task)
	}
	same(t, "offers", p.ids(handheld.Offer), colleague.ID.String())
	if free := p.ids(handheld.Claimable); len(free) != 1 || p.body(t, handheld.Claimable, free[0])["cell"] != nanyuan(4) {
		t.Errorf("to be claimed: %v", free)
	}
	verification := p.body(t, handheld.Verification, p.ids(handheld.Verification)[0])
	if verification["clue"] != asked.ID.String() || verification["text"] != "消防通道被货车堵住" || verification["dueAt"] == nil {
		t.Errorf("the verification is %v", verification)
	}
	check := p.body(t, handheld.Check, here.Check(checked).ID.String())
	if check["case"] != checked.ID.String() || check["category"] != fixture.BlockedExit {
		t.Errorf("the check is %v", check)
	}
	same(t, "hazards", p.ids(handheld.Hazard), checked.ID.String())
	if len(p.ids(handheld.Category)) != 8 || len(p.ids(handheld.Message)) == 0 {
		t.Errorf("categories %v, messages %v", p.ids(handheld.Category), p.ids(handheld.Message))
	}

	// And what is done, answered, read or over is gone.
	town.Done(here, here.Worker, casework.AnswerCheck, casework.AnswerCheckInput{Task: here.Check(checked).ID, Fixed: true, Note: "已清"})
	town.Done(here, here.Neighbour, inspection.WithdrawOffer, colleague.ID)
	verifications := p.ids(handheld.Verification)
	town.Done(here, here.Worker, clue.AnswerVerification, clue.AnswerVerificationInput{Task: uuid.MustParse(verifications[0]), Confirmed: true})
	second := pulls(here, here.Worker, p)
	if second.Reset || len(second.Removed) < 4 { // the cell of the offer went with it
		t.Errorf("then %+v", second)
	}
	for _, kind := range []handheld.Kind{handheld.Check, handheld.Offer, handheld.Verification} {
		if left := p.ids(kind); len(left) > 0 {
			t.Errorf("%s left: %v", kind, left)
		}
	}
	if third := pulls(here, here.Worker, p); third.Cursor != second.Cursor || len(third.Items)+len(third.Removed) > 0 {
		t.Errorf("nothing happened, yet %+v", third)
	}
}

// A handheld of before passes over what it does not know: it holds no checklist for the task, and asks nothing wrongly.
func TestWhatTheFirstHandheldsCouldNotAskIsAForm(t *testing.T) {
	t.Parallel()
	w := town.New(t)
	list := fixture.Form(t, w.Ctx, w.Tx)
	c := town.Done(w, w.Lead, inspection.StartCampaign, inspection.Start{Name: "小场所排查", Region: fixture.Nanyuan, Checklist: list, DueAt: w.Tx.Now.Add(72 * time.Hour)})
	fixture.Do(w.Tx, actor.System("test"), func() {
		if _, err := inspection.Generate(w.Ctx, w.Tx, c.ID, 100); err != nil {
			t.Fatal(err)
		}
	})
	w.Must(w.Tx.Flush(w.Ctx))
	var p phone
	p.put(t, ask(w, w.Worker, handheld.Ask{}))
	same(t, "checklists", p.ids(handheld.Checklist))
	same(t, "forms", p.ids(handheld.Form), list.String())
	items, _ := p.body(t, handheld.Form, list.String())["items"].([]any)
	if len(items) != 5 {
		t.Fatalf("it asks %v", items)
	}
	sleepers, _ := items[1].(map[string]any)
	condition, _ := sleepers["condition"].(map[string]any)
	if condition["item"] != "use" || condition["test"] != "is" || condition["value"] != "home" || sleepers["least"] != 1.0 {
		t.Errorf("it asks %v", sleepers)
	}
}

func TestAnAnswerThatWasNotHeardIsNoLoss(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	p := &phone{}
	pulls(here, here.Worker, p)
	change := func(name string) {
		fixture.Premises(t, here.Ctx, here.Tx, name, "商铺", "", fixture.Nanyuan, 2)
	}
	// Given answers that get lost, one after the other,
	for _, name := range []string{"P-1", "P-2", "P-3"} {
		change(name)
		if lost := ask(here, here.Worker, handheld.Ask{Cursor: p.cursor}); lost.Reset || len(lost.Items) == 0 {
			t.Errorf("after %s: %+v", name, lost)
		}
	}
	// then the one that is heard has all of it,
	if d := pulls(here, here.Worker, p); d.Reset {
		t.Error("the cursor that was kept is not known any more")
	}
	same(t, "premises", p.ids(handheld.Premises), "P-1", "P-2", "P-3")
	before := p.cursor
	change("P-4")
	pulls(here, here.Worker, p)
	change("P-5")
	pulls(here, here.Worker, p)
	// and a cursor from before what was confirmed since asks for the whole.
	if old := ask(here, here.Worker, handheld.Ask{Cursor: before}); !old.Reset {
		t.Errorf("an old cursor: %+v", old)
	}
	if wild := ask(here, here.Worker, handheld.Ask{Cursor: "昨天"}); !wild.Reset {
		t.Errorf("no cursor: %+v", wild)
	}
	if whole := ask(here, here.Neighbour, handheld.Ask{Cursor: p.cursor}); !whole.Reset {
		t.Errorf("somebody else's cursor: %+v", whole)
	}
}

func TestTheHazardsAroundAreCarriedAlongAndNothingThatNobodyMaySee(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	filed := func(category string, cell int) casework.Case {
		return here.FiledFrom(here.Reported(actor.Anonymous, category, cell).Clue, category)
	}
	own, beside, gone := filed(fixture.BlockedExit, 2), filed(fixture.EdgeGuard, 3), filed(fixture.Hydrant, 1)
	filed(fixture.Rubbish, 2)     // no hazard
	filed(fixture.BlockedExit, 5) // too far
	secret := filed(fixture.BlockedExit, 2)
	byHand := filed(fixture.BlockedExit, 3)
	here.Must(here.Tx.Flush(here.Ctx))
	exec(here, `update cases set restricted = true where id = $1`, byHand.ID)
	exec(here, `update cases set restricted = true, category = $2 where id = $1`, secret.ID, fixture.Violence)
	exec(here, `insert into case_readers (case_id, person_id) values ($1, $2)`, secret.ID, here.Worker.ID)
	exec(here, `update cases set state = 'voided', closed_at = $2 where id = $1`, gone.ID, here.Tx.Now)

	p := &phone{}
	pulls(here, here.Worker, p)
	want := []string{own.ID.String(), beside.ID.String()}
	slices.Sort(want)
	same(t, "hazards", p.ids(handheld.Hazard), want...)
	for _, id := range want {
		if text := p.held[handheld.Key{Kind: handheld.Hazard, ID: id}]; strings.Contains(text, "货车") {
			t.Errorf("a hazard says what was written: %s", text)
		}
	}
}

func exec(t *town.Town, sql string, args ...any) {
	t.Helper()
	_, err := t.Tx.Exec(t.Ctx, sql, args...)
	t.Must(err)
}

func TestShiftsAndRostersChangeWhatIsHeld(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	standIn := here.Person(actor.GridWorker, fixture.Nanyuan, "")
	exec(here, `insert into duties (duty_grid_id, person_id, part, valid_from)
		select duty_grid_id, $2, 'stand_in', $3 from cells where code = $1`, nanyuan(2), standIn.ID, fixture.Epoch)
	fixture.Premises(t, here.Ctx, here.Tx, "P-1", "商铺", "", fixture.Nanyuan, 2)
	holder, other := &phone{}, &phone{}
	held := func() [2]any {
		pulls(here, here.Worker, holder)
		pulls(here, standIn, other)
		return [2]any{holder.body(t, handheld.Cell, nanyuan(2))["held"], other.body(t, handheld.Cell, nanyuan(2))["held"]}
	}
	// The stand-in carries the grid too, to be ready, and knows whose it is.
	if h := held(); h != [2]any{true, false} {
		t.Errorf("held by %v", h)
	}
	same(t, "the stand-in's premises", other.ids(handheld.Premises), "P-1")
	exec(here, `insert into absences (person_id, from_at, to_at) values ($1, $2, $3)`, here.Worker.ID, here.Tx.Now.Add(time.Hour), here.Tx.Now.Add(3*time.Hour))
	here.Later(2 * time.Hour)
	if h := held(); h != [2]any{false, true} {
		t.Errorf("while the holder is away, held by %v", h)
	}
	here.Later(2 * time.Hour)
	if h := held(); h != [2]any{true, false} {
		t.Errorf("back again, held by %v", h)
	}

	// Whoever loses the grid has it taken away, and is not refused.
	exec(here, `update duties set valid_to = $2 where person_id = $1`, here.Worker.ID, here.Tx.Now)
	if d := pulls(here, here.Worker, holder); d.Reset || len(d.Removed) == 0 {
		t.Errorf("without a duty grid: %+v", d)
	}
	for _, kind := range []handheld.Kind{handheld.Cell, handheld.DutyGrid, handheld.Premises} {
		if left := holder.ids(kind); len(left) > 0 {
			t.Errorf("%s left: %v", kind, left)
		}
	}
}

func TestOnlyFieldWorkersPullAndOnlyWithADeviceOfTheirOwn(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	own := fixture.Enrolled(t, here.Ctx, here.Tx, here.Worker)
	theirs := fixture.Enrolled(t, here.Ctx, here.Tx, here.Neighbour)
	lost := fixture.Enrolled(t, here.Ctx, here.Tx, here.Worker)
	town.Done(here, here.Lead, device.Revoke, device.RevokeInput{Device: lost.ID, Reason: "丢失"})
	for name, c := range map[string]struct {
		who        *actor.Actor
		device     uuid.UUID
		code, path string
	}{
		"a dispatcher":      {here.Dispatcher, uuid.Nil, handheld.CodeNotAllowed, ""},
		"nobody":            {actor.Anonymous, uuid.Nil, handheld.CodeNotAllowed, ""},
		"a colleague's":     {here.Worker, theirs.ID, device.CodeNotFound, "device"},
		"one that is none":  {here.Worker, pg.NewID(), device.CodeNotFound, "device"},
		"one that was lost": {here.Worker, lost.ID, device.CodeRevoked, "device"},
	} {
		_, err := town.As(here, c.who, handheld.Pull, handheld.Ask{Device: c.device})
		here.Refused(name, err, c.code, c.path)
	}
	// Two handhelds of one person keep apart.
	first := ask(here, here.Worker, handheld.Ask{Device: own.ID})
	if browser := ask(here, here.Worker, handheld.Ask{}); !first.Reset || !browser.Reset || browser.Cursor != first.Cursor {
		t.Errorf("%s, %s", first.Cursor, browser.Cursor)
	}
	if handler := ask(here, here.Handler, handheld.Ask{}); len(handler.Items) == 0 {
		t.Error("a handler has nothing")
	}
}

func TestNothingThatIsKeptTellsWhoReported(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	// Given a grid worker who reported something privately and was told what became of it,
	reported := here.Reported(here.Worker, fixture.Rubbish, 2).Clue
	town.Done(here, here.Dispatcher, clue.Refuse, clue.RefuseInput{Target: clue.Target{Clue: reported.ID}, Reason: "不属实"})
	here.Must(here.Tx.Flush(here.Ctx))
	var told []notify.Message
	fixture.Do(here.Tx, here.Worker, func() {
		var err error
		told, _, err = notify.Inbox(here.Ctx, here.Tx, notify.Page{First: 10})
		here.Must(err)
	})
	if len(told) == 0 {
		t.Fatal("the reporter was told nothing")
	}
	// then that message is not among what is written down beside the person's name,
	d := ask(here, here.Worker, handheld.Ask{})
	if slices.ContainsFunc(d.Items, func(i handheld.Item) bool {
		return slices.ContainsFunc(told, func(m notify.Message) bool { return m.ID.String() == i.ID }) || strings.Contains(string(i.Body), reported.ID.String())
	}) {
		t.Error("a reporter's message is carried along")
	}
	// and neither is when the handheld was here.
	if times := here.Rows(`select column_name::text from information_schema.columns where table_name = 'manifests' and data_type like 'time%'`); len(times) > 0 {
		t.Errorf("a time is kept: %v", times)
	}
}

func TestManifestsThatNobodyComesForAreForgotten(t *testing.T) {
	t.Parallel()
	here := town.New(t)
	p := &phone{}
	pulls(here, here.Worker, p)
	forget := func() {
		here.Must(handheld.Forget(here.Ctx, here.Tx))
		here.Must(here.Tx.Flush(here.Ctx))
	}
	here.Later(29 * 24 * time.Hour)
	forget()
	fixture.Premises(t, here.Ctx, here.Tx, "P-1", "商铺", "", fixture.Nanyuan, 2)
	if d := pulls(here, here.Worker, p); d.Reset {
		t.Error("forgotten after 29 days")
	}
	here.Later(40 * 24 * time.Hour)
	forget()
	if d := pulls(here, here.Worker, p); d.Reset {
		t.Error("what has not changed needs no memory")
	}
	fixture.Premises(t, here.Ctx, here.Tx, "P-2", "商铺", "", fixture.Nanyuan, 2)
	if d := pulls(here, here.Worker, p); !d.Reset {
		t.Error("still known after 40 days")
	}
}
