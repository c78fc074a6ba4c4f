package graph

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/device"
	"gridwork/domain/fieldwork"
	"gridwork/domain/inspection"
	"gridwork/domain/regrid"
	"gridwork/domain/routing"
	"gridwork/domain/safety"
	"gridwork/domain/sampling"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// act is a mutation on an object in the state that it needs.
type act struct {
	inputType string
	in        vars
	sees      string // to whom the object exists, by names
	may       string // who may do it
}

func TestEveryMutationIsRefusedToWhomItIsNotOffered(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	at := vars{"lon": 114.0505, "lat": 22.5405, "datum": "WGS84", "accuracy": 10, "source": "GNSS", "mocked": false, "capturedAt": time.Now()}
	fresh := func() clue.Clue { return town.submit("reporter", fixture.BlockedExit, town.position(0, 0)) }
	routed := func() casework.Case { return town.routed(fresh(), fixture.BlockedExit) }

	// Before any other case is closed, which would be drawn as well.
	look := town.sampled(town.passed(town.seen(town.checking(town.reported(town.working(routed()))))))
	doubted := town.sampled(town.passed(town.seen(town.checking(town.reported(town.working(routed()))))))
	do(town, "other worker", sampling.Answer, sampling.AnswerInput{Reinspection: doubted.ID, Verdict: sampling.Unfixed, Note: "x"})

	town.address()
	submitted, asked, forMerging := fresh(), fresh(), fresh()
	do(town, "dispatcher", clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: asked.ID}})
	standing := routed()
	do(town, "dispatcher", casework.Merge, casework.MergeInput{Target: clue.Target{Clue: forMerging.ID}, Case: standing.ID})
	filed := do(town, "dispatcher", casework.File, casework.FileInput{Target: clue.Target{Clue: fresh().ID}, Standard: town.standard(fixture.BlockedExit)})
	returned := do(town, "desk", casework.RequestReturn, casework.ReturnInput{Target: of(routed()), Basis: "城市管理条例", Proposed: fixture.Urban})
	working, reported := town.working(routed()), town.reported(town.working(routed()))
	checking := town.checking(town.reported(town.working(routed())))
	seen := town.seen(town.checking(town.reported(town.working(routed()))))
	closed := town.passed(town.seen(town.checking(town.reported(town.working(routed())))))
	late := town.late(town.working(routed()))
	appeal := do(town, "desk", casework.AppealLateness, casework.AppealInput{Clock: town.late(town.working(routed())), Grounds: "x"})
	ordered := do(town, "supervisor", casework.OrderSupervision, casework.OrderInput{Target: of(town.working(routed())), Text: "x"})
	replied := do(town, "supervisor", casework.OrderSupervision, casework.OrderInput{Target: of(town.working(routed())), Text: "x"})
	do(town, "desk", casework.ReplyToOrder, casework.ReplyInput{Order: replied.ID, Text: "x"})
	draft, discarded, published := town.draft(), town.draft(), town.draft()
	wished := town.working(routed())
	do(town, "desk", casework.Ask, casework.AskInput{Target: of(wished), Kind: casework.Extension, Reason: "x"})
	suspended := town.working(routed())
	end := time.Now().Add(24 * time.Hour)
	do(town, "desk", casework.Ask, casework.AskInput{Target: of(suspended), Kind: casework.Suspension, Reason: "x", Until: &end})
	do(town, "dispatcher", casework.DecideRequest, casework.DecideRequestInput{Target: of(suspended), Kind: casework.Suspension, Grant: true})
	campaign := town.campaign()
	task := do(town, "supervisor", func(ctx context.Context, tx *pg.Tx, id uuid.UUID) (inspection.Task, error) {
		tasks, _, err := inspection.Tasks(ctx, tx, inspection.TaskFilter{Campaign: id}, nil, 1)
		return tasks[0], err
	}, campaign.ID)
	plan := town.plan(campaign.ChecklistID)
	do(town, "worker", inspection.Offer, inspection.OfferInput{Task: task.ID, To: town.people["other worker"].ID})
	worker := town.people["worker"].ID
	dispatching := vars{"role": "DISPATCHER", "region": fixture.Nanyuan}
	const ofTask = "worker; other worker; dispatcher; lead; supervisor; admin"
	unread := town.message("dispatcher")
	malicious := fresh()
	do(town, "lead", clue.AskMalicious, clue.MaliceInput{Target: clue.Target{Clue: malicious.ID}, Reason: "x"})
	hushed := do(town, "dispatcher", casework.File, casework.FileInput{Target: clue.Target{Clue: fresh().ID}, Standard: town.standard(fixture.Violence),
		Readers: []uuid.UUID{town.people["lead"].ID}})
	quarrel := town.working(do(town, "dispatcher", casework.RouteByHand, casework.RouteInput{Target: of(town.routed(fresh(), fixture.Quarrel)), Department: fixture.Fire}))

	today, alarm := town.today(0), town.alarm("worker")

	// Of a case that is not with a department the desk and the handler know nothing; what was returned, they still see.
	const unrouted, theirs = "worker dispatcher lead supervisor", "worker dispatcher lead desk supervisor"
	acts := map[string]act{
		"askVerification":    {"AskVerificationInput", vars{"clue": submitted.ID}, "reporter " + street, "dispatcher lead"},
		"answerVerification": {"AnswerVerificationInput", vars{"task": town.tasksOf(asked)[0].ID, "confirmed": true, "note": ""}, "worker", "worker"},
		"fileClue":           {"FileClueInput", vars{"clue": submitted.ID, "standard": town.standard(fixture.BlockedExit)}, "reporter " + street, "dispatcher lead"},
		"mergeClue":          {"MergeClueInput", vars{"clue": submitted.ID, "case": standing.ID}, street, "dispatcher lead"},
		"unmergeClue":        {"ClueActionInput", vars{"clue": forMerging.ID}, "reporter " + street, "dispatcher lead"},
		"handleClueOnSpot":   {"HandleClueInput", vars{"clue": submitted.ID, "note": "x"}, "reporter " + street, "dispatcher lead"},
		"refuseClue":         {"RefuseClueInput", vars{"clue": submitted.ID, "reason": "x"}, "reporter " + street, "dispatcher lead"},
		"referClue":          {"ReferClueInput", vars{"clue": submitted.ID, "to": "FIRE_119"}, "reporter " + street, "dispatcher lead"},

		"restrictClue":      {"ClueActionInput", vars{"clue": submitted.ID}, "reporter " + street, "dispatcher lead"},
		"askMalicious":      {"AskMaliciousInput", vars{"clue": submitted.ID, "reason": "x"}, "reporter " + street, "lead"},
		"decideMalicious":   {"DecideMaliciousInput", vars{"clue": malicious.ID, "malicious": true, "note": "x"}, "reporter " + street, "supervisor"},
		"withdrawMalicious": {"ClueActionInput", vars{"clue": malicious.ID}, "reporter " + street, "lead"},
		"nameReaders":       {"NameReadersInput", vars{"case": hushed.ID, "people": []uuid.UUID{town.people["worker"].ID}}, "dispatcher lead", "lead"},
		"removeReader":      {"RemoveReaderInput", vars{"case": hushed.ID, "person": town.people["dispatcher"].ID}, "dispatcher lead", "lead"},
		"recordGuidance":    {"RecordGuidanceInput", vars{"case": quarrel.ID, "at": time.Now(), "note": "x"}, ofCase, "desk handler"},
		"recordMediation":   {"RecordMediationInput", vars{"case": quarrel.ID, "at": time.Now(), "result": "AGREED", "note": "x"}, ofCase, "desk handler"},

		"redactPhoto": {"RedactPhotoInput", vars{"photo": town.readyPhoto(submitted), "areas": []vars{{"left": 0.1, "top": 0.1, "width": 0.2, "height": 0.2}}}, "reporter " + street, "reporter dispatcher lead supervisor"},

		"routeCase":        {"RouteCaseInput", vars{"case": filed.ID, "department": fixture.Fire, "note": "x"}, unrouted, "dispatcher lead"},
		"recallCase":       {"CaseActionInput", vars{"case": standing.ID, "note": "x"}, theirs, "dispatcher lead"},
		"acceptCase":       {"AcceptCaseInput", vars{"case": standing.ID, "handler": town.people["handler"].ID}, theirs, "desk"},
		"nameHandler":      {"AcceptCaseInput", vars{"case": working.ID, "handler": town.people["handler"].ID}, ofCase, "desk"},
		"returnCase":       {"ReturnCaseInput", vars{"case": standing.ID, "basis": "x", "proposed": fixture.Urban}, theirs, "desk"},
		"decideReturn":     {"DecideReturnInput", vars{"case": returned.ID, "uphold": false, "note": "x"}, theirs, "dispatcher lead"},
		"reportDisposal":   {"ReportDisposalInput", vars{"id": pg.NewID(), "case": working.ID, "text": "x", "awayReason": "x", "photos": []vars{{"id": pg.NewID(), "sha256": strings.Repeat("0", 64)}}}, ofCase, "handler"},
		"sendBackDisposal": {"CaseActionInput", vars{"case": reported.ID, "note": "x"}, ofCase, "desk"},
		"submitForCheck":   {"CaseActionInput", vars{"case": reported.ID}, ofCase, "desk"},
		"assignCheck":      {"AssignCheckInput", vars{"case": checking.ID}, ofCase, "dispatcher lead"},
		"answerCheck":      {"AnswerCheckInput", vars{"task": town.check(checking).ID, "fixed": true, "note": "x"}, ofCase, "worker"},
		"decideCheck":      {"DecideCheckInput", vars{"case": seen.ID, "pass": true, "note": "x"}, ofCase, "dispatcher lead"},
		"reopenCase":       {"CaseActionInput", vars{"case": closed.ID, "note": "x"}, ofCase, "supervisor"},
		"contestOutcome":   {"ContestOutcomeInput", vars{"clue": submitted.ID, "reason": "x"}, "reporter", "reporter"},

		"addAssistingDepartment": {"AddAssistingDepartmentInput", vars{"case": working.ID, "department": fixture.Urban, "note": "x"}, ofCase, "dispatcher lead"},

		"orderSupervision": {"OrderSupervisionInput", vars{"case": working.ID, "text": "x"}, ofCase, "supervisor"},
		"replyToOrder":     {"ReplyToOrderInput", vars{"order": ordered.ID, "text": "x"}, ofCase, "desk"},
		"decideReply":      {"DecideReplyInput", vars{"order": replied.ID, "accept": true}, ofCase, "supervisor"},
		"rateOutcome":      {"RateOutcomeInput", vars{"clue": submitted.ID, "score": 5}, "reporter", "reporter"},
		"draftRules":       {"DraftRulesInput", vars{"from": 1, "note": "x"}, list(everybody), "admin"},
		"editRules":        {"EditRulesInput", vars{"version": draft.Version, "revision": 1, "note": "x", "rules": []vars{{"code": "a", "nameZh": "a", "nameEn": "a", "conditions": vars{}, "outcome": vars{"department": fixture.Fire, "ladder": "standard", "priority": 2}}}}, list(everybody), "admin"},
		"discardRules":     {"DiscardRulesInput", vars{"version": discarded.Version, "revision": 1}, list(everybody), "admin"},
		"publishRules":     {"PublishRulesInput", vars{"version": published.Version, "revision": 1}, list(everybody), "admin"},
		"rollbackRules":    {"RollbackRulesInput", vars{"to": 1, "note": "x"}, list(everybody), "admin"},

		"makeRequest":     {"MakeRequestInput", vars{"case": working.ID, "kind": "EXTENSION", "reason": "x"}, ofCase, "desk"},
		"decideRequest":   {"DecideRequestInput", vars{"case": wished.ID, "kind": "EXTENSION", "grant": true, "note": "x"}, ofCase, "dispatcher lead"},
		"withdrawRequest": {"WithdrawRequestInput", vars{"case": wished.ID, "kind": "EXTENSION"}, ofCase, "desk"},
		"resumeCase":      {"CaseActionInput", vars{"case": suspended.ID, "note": "x"}, ofCase, "dispatcher lead"},

		"appealLateness": {"AppealLatenessInput", vars{"clock": late, "grounds": "x"}, ofCase, "desk"},
		"decideAppeal":   {"DecideAppealInput", vars{"appeal": appeal.ID, "grant": true, "note": "x"}, ofCase, "supervisor"},

		"previewCalendar": {"CalendarInput", vars{"basedOn": 1, "set": []vars{{"date": "2026-03-03", "name": "台风停工"}}}, list(everybody), "admin"},
		"publishCalendar": {"CalendarInput", vars{"basedOn": 1, "set": []vars{{"date": "2026-03-03", "name": "台风停工"}}}, list(everybody), "admin"},

		"previewCellEdit": {"CellEditInput", halved(0), list(everybody), "admin"},
		"publishCellEdit": {"CellEditInput", halved(0), list(everybody), "admin"},
		"cancelCellEdit":  {"UUID", vars{"id": town.cellEdit(1).ID}, "admin", "admin"},

		"claimInspectionTask":    {"UUID", vars{"id": task.ID}, ofTask, "worker"},
		"offerInspectionTask":    {"OfferTaskInput", vars{"task": task.ID, "to": town.people["other worker"].ID}, ofTask, "worker"},
		"answerTaskOffer":        {"AnswerTaskOfferInput", vars{"task": task.ID, "accept": true}, ofTask, "other worker;"},
		"withdrawTaskOffer":      {"UUID", vars{"id": task.ID}, ofTask, "worker"},
		"giveBackInspectionTask": {"GiveBackTaskInput", vars{"task": task.ID, "reason": "NO_TIME"}, ofTask, "worker"},
		"assignInspectionTask":   {"AssignTaskInput", vars{"task": task.ID, "to": town.people["other worker"].ID}, ofTask, "dispatcher lead"},

		"createPlan":      {"PlanInput", planned(town, fixture.Nanyuan, campaign.ChecklistID), list(everybody), "admin"},
		"importChecklist": {"ImportChecklistInput", vars{"file": ""}, list(everybody), "admin"},
		"endPlan":         {"UUID", vars{"id": plan.ID}, "dispatcher lead supervisor admin", "admin"},
		"closeCampaign":   {"UUID", vars{"id": campaign.ID}, "dispatcher lead supervisor admin", "lead supervisor admin"},
		"drawSample": {"DrawSampleInput", vars{"name": "x", "dueAt": time.Now().Add(time.Hour), "design": vars{"region": fixture.Nanyuan,
			"closedFrom": today, "closedTo": today}}, list(everybody), "supervisor"},
		"answerReinspection": {"AnswerReinspectionInput", vars{"reinspection": look.ID, "verdict": "FIXED"}, "other worker; supervisor", "other worker;"},
		"settleReinspection": {"SettleReinspectionInput", vars{"reinspection": doubted.ID, "unfixed": false, "note": "x"}, "other worker; supervisor", "supervisor"},
		"assignReinspection": {"AssignReinspectionInput", vars{"reinspection": look.ID, "assignee": town.people["other worker"].ID}, "other worker; supervisor", "supervisor"},
		"closeSample":        {"CloseSampleInput", vars{"sample": look.SampleID}, "supervisor", "supervisor"},

		"startCampaign":    {"StartCampaignInput", vars{"name": "x", "region": fixture.Nanyuan, "checklist": campaign.ChecklistID, "dueAt": time.Now().Add(time.Hour)}, list(everybody), "lead supervisor admin"},
		"submitInspection": {"SubmitInspectionInput", vars{"id": pg.NewID(), "task": task.ID, "answers": []vars{}, "position": at}, "worker", "worker"},
		"registerStaff":    {"RegisterStaffInput", vars{"name": "李新", "login": "li.xin", "locale": "zh", "grant": dispatching}, list(everybody), "admin"},
		"resetPassword":    {"UUID", vars{"id": worker}, "admin", "admin"},
		"disableStaff":     {"DisableStaffInput", vars{"person": worker, "reason": "x"}, "admin", "admin"},
		"enableStaff":      {"UUID", vars{"id": worker}, "admin", "admin"},
		"askGrant":         {"AskGrantInput", vars{"person": worker, "grant": dispatching}, "admin", "admin"},
		"decideGrant":      {"DecideGrantInput", vars{"request": town.grantAsked(), "grant": true}, "admin", "admin"},
		"withdrawGrant":    {"UUID", vars{"id": town.grantAsked()}, "admin", "admin"},
		"revokeGrant":      {"UUID", vars{"id": town.oneOf("grants", worker)}, "admin", "admin"},
		"addShift": {"AddShiftInput", vars{"grant": town.oneOf("grants", worker), "weekdays": []string{"MONDAY"}, "starts": "08:00", "ends": "17:00", "from": today},
			"admin", "admin"},
		"endShift":   {"UUID", vars{"id": town.oneOf("shifts", worker)}, "admin", "admin"},
		"addAbsence": {"AddAbsenceInput", vars{"person": worker, "from": time.Now(), "to": time.Now().Add(time.Hour)}, "admin", "admin"},
		"endAbsence": {"UUID", vars{"id": town.away(worker)}, "admin", "admin"},
		"assignDuty": {"AssignDutyInput", vars{"grid": town.gridOf(worker), "person": town.people["other worker"].ID, "part": "STAND_IN"}, "admin", "admin"},
		"endDuty":    {"EndDutyInput", vars{"grid": town.gridOf(worker), "person": worker}, "admin", "admin"},

		"revokeDevice":      {"RevokeDeviceInput", vars{"device": town.handheld("worker"), "reason": "x"}, "worker lead admin", "worker lead admin"},
		"decideConflict":    {"DecideConflictInput", vars{"conflict": town.conflict(), "take": false}, "dispatcher lead", "dispatcher lead"},
		"decideHeld":        {"DecideHeldInput", vars{"operation": town.held(), "takeIn": true}, "lead", "lead"},
		"markRead":          {"UUID", vars{"id": unread}, "dispatcher", "dispatcher"},
		"lookAt":            {"UUID", vars{"id": submitted.ID}, street, street},
		"acknowledge":       {"UUID", vars{"id": unread}, "dispatcher", "dispatcher"},
		"publishLadder":     {"PublishLadderInput", vars{"code": "x", "nameZh": "x", "nameEn": "x", "steps": []vars{}}, list(everybody), "admin"},
		"publishQuietRule":  {"QuietRuleInput", vars{"nightBegins": "", "nightEnds": "", "bundleMinutes": 0, "perHour": 0, "perDay": 0}, list(everybody), "admin"},
		"answerAlarm":       {"AnswerAlarmInput", vars{"alarm": alarm, "coming": true}, "worker dispatcher lead supervisor", "dispatcher lead supervisor"},
		"endAlarm":          {"EndAlarmInput", vars{"alarm": alarm, "outcome": "SAFE"}, "worker dispatcher lead supervisor", "worker dispatcher lead"},
		"printVisitCodes":   {"PrintVisitCodesInput", vars{"premises": []string{"P1"}}, "dispatcher lead admin", "dispatcher lead admin"},
		"withdrawVisitCode": {"WithdrawVisitCodeInput", vars{"premises": "P1"}, "dispatcher lead admin", "dispatcher lead admin"},
		"beginImport":       {"BeginImportInput", vars{"file": pg.NewID(), "kind": "PEOPLE"}, list(everybody), "admin"},
		"stopImport":        {"UUID", vars{"id": pg.NewID()}, list(everybody), "admin"},
		"goOnWithImport":    {"UUID", vars{"id": pg.NewID()}, list(everybody), "admin"},
		"requeueDelivery":   {"UUID", vars{"id": town.deadLetter()}, list(everybody), "admin"},
	}
	forEverybody := "signIn signOut choosePassword submitClue"
	for _, f := range schema().Mutation.Fields {
		a, declared := acts[f.Name]
		if !declared && !slices.Contains(strings.Fields(forEverybody), f.Name) {
			t.Errorf("nobody has said who may %s", f.Name)
		}
		if declared {
			town.tryAll(f.Name, a)
		}
	}
	if got := town.versions(submitted.ID, standing.ID, closed.ID); got != fmt.Sprint([]int{submitted.Version, standing.Version + 1, closed.Version}) {
		t.Errorf("versions %s: something was done by somebody who may not", got)
	}
}

