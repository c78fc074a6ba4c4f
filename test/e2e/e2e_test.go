package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/demo"
	"gridwork/domain/fieldwork"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/measure"
	"gridwork/domain/notify"
	"gridwork/domain/place"
	"gridwork/pg"
	"gridwork/test/e2e"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestATipGoesFromAPhoneThroughEveryDeskAndBack(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		fixture.Do(tx, actor.System("test"), func() {
			if _, err := measure.Publish(ctx, tx, demo.Measures()); err != nil {
				t.Error(err)
			}
		})
	})
	people := e2e.Vars{"at": e2e.Here(2), "category": "堵塞疏散通道",
		"dispatcher": e2e.Account(h.Dispatcher), "desk": e2e.Account(h.Desks[fixture.Fire]), "handler": e2e.Account(h.Handlers[fixture.Fire]),
		"worker": e2e.Account(h.Worker), "supervisor": e2e.Account(h.Supervisor), "measure": "核查通过率", "words": "三单元楼道"}
	told := e2e.Play(t, h, "reported-filed-disposed", people)

	e2e.Play(t, h, "checked-without-network", people)
	people["code"] = told["code"]
	e2e.Play(t, h, "closed-and-rated", people)
	e2e.Play(t, h, "wall", people)
	if texts := h.TakeSMS(); len(texts) == 0 {
		t.Error("nobody was called by text message, though it is urgent")
	}
}

func TestADecisionThatWasTakenBackNeverReachesTheServer(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	report(t, h, "垃圾成堆")
	e2e.Play(t, h, "undone", e2e.Vars{"dispatcher": e2e.Account(h.Dispatcher), "lead": e2e.Account(h.DutyLead), "words": "垃圾成堆"})
	if n := h.Rows("verify_tasks"); n != 0 {
		t.Errorf("%d verifications were asked for", n)
	}
}

// Prevents: work that a handheld brought home, kept for a person to decide on, and a person who never sees it.
func TestTwoVersionsOfOneVerificationAreDecidedAtTheDesk(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	task := verification(t, h, report(t, h, "垃圾成堆"))
	pushed(t, h, map[string]any{"task": task, "confirmed": true, "note": "属实，仍堆在路边", "photos": []any{}}, "accepted")
	pushed(t, h, map[string]any{"task": task, "confirmed": false, "note": "已经清走了", "photos": []any{}}, "conflict")
	e2e.Play(t, h, "two-versions", e2e.Vars{"dispatcher": e2e.Account(h.Dispatcher), "mine": "已经清走了", "theirs": "属实，仍堆在路边"})
	kept := harness.Ask[struct {
		Conflicts struct{ Nodes []struct{ ID uuid.UUID } }
	}](h.As(h.Dispatcher), `{ conflicts { nodes { id } } }`, nil)
	if len(kept.Conflicts.Nodes) != 0 {
		t.Errorf("%d conflicts are open", len(kept.Conflicts.Nodes))
	}
}

// verification asks the grid worker to verify a report, and returns the task.
func verification(t *testing.T, h *harness.Harness, clue uuid.UUID) uuid.UUID {
	t.Helper()
	type asked struct {
		AskVerification struct {
			Clue *struct{ Verification struct{ ID uuid.UUID } }
		}
	}
	a := harness.Ask[asked](h.As(h.Dispatcher), `mutation ($in: AskVerificationInput!) { askVerification(input: $in) { clue { verification { id } } } }`,
		harness.Vars{"in": harness.Vars{"clue": clue, "assignee": h.Worker.ID}}).AskVerification
	if a.Clue == nil {
		t.Fatal("the verification is refused")
	}
	return a.Clue.Verification.ID
}

