package e2e_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/demo"
	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/test/e2e"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// What somebody could write so that a page does more than show it. Whatever would be an element says so by itself
// (data-born), and whatever would run calls for a dialog: either fails the story.
var hostile = map[string]string{
	"script":     `甲<script data-born>alert(1)</script>`,
	"handler":    `乙"><img data-born src=/born onerror=alert(1)>' autofocus x=`,
	"svg":        `丙<svg data-born onload=alert(1)><animate onbegin=alert(1)>`,
	"address":    `丁 javascript:alert(document.domain)// <a data-born href="javascript:alert(1)">点我</a>`,
	"braces":     "戊{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= alert(1) %> #{alert(1)} `alert(1)`",
	"entities":   `己&lt;img data-born src=/born onerror=alert(1)&gt; &#60;b data-born&#62; &amp;amp; %3Cscript%3E`,
	"style":      `庚</style><style data-born>*{display:none}</style><p data-born style="background:url(/born)">`,
	"breaks out": `辛</title></textarea></select></script><iframe data-born srcdoc="<script>parent.alert(1)</script>"></iframe>`,
	"formula":    `=HYPERLINK("http://127.0.0.1/born","壬")`,
	"backwards":  "癸gpj.\u202exslx.cod\u202c 倒着写",
	"endless":    "子" + strings.Repeat("W", 240),
}

// Prevents: words of a stranger, a colleague or a handheld that become part of a page on which somebody with more power looks at them.
func TestWhateverSomebodyWritesIsTextOnEveryPage(t *testing.T) {
	t.Parallel()
	h := e2e.Open(t)
	h.Given(func(ctx context.Context, tx *pg.Tx) {
		fixture.Do(tx, actor.System("test"), func() {
			if _, err := measure.Publish(ctx, tx, demo.Measures()); err != nil {
				t.Error(err)
			}
		})
		fixture.Premises(t, ctx, tx, "P1", "餐饮", "", fixture.Nanyuan, 1)
	})
	w := writer{t, h, secondAdmin(t, h)}
	handler := w.takenIn(hostile["script"], "HANDLER", fixture.Urban)
	worker := w.takenIn(hostile["svg"], "GRID_WORKER", "")
	w.asksForGrant(hostile["handler"], "DISPATCHER", "")

	// Every text is reported; some reports go on, and whoever has to do with them writes a text too.
	var reported []string
	for name, text := range hostile {
		if name != "formula" && name != "braces" && name != "address" {
			w.reported(text)
			reported = append(reported, shown(text))
		}
	}
	refused, refusedCode := w.reported("会被驳回")
	w.does(h.Dispatcher, "refuseClue", "RefuseClueInput", harness.Vars{"clue": refused, "reason": hostile["style"]})
	returned := w.filed(hostile["formula"])
	w.does(h.Desks[fixture.Urban], "returnCase", "ReturnCaseInput", harness.Vars{"case": returned, "basis": hostile["entities"], "proposed": fixture.Fire})
	code := w.closed(hostile["braces"], handler)
	w.does(nil, "rateOutcome", "RateOutcomeInput", harness.Vars{"claimCode": code, "score": 1, "comment": hostile["breaks out"]})

	// Two answers to one verification, and premises that are called so, on the list of whoever inspects them.
	task := verification(t, h, report(t, h, hostile["address"]))
	pushed(t, h, map[string]any{"task": task, "confirmed": true, "note": hostile["handler"], "photos": []any{}}, "accepted")
	pushed(t, h, map[string]any{"task": task, "confirmed": false, "note": hostile["svg"], "photos": []any{}}, "conflict")
	w.renames("P1", hostile["handler"])
	w.does(h.DutyLead, "startCampaign", "StartCampaignInput", harness.Vars{"name": hostile["address"], "region": fixture.Nanyuan, "checklist": h.RentalChecklist,
		"dueAt": h.Now().Add(48 * time.Hour), "places": "PREMISES"})
	w.does(h.Dispatcher, "askVerification", "AskVerificationInput", harness.Vars{"clue": report(t, h, hostile["script"]), "assignee": worker.id})
	w.does(h.Admin, "draftRules", "DraftRulesInput", harness.Vars{"from": 1, "note": hostile["breaks out"]})
	w.does(h.Admin, "editRules", "EditRulesInput", harness.Vars{"version": 2, "revision": 1, "note": hostile["breaks out"], "rules": []harness.Vars{{"code": "x", "nameZh": hostile["style"],
		"nameEn": "x", "conditions": harness.Vars{}, "outcome": harness.Vars{"department": fixture.Fire, "ladder": "standard", "priority": 2}}}})
	h.Settle()

	texts := harness.Vars{}
	for name, text := range hostile {
		texts[name] = shown(text)
	}
	e2e.Play(t, h, "hostile", e2e.Vars{"at": e2e.Here(1), "texts": texts, "reported": reported, "code": code, "refusedCode": refusedCode,
		"dispatcher": e2e.Account(h.Dispatcher), "desk": e2e.Account(h.Desks[fixture.Urban]), "worker": worker.account(), "holder": e2e.Account(h.Worker),
		"supervisor": e2e.Account(h.Supervisor), "admin": e2e.Account(h.Admin), "measure": "核查通过率"})
}