// tryAll lets everybody who may not do a thing try it.
func (t *town) tryAll(mutation string, a act) {
	t.Helper()
	for _, who := range slices.Sorted(maps.Keys(t.people)) {
		if slices.Contains(names(a.may), who) {
			continue
		}
		var got userError
		if a.inputType == "UUID" {
			answer := t.ask(who, "mutation ($id: UUID!) { m: "+mutation+"(id: $id) { errors { code path } } }", a.in)
			var data struct{ M struct{ Errors []userError } }
			t.must(json.Unmarshal(answer.Data, &data))
			got = data.M.Errors[0]
		} else {
			got = t.refusal(who, mutation, a.inputType, a.in)
		}
		sees := slices.Contains(names(a.sees), who) || a.sees == list(everybody)
		switch {
		case sees && got.Code != "ACTION_NOT_YOURS" && got.Code != "NOT_ALLOWED":
			t.Errorf("%s sees the object, and is answered %s to %s", who, got, mutation)
		case !sees && !strings.HasSuffix(got.Code, "_NOT_FOUND"):
			t.Errorf("to %s the object does not exist, and %s is answered with %s", who, mutation, got)
		}
	}
}

// names are people's: with semicolons where some have two words.
func names(of string) []string {
	if strings.Contains(of, ";") {
		return strings.Split(strings.TrimSuffix(of, ";"), "; ")
	}
	return strings.Fields(of)
}

