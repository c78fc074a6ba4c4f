package casework_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/fault"
)

const (
	hereStreet = "440304001"
	farStreet  = "440305002"
)

var (
	handlerID = uuid.MustParse("01900000-0000-7000-8000-000000000001")
	checkerID = uuid.MustParse("01900000-0000-7000-8000-000000000002")
	nobodyID  = uuid.MustParse("01900000-0000-7000-8000-000000000003")
)

func person(id uuid.UUID, role actor.Role, region, department string) *actor.Actor {
	return &actor.Actor{ID: id, Grants: []actor.Grant{{Role: role, Region: region, Department: department}}}
}

// cast is everybody who could try: each party, and for each one somebody alike who has no part in the case.
var cast = map[string]*actor.Actor{
	"platform":               actor.System("test"),
	"anonymous":              actor.Anonymous,
	"volunteer":              person(nobodyID, actor.Volunteer, hereStreet, ""),
	"grid worker, asked":     person(checkerID, actor.GridWorker, hereStreet, ""),
	"grid worker, not asked": person(nobodyID, actor.GridWorker, hereStreet, ""),
	"dispatcher":             person(nobodyID, actor.Dispatcher, hereStreet, ""),
	"dispatcher elsewhere":   person(nobodyID, actor.Dispatcher, farStreet, ""),
	"duty lead":              person(nobodyID, actor.DutyLead, hereStreet, ""),
	"duty lead elsewhere":    person(nobodyID, actor.DutyLead, farStreet, ""),
	"desk":                   person(nobodyID, actor.DepartmentDesk, "440304", "fire"),
	"desk elsewhere":         person(nobodyID, actor.DepartmentDesk, farStreet, "fire"),
	"desk of another":        person(nobodyID, actor.DepartmentDesk, "440304", "urban_management"),
	"handler, named":         person(handlerID, actor.Handler, hereStreet, "fire"),
	"handler, not named":     person(nobodyID, actor.Handler, hereStreet, "fire"),
	"supervisor":             person(nobodyID, actor.Supervisor, "4403", ""),
	"supervisor elsewhere":   person(nobodyID, actor.Supervisor, farStreet, ""),
	"admin":                  person(nobodyID, actor.Admin, "4403", ""),
	"integration":            person(nobodyID, actor.Integration, "4403", ""),
}

// offered is written by hand from the design's table, not from the code's: what each part of the cast may do in each
// state of a case in its first round, before any return, with a check that found it fixed.
var offered = map[casework.State]map[string][]casework.Action{
	casework.Filed: {
		"platform": {casework.DoRouteByRules}, "dispatcher": {casework.DoRoute}, "duty lead": {casework.DoRoute, casework.DoAskVoid, casework.DoAskForceClose},
		"supervisor": {casework.DoOrder}},
	casework.Routed: {
		"platform": {casework.DoDeemAccepted}, "dispatcher": {casework.DoRecall, casework.DoAddAssisting}, "duty lead": {casework.DoRecall, casework.DoAskVoid, casework.DoAskForceClose, casework.DoAddAssisting},
		"desk":       {casework.DoAccept, casework.DoReturn},
		"supervisor": {casework.DoOrder}},
	casework.ReturnRequested: {
		"dispatcher": {casework.DoUpholdReturn, casework.DoRejectReturn, casework.DoAddAssisting}, "duty lead": {casework.DoUpholdReturn, casework.DoRejectReturn, casework.DoAskVoid, casework.DoAskForceClose, casework.DoAddAssisting},
		"supervisor": {casework.DoOrder}},
	casework.Working: {
		"dispatcher": {casework.DoAddAssisting},
		"desk":       {casework.DoNameHandler, casework.DoAskSuspension, casework.DoAskExtension}, "handler, named": {casework.DoReport},
		"duty lead":  {casework.DoAskVoid, casework.DoAskForceClose, casework.DoAddAssisting},
		"supervisor": {casework.DoOrder}},
	casework.Suspended: {
		"platform": {casework.DoResume}, "dispatcher": {casework.DoResume, casework.DoAddAssisting}, "duty lead": {casework.DoResume, casework.DoAskVoid, casework.DoAskForceClose, casework.DoAddAssisting}},
	casework.Reported: {
		"dispatcher": {casework.DoAddAssisting},
		"platform":   {casework.DoSubmitForCheck}, "desk": {casework.DoSendBack, casework.DoSubmitForCheck},
		"duty lead":  {casework.DoAskVoid, casework.DoAskForceClose, casework.DoAddAssisting},
		"supervisor": {casework.DoOrder}},
	casework.Checking: {
		"dispatcher": {casework.DoPass, casework.DoFail, casework.DoAddAssisting}, "duty lead": {casework.DoPass, casework.DoFail, casework.DoAskVoid, casework.DoAskForceClose, casework.DoAddAssisting},
		"supervisor": {casework.DoOrder}},
	casework.Closed:      {"supervisor": {casework.DoReopen}},
	casework.Voided:      {},
	casework.ForceClosed: {},
}