// pushed is an answer to a verification from a handheld of the grid worker's that nobody has used before.
func pushed(t *testing.T, h *harness.Harness, answer map[string]any, want fieldwork.Status) {
	t.Helper()
	var phone *fixture.Handheld
	h.Given(func(ctx context.Context, tx *pg.Tx) { phone = fixture.Enrolled(t, ctx, tx, h.Worker.Actor) })
	a := h.Anyone().Call(http.MethodPost, "/field/v1/push", harness.Vars{"device": phone.ID,
		"operations": []any{phone.Operation(pg.NewID(), "verification.answer", h.Now(), answer)}})
	var out struct{ Results []fieldwork.Answer }
	if err := json.Unmarshal(a.Body, &out); err != nil || len(out.Results) != 1 || out.Results[0].Status != want {
		t.Fatalf("push: %d %s", a.Status, a.Body)
	}
}

func TestABadgeIsCheckedAtADoor(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	e2e.Play(t, h, "badge-checked", e2e.Vars{"at": e2e.Here(2), "worker": e2e.Account(h.Worker)})
}

// Prevents: notifications that nobody sees although they arrive, that lead nowhere, or go on after they were switched off.
func TestANotificationIsShownAndLeadsToWhatItIsAbout(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	task := verification(t, h, report(t, h, "垃圾成堆"))
	said := notify.Notification{Message: pg.NewID(), Kind: notify.VerifyAsked, Title: "请核实线索", Text: "请到现场核实线索，最迟今天。", Language: "zh", Open: "/field#duty/" + task.String(), At: time.Now()}
	said.Tag = said.Message.String()
	text, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	e2e.Play(t, h, "notified", e2e.Vars{"at": e2e.Here(2), "worker": e2e.Account(h.Worker), "push": string(text), "text": said.Text, "words": "垃圾成堆"})
	if n := h.Rows("push_subscriptions"); n != 0 {
		t.Errorf("%d subscriptions are left", n)
	}
}

func TestATipWithoutANetworkIsSentLaterWithItsPhotos(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	e2e.Play(t, h, "offline-tip", e2e.Vars{"at": e2e.Here(1), "words": "路灯不亮"})
	if clues, photos := h.Rows("clues"), h.Rows("photos"); clues != 1 || photos != 1 {
		t.Errorf("%d reports and %d photos are stored", clues, photos)
	}
}

func TestAnAdministratorChangesTheRulesAndTheCalendarWithAnother(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	second := secondAdmin(t, h)
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		for _, department := range []string{fixture.Fire, fixture.Urban, fixture.Safety} {
			fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.CityCode, department))
		}
	})
	routed(t, h, report(t, h, "工地渣土"))
	e2e.Play(t, h, "administration", e2e.Vars{"author": e2e.Account(h.Admin), "other": e2e.Account(second), "dispatcher": e2e.Account(h.Dispatcher),
		"rule": "暴露垃圾", "was": "城管", "would": "安监"})
	if n := h.Rows("calendars"); n != 2 {
		t.Errorf("%d versions of the calendar are stored", n)
	}
}

func TestAFormIsFilledByWhatWasAnswered(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		list := fixture.Form(t, ctx, tx)
		fixture.Do(tx, h.DutyLead.Actor, func() {
			_, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: "小场所排查", Region: fixture.Nanyuan, Checklist: list, DueAt: tx.Now.Add(72 * time.Hour)})
			if err != nil {
				t.Error(err)
			}
		})
	})
	h.Settle() // its tasks are made
	e2e.Play(t, h, "form-filled", e2e.Vars{"at": e2e.Here(1), "cell": fixture.Cell(fixture.Nanyuan, 1), "worker": e2e.Account(h.Worker)})
	if inspections, scores := h.Rows("inspections"), h.Rows("inspection_scores"); inspections != 1 || scores != 1 {
		t.Errorf("%d inspections and %d scores are stored", inspections, scores)
	}
	h.Settle()
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		if sealed, err := pg.Val[int](ctx, tx, "select count(*) from photos where sealed and state = 'ready' and copy_key is null"); err != nil || sealed != 1 {
			t.Errorf("%d signatures are sealed: %v", sealed, err)
		}
	})
}