// draft is one of the rules, by an administrator who is none of the town's, with desks for all that it names.
func (t *town) draft() (set routing.Set) {
	t.Helper()
	var author *actor.Actor
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		author = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""))
		for _, department := range []string{fixture.Fire, fixture.Urban, fixture.Safety} {
			fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.CityCode, department))
		}
	})
	t.write(author, func(ctx context.Context, tx *pg.Tx) {
		var err error
		set, err = routing.Draft(ctx, tx, routing.DraftInput{From: 1, Note: "x"})
		t.must(err)
	})
	return set
}

// toUrban edits a draft until it sends everything to urban management.
func (t *town) toUrban(set routing.Set) routing.Set {
	t.Helper()
	t.write(&actor.Actor{ID: set.Authors[0], Grants: []actor.Grant{{Role: actor.Admin, Region: fixture.CityCode}}}, func(ctx context.Context, tx *pg.Tx) {
		all := routing.Rule{Code: "all", NameZH: "全部", NameEN: "All", Outcome: routing.Outcome{Department: fixture.Urban, Ladder: "standard", Priority: 3}}
		var err error
		set, err = routing.Edit(ctx, tx, routing.EditInput{Version: set.Version, Revision: set.Revision, Note: "x", Rules: []routing.Rule{all}})
		t.must(err)
	})
	return set
}