func standing(state casework.State) casework.Standing {
	s := casework.Standing{State: state, Street: hereStreet, Handler: handlerID, Checker: checkerID, Answered: true, Fixed: true}
	if state != casework.Filed && state != casework.Closed {
		s.Department = "fire"
	}
	return s
}

func TestEveryoneIsOfferedWhatTheTableSaysAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, state := range casework.States {
		for name, who := range cast {
			want := offered[state][name]
			got := casework.Actions(standing(state), who)
			if !slices.Equal(got, want) && len(got)+len(want) > 0 {
				t.Errorf("%s, %s: offered %v, the design says %v", state, name, got, want)
			}
			for _, do := range casework.AllActions() {
				row, err := casework.Next(standing(state), do, who)
				if err == nil != slices.Contains(got, do) {
					t.Errorf("%s, %s, %s: offered %v, answered %v", state, name, do, got, err)
				}
				if err == nil && (row.From != state || row.Do != do) {
					t.Errorf("%s, %s, %s: %+v", state, name, do, row)
				}
				if err != nil && !fault.Is(err, "ACTION_NOT_POSSIBLE") && !fault.Is(err, "ACTION_NOT_YOURS") {
					t.Errorf("%s, %s, %s: %v", state, name, do, err)
				}
			}
		}
	}
}

func TestWhatNobodyCanDoIsAConflictAndWhatOthersCanDoIsDenied(t *testing.T) {
	t.Parallel()
	routed := standing(casework.Routed)
	if _, err := casework.Next(routed, casework.DoPass, cast["dispatcher"]); !fault.Is(err, "ACTION_NOT_POSSIBLE") {
		t.Errorf("closing a case that was never checked: %v", err)
	}
	if _, err := casework.Next(routed, casework.DoAccept, cast["dispatcher"]); !fault.Is(err, "ACTION_NOT_YOURS") {
		t.Errorf("accepting for a department: %v", err)
	}
	if _, err := casework.Next(standing(casework.Working), casework.DoSuspend, cast["dispatcher"]); !fault.Is(err, "ACTION_NOT_POSSIBLE") {
		t.Errorf("granting what nobody asked for: %v", err)
	}
}

// What is open is offered to others than its asker, who may take it back; nothing is asked for twice.
func TestWhatOneHasAskedForAnotherOneDecides(t *testing.T) {
	t.Parallel()
	asker := uuid.MustParse("01900000-0000-7000-8000-000000000009")
	both := func(role actor.Role, id uuid.UUID) *actor.Actor {
		a := person(id, role, hereStreet, "")
		if role == actor.DepartmentDesk {
			a.Grants[0].Department = "fire"
			a.Grants = append(a.Grants, actor.Grant{Role: actor.Dispatcher, Region: hereStreet})
		}
		return a
	}
	for kind, c := range map[casework.RequestKind]struct {
		asker              actor.Role
		ask, grant, refuse casework.Action
		others             []string
	}{
		casework.Suspension:    {actor.DepartmentDesk, casework.DoAskSuspension, casework.DoSuspend, casework.DoRefuseSuspension, []string{"dispatcher", "duty lead"}},
		casework.Extension:     {actor.DepartmentDesk, casework.DoAskExtension, casework.DoExtend, casework.DoRefuseExtension, []string{"dispatcher", "duty lead"}},
		casework.Voiding:       {actor.DutyLead, casework.DoAskVoid, casework.DoVoid, casework.DoRefuseVoid, []string{"duty lead", "supervisor"}},
		casework.ForcedClosing: {actor.DutyLead, casework.DoAskForceClose, casework.DoForceClose, casework.DoRefuseForceClose, []string{"duty lead", "supervisor"}},
	} {
		s := standing(casework.Working)
		s.Asked = map[casework.RequestKind]uuid.UUID{kind: asker}
		for name, who := range cast {
			decides := slices.Contains(c.others, name)
			offered := casework.Actions(s, who)
			if slices.Contains(offered, c.grant) != decides || slices.Contains(offered, c.refuse) != decides || slices.Contains(offered, c.ask) ||
				slices.Contains(offered, casework.DoWithdraw) {
				t.Errorf("%s, %s: offered %v", kind, name, offered)
			}
		}
		// Not even with a grant that would do.
		own := casework.Actions(s, both(c.asker, asker))
		if !slices.Contains(own, casework.DoWithdraw) || slices.Contains(own, c.grant) || slices.Contains(own, c.refuse) || slices.Contains(own, c.ask) {
			t.Errorf("%s, its asker: offered %v", kind, own)
		}
	}
}

