package graph

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"gridwork/domain/clue"
	"gridwork/test/fixture"
)

// Who is meant to see and do what, written down apart from the schema and the code: design "Who may see what".
const (
	street    = "dispatcher lead supervisor"
	ofCase    = "worker dispatcher lead desk handler supervisor" // whoever sees the case of the story
	ofClue    = "reporter worker dispatcher lead supervisor"     // whoever sees its clue by id
	behind    = "desk handler"                                   // and whoever sees it behind the case
	somebody  = "reporter; worker; dispatcher; lead; desk; handler; supervisor; admin; system; other reporter; other worker; far worker; far dispatcher; far lead; other desk; far desk; other handler; far supervisor"
	everybody = "anonymous; " + somebody
)

// fieldsOf protected types: who reads them of an object that they see.
var fieldsOf = map[string]map[string]string{
	"Case": {
		"id": ofCase, "number": ofCase, "kind": ofCase, "state": ofCase, "round": ofCase, "version": ofCase, "level": ofCase,
		"category": ofCase, "urgent": ofCase, "priority": ofCase, "cell": ofCase, "standard": ofCase, "department": ofCase,
		"clueCount": ofCase, "assignments": ofCase, "clocks": ofCase, "actions": ofCase, "filedAt": ofCase, "dispatchedAt": ofCase,
		"acceptedAt": ofCase, "reportedAt": ofCase, "closedAt": ofCase, "dueAt": ofCase,
		"reference": ofCase, "childNumber": ofCase, "children": ofCase, "assisting": ofCase, "parent": ofCase, "ownPartPassedAt": ofCase, "ownLimit": ofCase,
		"text": ofCase, "point": ofCase, "handler": ofCase, "findings": ofCase, "disposals": ofCase,
		"clues": street + " desk handler", "timeline": street + " desk handler",
		"whyHere": street + " desk", "returns": street + " desk",
		"checks":     street + " worker desk",
		"restricted": ofCase, "readers": street + " desk", "dispute": street + " desk handler",
		"appeals": street + " desk", "orders": street + " desk", "ratings": street + " desk", "requests": street + " desk handler", "precedents": street,
	},
	"Clue": {
		"id": ofClue + " " + behind, "number": ofClue + " " + behind, "source": ofClue + " " + behind, "category": ofClue + " " + behind,
		"urgent": ofClue + " " + behind, "state": ofClue + " " + behind, "version": ofClue + " " + behind, "cell": ofClue + " " + behind,
		"capturedAt": ofClue + " " + behind, "submittedAt": ofClue + " " + behind, "actions": ofClue + " " + behind,
		"case":     ofCase, // the reporter is told by trackClue and messages
		"text":     ofClue + " " + behind,
		"point":    ofClue + " " + behind,
		"photos":   ofClue + " " + behind,
		"accuracy": street + " worker " + behind,
		"mocked":   street, "borderDistance": street, "timeline": street, "clocks": street,
		"duplicates":   "dispatcher lead",
		"verification": street + " worker",
		"reason":       street + " reporter",
		"tracked":      "reporter",
		"restricted":   ofClue + " " + behind, "maliceAskedBy": street, "maliceReason": street,
	},
	"Photo": {"id": "", "state": "", "width": "", "height": "", "faces": "", "url": "", "thumbUrl": "", "reason": "", // with what it belongs to
		"evidence": ofCase}, // but for whoever took it: see evidence_test
}