// Prevents: a task that somebody cannot do and that nobody else can take from them.
func TestATaskGoesFromHandToHand(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		list := fixture.Checklist(t, ctx, tx)
		fixture.Do(tx, h.DutyLead.Actor, func() {
			_, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: "消防通道排查", Region: fixture.Nanyuan, Checklist: list, DueAt: tx.Now.Add(72 * time.Hour)})
			if err != nil {
				t.Error(err)
			}
		})
	})
	h.Settle() // its tasks are made
	names := strings.Split(h.Column(`select string_agg(name, '/' order by id = '`+h.Worker.Actor.ID.String()+`' desc) from people where id in ('`+h.Worker.Actor.ID.String()+`', '`+h.OtherWorker.Actor.ID.String()+`')`), "/")
	e2e.Play(t, h, "hand-to-hand", e2e.Vars{"at": e2e.Here(1), "first": fixture.Cell(fixture.Nanyuan, 0), "worker": e2e.Account(h.Worker), "other": e2e.Account(h.OtherWorker),
		"dispatcher": e2e.Account(h.Dispatcher), "name": names[0], "otherName": names[1]})
	if went := h.Column(`select string_agg(kind, ' ' order by at, id) from inspection_task_events`); went != "given_back assigned offered accepted given_back claimed" {
		t.Errorf("from hand to hand: %s", went)
	}
}

func TestACodeAtADoorIsPrintedReadAndLookedInto(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		fixture.Premises(t, ctx, tx, "S-1", "shop", "red", fixture.Nanyuan, 2)
		fixture.Premises(t, ctx, tx, "S-2", "shop", "", fixture.Nanyuan, 2)
		list := fixture.Checklist(t, ctx, tx)
		fixture.Do(tx, h.DutyLead.Actor, func() {
			risk := place.Red
			if _, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: "沿街商铺", Region: fixture.Nanyuan, Checklist: list, Places: inspection.OfPremises, Risk: &risk,
				DueAt: tx.Now.Add(72 * time.Hour)}); err != nil {
				t.Error(err)
			}
		})
	})
	h.Settle() // its tasks are made
	e2e.Play(t, h, "code-at-the-door", e2e.Vars{"at": e2e.Here(2), "here": "S-1", "there": "S-2", "dispatcher": e2e.Account(h.Dispatcher), "worker": e2e.Account(h.Worker), "admin": e2e.Account(h.Admin)})
	if kept := h.Column("select verdict || ' ' || premises from visit_sightings"); kept != "elsewhere S-2" {
		t.Errorf("kept as %q", kept)
	}
}

func TestSomebodyNewIsTakenInByTwoAdministrators(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	e2e.Play(t, h, "taken-in", e2e.Vars{"asks": e2e.Account(h.Admin), "decides": e2e.Account(secondAdmin(t, h)), "region": fixture.Nanyuan, "login": "li.xin", "own": "a password of my own"})
	if n := h.Rows("grant_requests"); n != 1 {
		t.Errorf("%d requests are stored", n)
	}
}

// secondAdmin is another administrator of the city.
func secondAdmin(t *testing.T, h *harness.Harness) *harness.Person {
	t.Helper()
	second := &harness.Person{Login: "second.admin"}
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		second.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""), fixture.SignsIn(second.Login, identity.HashPassword(harness.Password)))
	})
	return second
}

// routed files a report as rubbish, and waits until the rules have sent the case on.
func routed(t *testing.T, h *harness.Harness, clue uuid.UUID) {
	t.Helper()
	dispatcher := h.As(h.Dispatcher)
	a := dispatcher.Send(`mutation ($in: FileClueInput!) { fileClue(input: $in) { errors { code } } }`,
		harness.Vars{"in": harness.Vars{"clue": clue, "standard": h.Standards[fixture.Rubbish]}})
	if code := a.Code(); code != "" {
		t.Fatalf("filing: %s", code)
	}
	h.Eventually("the case is routed", func() bool {
		return len(harness.Ask[struct {
			Cases struct{ Nodes []struct{ ID uuid.UUID } }
		}](dispatcher, `{ cases(filter: {states: [ROUTED]}) { nodes { id } } }`, nil).Cases.Nodes) == 1
	})
}

