package scenario

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/test/harness"
)

type person struct{ ID uuid.UUID }

type code struct{ Code string }

type photoView struct {
	ID                    uuid.UUID
	State                 string
	Width, Height         *int
	URL, ThumbURL, Reason *string
}

type clockView struct {
	ID         uuid.UUID
	Stage      string
	Department *code
	DueAt      *time.Time
	StoppedAt  *time.Time
	NextStepAt *time.Time
	Remaining  *int
	Frozen     bool
}

type eventView struct {
	At     time.Time
	Kind   string
	Round  int
	Role   string
	By     *person
	Detail json.RawMessage
}

type checkView struct {
	ID       uuid.UUID
	State    string
	Assignee *person
	Fixed    *bool
	Note     *string
}

type caseView struct {
	ID             uuid.UUID
	Number         int
	State          string
	Round, Version int
	Level          int
	Category       code
	Urgent         bool
	Priority       int
	Text           *string
	Point          *struct{ Lon, Lat float64 }
	Cell           code
	Department     *code
	Handler        *person
	ClueCount      int
	Clues          []clueView
	Assignments    []struct {
		Department code
		Lead       bool
		Deemed     bool
		EndReason  *string
	}
	WhyHere *struct {
		RuleSet *int
		Rule    *string
		Tried   []struct {
			Rule    string
			Matched bool
			Failed  *string
		}
	}
	Returns []struct {
		Department, Proposed code
		Basis                string
		Upheld               *bool
	}
	Disposals []struct {
		Text     string
		Distance *float64
		Photos   []photoView
	}
	Checks   []checkView
	Clocks   []clockView
	Timeline []eventView
	Actions  []string
	DueAt    *time.Time
	ClosedAt *time.Time
}

func (c caseView) openCheck(t *testing.T) checkView {
	t.Helper()
	for _, check := range c.Checks {
		if check.State == "OPEN" {
			return check
		}
	}
	t.Fatalf("case %d has no open check", c.Number)
	return checkView{}
}

// running is the clock of a stage that runs.
func (c caseView) running(stage string) *clockView {
	for i := range c.Clocks {
		if c.Clocks[i].Stage == stage && c.Clocks[i].StoppedAt == nil {
			return &c.Clocks[i]
		}
	}
	return nil
}