func TestGuardsHoldBackWhatItIsTooEarlyOrTooLateFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state  casework.State
		change func(*casework.Standing)
		who    string
		do     casework.Action
		code   string
	}{
		"a third return":                  {casework.Routed, func(s *casework.Standing) { s.Returns = 2 }, "desk", casework.DoReturn, "ACTION_NOT_POSSIBLE"},
		"a second return":                 {casework.Routed, func(s *casework.Standing) { s.Returns = 1 }, "desk", casework.DoReturn, ""},
		"the second, by the dispatcher":   {casework.ReturnRequested, func(s *casework.Standing) { s.Returns = 2 }, "dispatcher", casework.DoUpholdReturn, "ACTION_NOT_YOURS"},
		"the second, by the duty lead":    {casework.ReturnRequested, func(s *casework.Standing) { s.Returns = 2 }, "duty lead", casework.DoUpholdReturn, ""},
		"a check decided unseen":          {casework.Checking, func(s *casework.Standing) { s.Answered = false }, "dispatcher", casework.DoFail, "ACTION_NOT_POSSIBLE"},
		"closed though seen broken":       {casework.Checking, func(s *casework.Standing) { s.Fixed = false }, "dispatcher", casework.DoPass, "ACTION_NOT_POSSIBLE"},
		"failed because seen broken":      {casework.Checking, func(s *casework.Standing) { s.Fixed = false }, "dispatcher", casework.DoFail, ""},
		"an answer by whoever was asked":  {casework.Checking, func(s *casework.Standing) { s.Answered = false }, "grid worker, asked", casework.DoAnswerCheck, ""},
		"an answer by somebody else":      {casework.Checking, func(s *casework.Standing) { s.Answered = false }, "grid worker, not asked", casework.DoAnswerCheck, "ACTION_NOT_YOURS"},
		"an answer twice":                 {casework.Checking, nil, "grid worker, asked", casework.DoAnswerCheck, "ACTION_NOT_POSSIBLE"},
		"another checker, once answered":  {casework.Checking, nil, "dispatcher", casework.DoAssignCheck, "ACTION_NOT_POSSIBLE"},
		"reopened by its reporter":        {casework.Closed, func(s *casework.Standing) { s.Reporter, s.Contestable = true, true }, "anonymous", casework.DoReopen, ""},
		"reopened after the window":       {casework.Closed, func(s *casework.Standing) { s.Reporter = true }, "anonymous", casework.DoReopen, "ACTION_NOT_YOURS"},
		"reopened late, but by authority": {casework.Closed, nil, "supervisor", casework.DoReopen, ""},
		"reopened by sampling":            {casework.Closed, func(s *casework.Standing) { s.Sampled = true }, "supervisor", casework.DoReopen, ""},
		"suspended twice":                 {casework.Working, func(s *casework.Standing) { s.Suspensions = 1 }, "desk", casework.DoAskSuspension, "ACTION_NOT_POSSIBLE"},
		"suspended when late":             {casework.Working, func(s *casework.Standing) { s.Late = true }, "desk", casework.DoAskSuspension, "ACTION_NOT_POSSIBLE"},
		"extended a second time":          {casework.Working, func(s *casework.Standing) { s.Extensions = 1 }, "desk", casework.DoAskExtension, ""},
		"extended a third time":           {casework.Working, func(s *casework.Standing) { s.Extensions = 2 }, "desk", casework.DoAskExtension, "ACTION_NOT_POSSIBLE"},
		"extended when late":              {casework.Working, func(s *casework.Standing) { s.Late = true }, "desk", casework.DoAskExtension, "ACTION_NOT_POSSIBLE"},
		"sampled by nobody's order":       {casework.Closed, func(s *casework.Standing) { s.Sampled = true }, "platform", casework.DoReopen, "ACTION_NOT_YOURS"},
	} {
		s := standing(c.state)
		if c.change != nil {
			c.change(&s)
		}
		_, err := casework.Next(s, c.do, cast[c.who])
		if c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

func TestEveryStateIsReachedAndEveryOpenOneCanBeLeft(t *testing.T) {
	t.Parallel()
	reached := map[casework.State]bool{casework.Filed: true}
	for range casework.States {
		for _, row := range casework.Flow {
			if reached[row.From] {
				reached[row.To] = true
			}
		}
	}
	for _, s := range casework.States {
		if !reached[s] {
			t.Errorf("%s cannot be reached", s)
		}
		leaves := slices.ContainsFunc(casework.Flow, func(r casework.Row) bool { return r.From == s && r.To != s })
		if s.Open() && !leaves {
			t.Errorf("%s cannot be left", s)
		}
		if (s == casework.Voided || s == casework.ForceClosed) && leaves {
			t.Errorf("%s is not the end", s)
		}
	}
}

// Walking every path of the table, the clocks that run in a state are the same whichever way led there, and nothing runs
// in a case that is over.
func TestClocksRunAsTheStateSaysWhicheverWayACaseTook(t *testing.T) {
	t.Parallel()
	key := func(clocks map[escalation.Stage]bool) string { return fmt.Sprint(slices.Sorted(maps.Keys(clocks))) }
	start := map[escalation.Stage]bool{escalation.Dispatch: true, escalation.Total: true}
	seen := map[casework.State]string{casework.Filed: key(start)}
	var walk func(casework.State, map[escalation.Stage]bool)
	walk = func(state casework.State, running map[escalation.Stage]bool) {
		for _, row := range casework.Flow {
			if row.From != state {
				continue
			}
			if row.Waits || row.Do == casework.DoCloseJoint {
				continue // within checking, on no clock: see the test below
			}
			next := maps.Clone(running)
			for _, stage := range row.Stops {
				if !next[stage] {
					t.Errorf("%s → %s stops %s, which does not run", row.From, row.Do, stage)
				}
				delete(next, stage)
			}
			if !row.To.Open() {
				clear(next)
			}
			for _, stage := range row.Starts {
				if next[stage] {
					t.Errorf("%s → %s starts %s, which runs already", row.From, row.Do, stage)
				}
				next[stage] = true
			}
			if known, ok := seen[row.To]; !ok {
				seen[row.To] = key(next)
				walk(row.To, next)
			} else if known != key(next) {
				t.Errorf("%s after %s from %s: %v run, by another way %v", row.To, row.Do, row.From, key(next), known)
			}
		}
	}
	walk(casework.Filed, start)
	for state, running := range seen {
		if !state.Open() && running != "[]" {
			t.Errorf("%v run in a case that is %s", running, state)
		}
	}
}

// A case that waits for its children stands in the state of its check, and everything of it stands still.
func TestACaseThatWaitsForItsChildrenRunsNoClockAndIsClosedByTheLastOne(t *testing.T) {
	t.Parallel()
	s := standing(casework.Checking)
	s.ChildrenOpen = true
	row, err := casework.Next(s, casework.DoPass, cast["dispatcher"])
	if err != nil || !row.Waits || row.To != casework.Checking || !slices.Equal(row.Stops, []escalation.Stage{escalation.Check, escalation.Total}) {
		t.Errorf("passed with children: %+v, %v", row, err)
	}
	s.Waiting, s.Answered, s.Fixed = true, false, false
	for who, want := range map[string][]casework.Action{
		"platform": nil, "dispatcher": {casework.DoAddAssisting}, "grid worker, asked": nil, "desk": nil, "handler, named": nil,
		"duty lead":  {casework.DoAskVoid, casework.DoAskForceClose, casework.DoAddAssisting},
		"supervisor": {casework.DoOrder},
	} {
		if got := casework.Actions(s, cast[who]); !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("waiting, %s: offered %v, the design says %v", who, got, want)
		}
	}
	s.ChildrenOpen = false
	if got := casework.Actions(s, cast["platform"]); !slices.Equal(got, []casework.Action{casework.DoCloseJoint}) {
		t.Errorf("the platform is offered %v after the last child", got)
	}
}

// Whoever does whatever with a case does it with a child, but for what is the parent's alone.
func TestAChildIsACaseButForWhatIsItsParents(t *testing.T) {
	t.Parallel()
	for _, state := range casework.States {
		for name, who := range cast {
			s := standing(state)
			want := slices.DeleteFunc(casework.Actions(s, who), func(a casework.Action) bool {
				return a == casework.DoAddAssisting || a == casework.DoReopen
			})
			if s.Child = true; name == "platform" && state.Open() {
				want = append(want, casework.DoVoidChild, casework.DoForceCloseChild)
			}
			if got := casework.Actions(s, who); !slices.Equal(got, want) && len(got)+len(want) > 0 {
				t.Errorf("a child that is %s, %s: offered %v, want %v", state, name, got, want)
			}
		}
	}
}

func TestTheDocumentIsTheTable(t *testing.T) {
	t.Parallel()
	written, err := os.ReadFile("../../docs/case-flow.md")
	if err != nil || string(written) != casework.FlowDocument() {
		t.Fatalf("docs/case-flow.md is stale: run go generate ./domain/casework (%v)", err)
	}
}