// report is one that waits in the street's queue.
func report(t *testing.T, h *harness.Harness, words string) uuid.UUID {
	t.Helper()
	lon, lat := fixture.Centre(fixture.Nanyuan, 3)
	position := harness.Vars{"lon": lon, "lat": lat, "datum": "WGS84", "accuracy": 9, "source": "GNSS", "mocked": false, "capturedAt": h.Now()}
	id := pg.NewID()
	a := h.Anyone().Send(`mutation ($in: SubmitClueInput!) { submitClue(input: $in) { number errors { code } } }`,
		harness.Vars{"in": harness.Vars{"id": id, "text": words, "category": fixture.Rubbish, "position": position}})
	if code := a.Code(); code != "" {
		t.Fatalf("reporting: %s", code)
	}
	return id
}

func TestSomebodyCallsForHelpAndSeesWhoComes(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	e2e.Play(t, h, "called-for-help", e2e.Vars{"at": e2e.Here(2), "dispatcher": e2e.Account(h.Dispatcher), "worker": e2e.Account(h.Worker), "colleague": e2e.Account(h.OtherWorker)})
	if n := h.Rows("alarms"); n != 1 {
		t.Errorf("%d alarms are stored", n)
	}
	h.ExpectSMS(h.DutyLead, "求助")
	h.ExpectSMS(h.Worker, "正在赶来")
	h.TakeSMS()
}

func TestCellsAreSplitAndMergedOnTheMap(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	position := harness.Vars{"lon": lon + fixture.CellSide/4, "lat": lat, "datum": "WGS84", "accuracy": 9, "source": "GNSS", "mocked": false, "capturedAt": h.Now()}
	a := h.Anyone().Send(`mutation ($in: SubmitClueInput!) { submitClue(input: $in) { number errors { code } } }`,
		harness.Vars{"in": harness.Vars{"id": pg.NewID(), "text": "垃圾成堆", "category": fixture.Rubbish, "position": position}})
	if code := a.Code(); code != "" {
		t.Fatalf("reporting: %s", code)
	}
	e2e.Play(t, h, "cells", e2e.Vars{"admin": e2e.Account(h.Admin), "community": fixture.Nanyuan + "001",
		"later": h.Now().AddDate(0, 0, 30).Format("2006-01-02T15:04")})
	if n := h.Rows("cell_edits"); n != 3 {
		t.Errorf("%d edits are stored", n)
	}
}

// Prevents: an import that cannot be told from one that was never begun, and rows that are taken in twice by stopping it.
func TestAFileOfAnotherOfficeIsTakenInByThePage(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	list := func(from, n int) string {
		var text strings.Builder
		text.WriteString("DZBM,地址,经度,纬度\n")
		for i := range n {
			lon, lat := fixture.Centre(fixture.Nanyuan, i%8)
			fmt.Fprintf(&text, "%025d,科苑路%d号,%.6f,%.6f\n", from+i, i, lon, lat)
		}
		return text.String()
	}
	const short, rows = 20, 40_000
	files := map[string]string{"short": list(0, short) + "12,=SUM(1),116.4,39.9\n一,二\n", "long": list(1_000, rows)}
	told := e2e.Vars{"admin": e2e.Account(h.Admin), "rows": rows}
	for name, text := range files {
		path := filepath.Join(t.TempDir(), name+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		told[name] = path
	}
	e2e.Play(t, h, "imports", told)
	if n := h.Rows("addresses"); n != short+rows {
		t.Errorf("%d addresses came in", n)
	}
}