// planned is the input of a plan over a region's premises that begins next week.
func planned(t *town, region string, checklist uuid.UUID) vars {
	t.Helper()
	return vars{"name": "巡查", "region": region, "checklist": checklist, "places": "PREMISES", "kind": "餐饮",
		"startsOn": time.Now().AddDate(0, 0, 7).Format(time.DateOnly), "rhythms": []vars{{"risk": "RED", "every": 1, "unit": "WEEK"}}}
}

// halved cuts a cell of Nanyuan in the middle.
func halved(i int) vars {
	lon, _ := fixture.Centre(fixture.Nanyuan, i)
	return vars{"ends": []string{fixture.Cell(fixture.Nanyuan, i)},
		"line": []vars{{"lon": lon, "lat": fixture.South - fixture.CellSide}, {"lon": lon, "lat": fixture.South + 2*fixture.CellSide}}}
}

// cellEdit is one of a cell of Nanyuan, tomorrow.
func (t *town) cellEdit(i int) regrid.Edit {
	t.Helper()
	lon, _ := fixture.Centre(fixture.Nanyuan, i)
	return do(t, "admin", regrid.Publish, regrid.Input{Ends: []string{fixture.Cell(fixture.Nanyuan, i)}, EffectiveAt: new(time.Now().Add(24 * time.Hour)),
		Line: []geo.Point{{Lon: lon, Lat: fixture.South - fixture.CellSide}, {Lon: lon, Lat: fixture.South + 2*fixture.CellSide}}})
}