// open are the types without rules of their own, and why they need none.
var open = map[string]string{
	"Region": "public", "Cell": "public", "Landing": "public", "Department": "public", "Category": "public", "FilingStandard": "public", "Limit": "public",
	"Point": "within its field", "PageInfo": "within its list", "UserError": "to whoever erred",
	"Checklist": "public", "ChecklistItem": "public", "ChecklistChoice": "public", "ChecklistBand": "public", "ChecklistUse": "by scope of tasks",
	"ChecklistDraft": "to whoever brings it in", "FormNote": "to whoever brings the form in",
	"Me": "own", "Grant": "own", "Person": "named beside work that one sees",
	"Assignment": "within its case", "Routing": "within whyHere", "TriedRule": "within whyHere", "ReturnRequest": "within its case",
	"Disposal": "within its case", "CheckTask": "own, or within its case", "VerifyTask": "own, or within its clue",
	"Clock": "within its case or clue", "Explanation": "within its clock", "Segment": "within its clock", "PauseCost": "within its clock",
	"Deadline": "of a case in scope, or of a clue whose clocks one sees", "Calendar": "public", "WorkingWeek": "public", "Opening": "public",
	"CalendarException": "public", "CalendarDay": "public", "CalendarPreview": "administrators", "CalendarShiftGroup": "administrators",
	"CalendarShift": "administrators", "Rederivation": "administrators",
	"DutyGrid": "public", "CellEdit": "administrators of its region", "CellEditPreview": "administrators of the region", "PlannedCell": "within its preview",
	"CellFinding": "within its preview", "CellMove": "within its preview", "DutyGridChange": "within its preview",
	"Event": "within its case or clue", "Duplicate": "within its clue", "Address": "asked for within the viewer's regions", "Premises": "asked for within the viewer's regions", "DuplicateReason": "within its clue", "TrackedClue": "by claim code", "TrackStep": "by claim code",
	"Plan": "by scope of tasks", "PlanRhythm": "within its plan", "PlanSeason": "within its plan",
	"PlanPreview": "administrators, or within its plan", "PlanShare": "within its preview",
	"Campaign": "by scope of tasks", "CampaignStreet": "within its campaign", "UnreachedShare": "within its campaign", "InspectionTask": "own, of one's duty grid, or by scope of tasks", "TaskEvent": "within its task",
	"Inspection": "within its task", "InspectionScore": "within its inspection", "GivenAnswer": "own, or by the scope of what is reported",
	"Appeal": "within its case", "AppealReview": "within its appeal",
	"Ladder": "staff that may read people", "LadderStep": "within its ladder", "LadderTrigger": "within its ladder", "LadderEvent": "within its ladder",
	"LadderRepeat": "within its ladder", "LadderAudience": "within its ladder", "QuietRule": "public",
	"Simulation": "by the case's scope", "SimulatedStep": "within its simulation", "SimulatedPerson": "staff that may read people",
	"SupervisionOrder": "within its case", "OrderReply": "within its order",
	"Ratings": "within its case", "RatingComment": "within its ratings", "OwnRating": "by claim code",
	"RuleSet": "administrators and supervisors", "RoutingRule": "within its rule set", "RuleConditions": "within its rule",
	"RuleHours": "within its rule", "RuleOutcome": "within its rule", "RuleFinding": "within its rule set",
	"Precedent": "within its case or rule", "Replay": "administrators and supervisors", "ReplayDifference": "within its replay", "ReplayedCase": "within its replay",
	"ReturnLedgerLine": "within the reach of measures",
	"CaseRequest":      "within its case",
	"Dispute":          "within its case", "DisputeStep": "within its dispute",
	"Conflict": "where the viewer dispatches or leads", "HeldOperation": "where the viewer leads",
	"StaffMember": "administrators of where they work", "StaffGrant": "within its member", "GrantRequest": "administrators of its region",
	"Shift": "within its member", "Absence": "within its member", "Duty": "within its member", "AuditRow": "administrators of the city",
	"Import": "own, or administrators of the city", "ImportReject": "within its import", "ImportOffer": "administrators, what they may take in", "ImportField": "within its offer",
	"ImportLook": "to whoever brought the file", "ImportLookRow": "within its look", "ImportBinding": "within its look", "ImportProfile": "administrators", "ImportColumn": "within its profile",
	"Device":  "own, or of people who work where one leads or administers",
	"Measure": "public", "Heat": "within the reach of measures", "Playback": "within the reach of measures", "Played": "within its playback", "IndicatorGroup": "within the reach of measures", "Indicator": "within its group, its cases by scope",
	"Sample": "supervisors of its region", "SampleStratum": "within its sample", "SampleEstimate": "within its sample",
	"SamplePlan": "supervisors of the region", "Reinspection": "own, or within its sample",
	"Day": "own", "DayStop": "within its day",
	"Alarm": "own, told, or by reach of alarms", "AlarmAnswer": "within its alarm", "AlarmEvent": "within its alarm", "TimerRule": "staff that may read people",
	"Look":      "by the scope of what is looked at",
	"VisitCode": "by reach of printing", "PrintedVisitCode": "to whoever prints it", "VisitSighting": "own, or by scope of tasks",
	"PhotoEvidence": "within its photo", "PhotoUse": "within its evidence, case and clue by scope",
	"Finding": "within its task or case", "Message": "own", "DeadDelivery": "administrators",
}

func TestEveryTypeAndFieldHasADeclaredRule(t *testing.T) {
	t.Parallel()
	s := schema()
	for _, d := range s.Types {
		if d.BuiltIn || d.Kind != ast.Object || root(d) || strings.HasSuffix(d.Name, "Payload") || strings.HasSuffix(d.Name, "Connection") {
			continue
		}
		if d.Directives.ForName("protected") == nil {
			if open[d.Name] == "" {
				t.Errorf("%s is neither protected nor declared open", d.Name)
			}
			continue
		}
		for _, f := range d.Fields {
			if _, declared := fieldsOf[d.Name][f.Name]; !declared {
				t.Errorf("nobody has said who may see %s.%s", d.Name, f.Name)
			}
		}
		for name := range fieldsOf[d.Name] {
			if d.Fields.ForName(name) == nil {
				t.Errorf("there is no %s.%s", d.Name, name)
			}
		}
	}
}