// shown is a text as it is kept: nobody's words turn those of others round.
func shown(text string) string { return strings.NewReplacer("\u202e", "", "\u202c", "").Replace(text) }

// writer writes through the API.
type writer struct {
	t     *testing.T
	h     *harness.Harness
	other *harness.Person // an administrator
}

// does sends a mutation of one input as somebody, nil a stranger.
func (w writer) does(who *harness.Person, mutation, input string, in harness.Vars) {
	w.t.Helper()
	c := w.h.Anyone()
	if who != nil {
		c = w.h.As(who)
	}
	a := c.Send(`mutation ($in: `+input+`!) { done: `+mutation+`(input: $in) { errors { code path } } }`, harness.Vars{"in": in})
	if len(a.Errors) > 0 || !strings.Contains(string(a.Body), `"errors":[]`) {
		w.t.Fatalf("%s: %s", mutation, a.Body)
	}
}

// reported is a stranger's report with its claim code.
func (w writer) reported(text string) (uuid.UUID, string) {
	w.t.Helper()
	id := pg.NewID()
	lon, lat := fixture.Centre(fixture.Nanyuan, 3)
	position := harness.Vars{"lon": lon, "lat": lat, "datum": "WGS84", "accuracy": 9, "source": "GNSS", "mocked": false, "capturedAt": w.h.Now()}
	type sent struct {
		SubmitClue struct{ ClaimCode string }
	}
	s := harness.Ask[sent](w.h.Anyone(), `mutation ($in: SubmitClueInput!) { submitClue(input: $in) { claimCode errors { code path } } }`,
		harness.Vars{"in": harness.Vars{"id": id, "text": text, "category": fixture.Rubbish, "position": position}})
	return id, s.SubmitClue.ClaimCode
}

// filed is a case at the department of urban management.
func (w writer) filed(text string) uuid.UUID {
	w.t.Helper()
	clue, _ := w.reported(text)
	return w.filedAs(clue)
}

func (w writer) filedAs(clue uuid.UUID) uuid.UUID {
	w.t.Helper()
	w.does(w.h.Dispatcher, "fileClue", "FileClueInput", harness.Vars{"clue": clue, "standard": w.h.Standards[fixture.Rubbish]})
	type of struct {
		Clue struct {
			Case struct {
				ID    uuid.UUID
				State string
			}
		}
	}
	return harness.Await(w.h, "the case is routed", func() (uuid.UUID, bool) {
		c := harness.Ask[of](w.h.As(w.h.Dispatcher), `query ($id: UUID!) { clue(id: $id) { case { id state } } }`, harness.Vars{"id": clue}).Clue.Case
		return c.ID, c.State == "ROUTED"
	})
}

// closed is a case that a handler disposed of and a grid worker checked, everybody with words of their own.
func (w writer) closed(text string, by taken) (code string) {
	w.t.Helper()
	id, code := w.checked(text, by)
	w.does(w.h.Dispatcher, "decideCheck", "DecideCheckInput", harness.Vars{"case": id, "pass": true, "note": hostile["style"]})
	return code
}