// plan is one over Nanyuan's cells that begins next week.
func (t *town) plan(checklist uuid.UUID) inspection.Plan {
	t.Helper()
	year, month, day := time.Now().AddDate(0, 0, 7).Date()
	return do(t, "admin", inspection.NewPlan, inspection.CreatePlan{Name: "网格巡查", Region: fixture.Nanyuan, Checklist: checklist, Places: inspection.OfCells,
		StartsOn: calendar.Date{Year: year, Month: month, Day: day}, Rhythms: []inspection.Rhythm{{Every: 1, Unit: inspection.Weeks}}})
}

// late lets the disposal clock of a case run out.
func (t *town) late(c casework.Case) (clock uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		var err error
		clock, err = pg.Val[uuid.UUID](ctx, tx, `update clocks set due_at = $2 where case_id = $1 and stage = 'dispose' returning id`, c.ID, tx.Now.Add(-time.Hour))
		t.must(err)
	})
	return clock
}

// alarm is somebody's call for help, of which nobody was told yet.
func (t *town) alarm(who string) uuid.UUID {
	t.Helper()
	at := t.position(0, 0)
	return do(t, who, safety.Raise, safety.RaiseInput{ID: pg.NewID(), Position: &at, CapturedAt: time.Now()}).ID
}

// handheld is one of somebody's.
func (t *town) handheld(who string) (id uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) { id = fixture.Enrolled(t, ctx, tx, t.people[who]).ID })
	return id
}