func TestAFieldWithoutARuleIsRefusedAtTheStart(t *testing.T) {
	t.Parallel()
	broken := gqlparser.MustLoadSchema(&ast.Source{Input: `
		directive @see(by: [Viewer!]!) on FIELD_DEFINITION
		directive @protected on OBJECT
		enum Viewer { SCOPE OWNER }
		type Query { secret: Secret }
		type Secret @protected {
			id: ID! @see(by: [SCOPE])
			text: String
			point: String! @see(by: [OWNER])
			note: String @see(by: [OWNER])
		}`})
	err := checkSchema(broken)
	if err == nil || err.Error() != "Secret.text does not say who may see it\nSecret.point is not for everybody, so it has to be nullable" {
		t.Errorf("%v", err)
	}
}

// everyField selects each field of a type: of objects no more than that they are there.
func everyField(typeName string) string {
	var b strings.Builder
	for _, f := range schema().Types[typeName].Fields {
		b.WriteString(" " + f.Name)
		if kind := schema().Types[f.Type.Name()].Kind; kind == ast.Object {
			b.WriteString(" { __typename }")
		}
	}
	return b.String()
}

func TestEveryFieldIsSeenByWhomItIsForAndNobodyElse(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	told := town.aTale()
	refused := town.submit("reporter", fixture.Rubbish, town.position(0, 0))
	do(town, "dispatcher", clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: refused.ID}})
	do(town, "dispatcher", clue.Refuse, clue.RefuseInput{Target: clue.Target{Clue: refused.ID}, Reason: "不属实"})

	for who := range town.people {
		byCase := town.objects(who, "case", "Case", told.closed.ID, "CASE_NOT_FOUND", ofCase)
		town.compare(who, "Case", byCase, "department dueAt closedAt dispute parent ownPartPassedAt ownLimit")
		byID := town.objects(who, "clue", "Clue", told.clue.ID, "CLUE_NOT_FOUND", ofClue)
		if byID == nil && slices.Contains(strings.Fields(behind), who) {
			byID = town.behind(who, told.closed.ID)
		}
		town.compare(who, "Clue", byID, "reason maliceAskedBy maliceReason") // it was filed: there is none
		if said := town.objects(who, "clue", "Clue", refused.ID, "CLUE_NOT_FOUND", ofClue); said != nil {
			if sees := slices.Contains(strings.Fields(fieldsOf["Clue"]["reason"]), who); sees != (string(said["reason"]) != "null") {
				t.Errorf("%s reads the reason %s", who, said["reason"])
			}
		}
	}
}

// objects reads every field of an object; nil for those to whom it does not exist.
func (t *town) objects(who, field, typeName string, id uuid.UUID, code, seenBy string) map[string]json.RawMessage {
	t.Helper()
	a := t.ask(who, "query ($id: UUID!) { it: "+field+"(id: $id) {"+everyField(typeName)+" } }", vars{"id": id})
	var data struct{ It map[string]json.RawMessage }
	t.must(json.Unmarshal(a.Data, &data))
	if slices.Contains(strings.Fields(seenBy), who) {
		if data.It == nil || len(a.Errors) > 0 {
			t.Errorf("%s does not see the %s: %+v", who, field, a.Errors)
		}
		return data.It
	}
	if data.It != nil || a.code() != code || len(a.Errors[0].Path) == 0 {
		t.Errorf("to %s the %s is %v, %+v; want %s", who, field, data.It, a.Errors, code)
	}
	return nil
}

// behind reads every field of the clue behind a case.
func (t *town) behind(who string, c uuid.UUID) map[string]json.RawMessage {
	t.Helper()
	data := reply[struct {
		Case struct{ Clues []map[string]json.RawMessage }
	}](t, who, "query ($id: UUID!) { case(id: $id) { clues {"+everyField("Clue")+" } } }", vars{"id": c})
	return data.Case.Clues[0]
}

// compare holds what somebody reads of an object against the table. Some fields may be empty for those who see them.
func (t *town) compare(who, typeName string, got map[string]json.RawMessage, mayBeEmpty string) {
	t.Helper()
	for field, text := range got {
		sees, may := string(text) != "null", slices.Contains(strings.Fields(fieldsOf[typeName][field]), who)
		switch {
		case sees && !may:
			t.Errorf("%s reads %s.%s: %.80s", who, typeName, field, text)
		case !sees && may && !slices.Contains(strings.Fields(mayBeEmpty), field):
			t.Errorf("%s does not read %s.%s", who, typeName, field)
		}
	}
}