// checked is such a case before the dispatcher has decided.
func (w writer) checked(text string, by taken) (id uuid.UUID, code string) {
	w.t.Helper()
	clue, code := w.reported(text)
	id, desk := w.filedAs(clue), w.h.Desks[fixture.Urban]
	w.does(desk, "acceptCase", "AcceptCaseInput", harness.Vars{"case": id, "handler": by.id})
	w.does(desk, "makeRequest", "MakeRequestInput", harness.Vars{"case": id, "kind": "EXTENSION", "reason": hostile["backwards"]})
	photo := harness.Picture(w.t, hostile["script"])
	w.does(by.Person, "reportDisposal", "ReportDisposalInput", harness.Vars{"id": pg.NewID(), "case": id, "text": hostile["endless"], "awayReason": hostile["handler"], "photos": []any{photo.Input()}})
	w.h.As(by.Person).Upload(photo)
	w.does(desk, "submitForCheck", "CaseActionInput", harness.Vars{"case": id, "note": hostile["address"]})
	type checks struct {
		Case struct {
			Checks []struct {
				ID       uuid.UUID
				Assignee struct{ ID uuid.UUID }
			}
		}
	}
	check := harness.Ask[checks](w.h.As(w.h.Dispatcher), `query ($id: UUID!) { case(id: $id) { checks { id assignee { id } } } }`, harness.Vars{"id": id}).Case.Checks[0]
	looks := w.h.Worker
	if check.Assignee.ID != looks.ID {
		looks = w.h.OtherWorker
	}
	w.does(looks, "answerCheck", "AnswerCheckInput", harness.Vars{"task": check.ID, "fixed": true, "note": hostile["svg"]})
	return id, code
}

// renames changes what premises are called, from a handheld.
func (w writer) renames(code, name string) {
	w.t.Helper()
	var phone *fixture.Handheld
	w.h.Given(func(ctx context.Context, tx *pg.Tx) { phone = fixture.Enrolled(w.t, ctx, tx, w.h.Worker.Actor) })
	op := phone.Operation(pg.NewID(), "premises.update", w.h.Now(), map[string]any{"code": code, "fields": []any{map[string]any{"field": "name", "was": code, "now": name}}})
	if a := w.h.Anyone().Call(http.MethodPost, "/field/v1/push", harness.Vars{"device": phone.ID, "operations": []any{op}}); !strings.Contains(string(a.Body), "accepted") {
		w.t.Fatalf("push: %s", a.Body)
	}
}

// taken is somebody whom administrators have taken in.
type taken struct {
	*harness.Person
	id       uuid.UUID
	password string
}

func (p taken) account() e2e.Vars { return e2e.Vars{"login": p.Login, "password": p.password} }

// asksForGrant registers somebody; another administrator has to grant what they are to be.
func (w writer) asksForGrant(name, role, department string) (p taken) {
	w.t.Helper()
	type registered struct {
		RegisterStaff struct {
			Member   struct{ ID uuid.UUID }
			Password string
			Errors   []harness.Refusal
		}
	}
	p.Person = &harness.Person{Login: strings.ToLower(role) + ".new"}
	r := harness.Ask[registered](w.h.As(w.h.Admin), `mutation ($in: RegisterStaffInput!) { registerStaff(input: $in) { member { id } password errors { code path } } }`,
		harness.Vars{"in": harness.Vars{"name": name, "login": p.Login, "locale": "zh", "grant": harness.Vars{"role": role, "region": fixture.Nanyuan, "department": department}}}).RegisterStaff
	if len(r.Errors) > 0 {
		w.t.Fatalf("registering: %v", r.Errors)
	}
	p.id, p.password = r.Member.ID, r.Password
	return p
}

// takenIn is somebody of that name with a password of their own.
func (w writer) takenIn(name, role, department string) taken {
	w.t.Helper()
	p := w.asksForGrant(name, role, department)
	type waiting struct{ GrantRequests []struct{ ID uuid.UUID } }
	for _, r := range harness.Ask[waiting](w.h.As(w.other), `{ grantRequests { id } }`, nil).GrantRequests {
		w.does(w.other, "decideGrant", "DecideGrantInput", harness.Vars{"request": r.ID, "grant": true})
	}
	w.does(nil, "choosePassword", "ChoosePasswordInput", harness.Vars{"login": p.Login, "password": p.password, "chosen": harness.Password})
	p.password = harness.Password
	return p
}