// conflict is one of Nanyuan: two kinds for the same premises.
func (t *town) conflict() (id uuid.UUID) {
	t.Helper()
	for _, kind := range []string{"甲", "乙"} {
		a := t.pushes(fixture.NewHandheld(t), false, "premises.update", map[string]any{"code": "P1", "fields": []vars{{"field": "kind", "was": "餐饮", "now": kind}}})
		if a.Conflict != nil {
			id = *a.Conflict
		}
	}
	return id
}

// held is an operation from a revoked handheld.
func (t *town) held() uuid.UUID {
	t.Helper()
	return uuid.MustParse(t.pushes(fixture.NewHandheld(t), true, "premises.update", map[string]any{"code": "P1", "fields": []vars{{"field": "kind", "was": "x", "now": "y"}}}).ID)
}

// pushes lets the worker enrol a handheld and push what was captured a moment ago; revoked tells whether it is by then.
func (t *town) pushes(phone *fixture.Handheld, revoked bool, kind string, body any) fieldwork.Answer {
	t.Helper()
	do(t, "worker", device.Enrol, device.Enrolment{ID: phone.ID, Name: "x", Key: phone.Key(), Proof: phone.Proof(t, t.people["worker"].ID)})
	signed := phone.Operation(pg.NewID(), kind, time.Now().Add(-time.Minute), body)
	if revoked {
		do(t, "worker", device.Revoke, device.RevokeInput{Device: phone.ID, Reason: "x"})
	}
	signature, err := base64.RawURLEncoding.DecodeString(signed["signature"].(string))
	t.must(err)
	a, err := fieldwork.Push(t.Context(), fieldwork.Yard{DB: t.db, Intake: t.edge.Intake}, phone.ID, fieldwork.Operation{ID: uuid.MustParse(signed["id"].(string)),
		Kind: fieldwork.Kind(kind), CapturedAt: signed["capturedAt"].(string), Body: signed["body"].(string), Signature: signature})
	t.must(err)
	if a.Error != nil {
		t.Fatalf("%+v", a.Error)
	}
	return a
}