// happened counts events of a kind.
func (c caseView) happened(kind string) int {
	n := 0
	for _, e := range c.Timeline {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

type clueView struct {
	ID         uuid.UUID
	Number     int
	Source     string
	State      string
	Version    int
	Urgent     bool
	Text       *string
	Category   *code
	Point      *struct{ Lon, Lat float64 }
	Cell       code
	Photos     []photoView
	Reason     *string
	Actions    []string
	Case       *struct{ ID uuid.UUID }
	Duplicates []struct {
		Case     *struct{ ID uuid.UUID }
		Clue     *struct{ ID uuid.UUID }
		Distance float64
		Score    float64
	}
	Timeline     []eventView
	Verification *struct {
		ID       uuid.UUID
		State    string
		Assignee *person
		Note     *string
	}
	Clocks []clockView
}

type trackView struct {
	Number      int
	Stage       string
	Outcome     *string
	Reason      *string
	ReopenUntil *time.Time
	Steps       []struct {
		Stage string
		At    time.Time
	}
}

type message struct {
	ID       uuid.UUID
	Kind     string
	TitleZh  string
	BodyEn   string
	Urgent   bool
	Case     *struct{ ID uuid.UUID }
	Clue     *struct{ ID uuid.UUID }
	NeedsAck bool
	AckedAt  *time.Time
}

type taskView struct {
	ID       uuid.UUID
	State    string
	Cell     code
	Assignee *person
	DueAt    time.Time
	Campaign struct{ ID uuid.UUID }
	Findings []struct {
		Item     string
		Category code
		Note     string
		Fixed    bool
		Case     *struct{ ID uuid.UUID }
	}
}

type campaignView struct {
	ID                               uuid.UUID
	Name, State                      string
	Total, Generated, Done, Findings int
	Streets                          []struct {
		Street      code
		Tasks, Done int
	}
}

const (
	clockFields = `id stage department { code } dueAt stoppedAt nextStepAt remaining frozen`
	photoFields = `id state width height url thumbUrl reason`
	eventFields = `at kind round role by { id } detail`

	caseFields = `id number state round version level category { code } urgent priority text point { lon lat } cell { code }
		department { code } handler { id } clueCount clues { id number source state text cell { code } }
		assignments { department { code } lead deemed endReason }
		whyHere { ruleSet rule tried { rule matched failed } }
		returns { department { code } proposed { code } basis upheld }
		disposals { text distance photos { ` + photoFields + ` } }
		checks { id state assignee { id } fixed note }
		clocks { ` + clockFields + ` } timeline { ` + eventFields + ` } actions dueAt closedAt`

	clueFields = `id number source state version urgent text category { code } point { lon lat } cell { code }
		photos { ` + photoFields + ` } reason actions case { id }
		duplicates { case { id } clue { id } distance score } timeline { ` + eventFields + ` }
		verification { id state assignee { id } note } clocks { ` + clockFields + ` }`

	taskFields = `id state cell { code } assignee { id } dueAt campaign { id } findings { item category { code } note fixed case { id } }`

	campaignFields = `id name state total generated done findings streets { street { code } tasks done }`

	trackFields = `number stage outcome reason reopenUntil steps { stage at }`

	caseQuery     = `query Case($id: UUID!) { case(id: $id) { ` + caseFields + ` } }`
	casesQuery    = `query Cases($filter: CaseFilter, $first: Int!, $after: String) { cases(filter: $filter, first: $first, after: $after) { nodes { id number state } pageInfo { hasNextPage endCursor } } }`
	clueQuery     = `query Clue($id: UUID!) { clue(id: $id) { ` + clueFields + ` } }`
	queueQuery    = `query Queue($filter: ClueFilter) { clues(filter: $filter) { nodes { id number urgent state } pageInfo { hasNextPage } } }`
	myCluesQuery  = `query MyClues { myClues { nodes { id number state } } }`
	trackQuery    = `query Track($code: String!) { trackClue(claimCode: $code) { ` + trackFields + ` } }`
	inboxQuery    = `query Inbox { inbox(first: 100) { nodes { id kind titleZh bodyEn urgent case { id } clue { id } needsAck ackedAt } } }`
	verifyQuery   = `query Verify { myVerifyTasks { nodes { id state clue { id text } } } }`
	checksQuery   = `query Checks { myCheckTasks { nodes { id state case { id text } } } }`
	tasksQuery    = `query Tasks { myInspectionTasks(first: 200) { nodes { ` + taskFields + ` } pageInfo { hasNextPage } } }`
	campaignQuery = `query Campaign($id: UUID!) { campaign(id: $id) { ` + campaignFields + ` } }`
	meQuery       = `query Me { me { person { id name } grants { role region { code } department { code } } unread } }`
)

// mutation is one of the API's, with what the stories read of its payload.
type mutation struct{ name, input, fields string }

const refusals = ` errors { code message path }`

var (
	submitClue = mutation{"submitClue", "SubmitClueInput", `number cell claimCode repeated`}

	askVerification    = mutation{"askVerification", "AskVerificationInput", ofClue}
	answerVerification = mutation{"answerVerification", "AnswerVerificationInput", ofClue}
	fileClue           = mutation{"fileClue", "FileClueInput", ofClue}
	mergeClue          = mutation{"mergeClue", "MergeClueInput", ofClue}
	unmergeClue        = mutation{"unmergeClue", "ClueActionInput", ofClue}
	handleClueOnSpot   = mutation{"handleClueOnSpot", "HandleClueInput", ofClue}
	refuseClue         = mutation{"refuseClue", "RefuseClueInput", ofClue}
	referClue          = mutation{"referClue", "ReferClueInput", ofClue}

	routeCase        = mutation{"routeCase", "RouteCaseInput", ofCase}
	recallCase       = mutation{"recallCase", "CaseActionInput", ofCase}
	acceptCase       = mutation{"acceptCase", "AcceptCaseInput", ofCase}
	nameHandler      = mutation{"nameHandler", "AcceptCaseInput", ofCase}
	returnCase       = mutation{"returnCase", "ReturnCaseInput", ofCase}
	decideReturn     = mutation{"decideReturn", "DecideReturnInput", ofCase}
	reportDisposal   = mutation{"reportDisposal", "ReportDisposalInput", ofCase}
	sendBackDisposal = mutation{"sendBackDisposal", "CaseActionInput", ofCase}
	submitForCheck   = mutation{"submitForCheck", "CaseActionInput", ofCase}
	answerCheck      = mutation{"answerCheck", "AnswerCheckInput", ofCase}
	decideCheck      = mutation{"decideCheck", "DecideCheckInput", ofCase}
	reopenCase       = mutation{"reopenCase", "CaseActionInput", ofCase}
	makeRequest      = mutation{"makeRequest", "MakeRequestInput", ofCase}
	decideRequest    = mutation{"decideRequest", "DecideRequestInput", ofCase}
	resumeCase       = mutation{"resumeCase", "CaseActionInput", ofCase}
	contestOutcome   = mutation{"contestOutcome", "ContestOutcomeInput", `clue { ` + trackFields + ` }`}

	startCampaign    = mutation{"startCampaign", "StartCampaignInput", `campaign { ` + campaignFields + ` }`}
	submitInspection = mutation{"submitInspection", "SubmitInspectionInput", `repeated task { ` + taskFields + ` }`}
)

const (
	ofClue = `clue { ` + clueFields + ` } case { ` + caseFields + ` }`
	ofCase = `case { ` + caseFields + ` }`
)

func (m mutation) document() string {
	return `mutation Do($input: ` + m.input + `!) { ` + m.name + `(input: $input) { ` + m.fields + refusals + ` } }`
}

// attempt sends a mutation and reads its payload, or the first user error in it.
func attempt[T any](c *harness.Client, m mutation, in harness.Vars) (payload T, refused *harness.Refusal) {
	answer := harness.Ask[map[string]json.RawMessage](c, m.document(), harness.Vars{"input": in})
	var refusals struct{ Errors []harness.Refusal }
	if err := json.Unmarshal(answer[m.name], &refusals); err != nil {
		panic(err) // the platform's own JSON
	}
	if len(refusals.Errors) > 0 {
		return payload, &refusals.Errors[0]
	}
	if err := json.Unmarshal(answer[m.name], &payload); err != nil {
		panic(m.name + ": " + err.Error())
	}
	return payload, nil
}

type casePayload struct{ Case *caseView }

type cluePayload struct {
	Clue *clueView
	Case *caseView
}

// done is an action on a case that is not refused.
func (s *stage) done(c *harness.Client, m mutation, in harness.Vars) caseView {
	s.t.Helper()
	p, refused := attempt[casePayload](c, m, in)
	if refused != nil {
		s.t.Fatalf("%s: %v", m.name, refused)
	}
	return *p.Case
}

func (s *stage) clueDone(c *harness.Client, m mutation, in harness.Vars) cluePayload {
	s.t.Helper()
	p, refused := attempt[cluePayload](c, m, in)
	if refused != nil {
		s.t.Fatalf("%s: %v", m.name, refused)
	}
	return p
}

// refused is an action that is refused with a code.
func (s *stage) refused(c *harness.Client, m mutation, in harness.Vars, want string) *harness.Refusal {
	s.t.Helper()
	_, refused := attempt[json.RawMessage](c, m, in)
	if refused == nil {
		s.t.Fatalf("%s is not refused; expected was %s", m.name, want)
	}
	if refused.Code != want {
		s.t.Errorf("%s is refused with %v, expected was %s", m.name, refused, want)
	}
	return refused
}

// hidden checks that a question about an object is answered as if there were no such object.
func (s *stage) hidden(who string, c *harness.Client, query string, id uuid.UUID, code string) {
	s.t.Helper()
	a := c.Send(query, harness.Vars{"id": id})
	var data map[string]json.RawMessage
	if err := json.Unmarshal(a.Data, &data); err != nil || a.Code() != code || len(data) != 1 {
		s.t.Errorf("%s: code %q instead of %s, %s", who, a.Code(), code, a.Body)
	}
	for field, value := range data {
		if string(value) != "null" {
			s.t.Errorf("%s reads %s: %s", who, field, value)
		}
	}
}

// clueAs is a clue as somebody sees it.
func (s *stage) clueAs(c *harness.Client, id uuid.UUID) clueView {
	s.t.Helper()
	found := harness.Ask[struct{ Clue *clueView }](c, clueQuery, harness.Vars{"id": id}).Clue
	if found == nil {
		s.t.Fatalf("clue %s is not found", id)
	}
	return *found
}

// track is a clue as the holder of its claim code sees it.
func (s *stage) track(code string) trackView {
	s.t.Helper()
	found := harness.Ask[struct{ TrackClue *trackView }](s.Anyone(), trackQuery, harness.Vars{"code": code}).TrackClue
	if found == nil {
		s.t.Fatal("the claim code is not known")
	}
	return *found
}