// message writes a message to somebody.
func (t *town) message(who string) (id uuid.UUID) {
	t.Helper()
	id = pg.NewID()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		_, err := tx.Exec(ctx, `insert into messages (id, person_id, kind, urgent, params, needs_ack, quiet, created_at)
			values ($1, $2, 'case_pressed', false, '{"number": 1}', true, '30 minutes', $3)`, id, t.people[who].ID, tx.Now)
		t.must(err)
	})
	return id
}

func (t *town) versions(c, routed, closed uuid.UUID) string {
	t.Helper()
	var versions []int
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		found, err := clue.Get(ctx, tx, c)
		t.must(err)
		versions = append(versions, found.Version)
		for _, id := range []uuid.UUID{routed, closed} {
			found, err := casework.Get(ctx, tx, id)
			t.must(err)
			versions = append(versions, found.Version)
		}
	})
	return fmt.Sprint(versions)
}

// readyPhoto is the first photo of a clue, whose copy was made.
func (t *town) readyPhoto(c clue.Clue) (id uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		var err error
		id, err = pg.Val[uuid.UUID](ctx, tx, `update photos set state = 'ready', copy_key = 'copies/x', thumb_key = 'thumbs/x'
			where subject_id = $1 and position = 0 returning id`, c.ID)
		t.must(err)
	})
	return id
}
