package escalation_test

import (
	"encoding/json"
	"strings"
	"testing"

	"gridwork/domain/escalation"
	"gridwork/fault"
)

const reminder = `{"clock": "dispose", "trigger": {"percent": 50}, "audience": [{"role": "dispatcher", "level": "street"}],
	"action": "remind", "quiet": "respect"}`

func TestAFaultyLadderIsRefusedWhereItIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, new, code, path string }{
		"unknown field":           {`"action"`, `"colour": 1, "action"`, "LADDER_JSON", "[1]"},
		"text for a number":       {`{"percent": 50}`, `{"percent": "50"}`, "LADDER_JSON", "[1].trigger.percent"},
		"unknown stage":           {`"dispose"`, `"lunch"`, "LADDER_CLOCK", "[1].clock"},
		"no trigger":              {`{"percent": 50}`, `{}`, "LADDER_TRIGGER", "[1].trigger"},
		"two triggers":            {`{"percent": 50}`, `{"percent": 50, "offset": "1h"}`, "LADDER_TRIGGER", "[1].trigger"},
		"negative share":          {`50`, `-1`, "LADDER_TRIGGER", "[1].trigger.percent"},
		"offset without unit":     {`{"percent": 50}`, `{"offset": "90"}`, "LADDER_JSON", "[1]"},
		"unknown occasion":        {`{"percent": 50}`, `{"event": {"occasion": "rain", "count": 1}}`, "LADDER_TRIGGER", "[1].trigger.event.occasion"},
		"event without a count":   {`{"percent": 50}`, `{"event": {"occasion": "returned"}}`, "LADDER_TRIGGER", "[1].trigger.event.count"},
		"same time as the last":   {`50`, `40`, "LADDER_ORDER", "[1].trigger"},
		"earlier than the last":   {`{"percent": 50}`, `{"percent": 10}`, "LADDER_ORDER", "[1].trigger"},
		"repeated every second":   {`"audience"`, `"repeat": {"offset": "1s", "times": 3}, "audience"`, "LADDER_REPEAT", "[1].repeat.offset"},
		"repeated never":          {`"audience"`, `"repeat": {"percent": 10}, "audience"`, "LADDER_REPEAT", "[1].repeat.times"},
		"quiet for a second":      {`"action": "remind"`, `"ack_quiet": "1s", "action": "require_acknowledgement"`, "LADDER_QUIET", "[1].ackQuiet"},
		"quiet for nobody":        {`"action"`, `"ack_quiet": "1h", "action"`, "LADDER_QUIET", "[1].ackQuiet"},
		"unknown action":          {`"remind"`, `"shout"`, "LADDER_ACTION", "[1].action"},
		"early silence":           {`"remind"`, `"deem_accepted"`, "LADDER_ACTION", "[1].action"},
		"unknown quiet rule":      {`"respect"`, `"hush"`, "LADDER_QUIET", "[1].quiet"},
		"nobody":                  {`[{"role": "dispatcher", "level": "street"}]`, `[]`, "LADDER_AUDIENCE", "[1].audience"},
		"volunteers pressed":      {`dispatcher`, `volunteer`, "LADDER_AUDIENCE", "[1].audience[0].role"},
		"desk of no department":   {`dispatcher`, `department_desk`, "LADDER_AUDIENCE", "[1].audience[0].department"},
		"unknown level":           {`"street"`, `"planet"`, "LADDER_AUDIENCE", "[1].audience[0].level"},
		"grid worker of disposal": {`"dispatcher", "level": "street"`, `"grid_worker", "level": "named"`, "LADDER_AUDIENCE", "[1].audience[0].level"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := strings.Replace(reminder, "50", "40", 1)
			var steps escalation.Steps
			err := json.Unmarshal([]byte("["+first+","+strings.Replace(reminder, c.old, c.new, 1)+"]"), &steps)
			f, ok := fault.As(err)
			if !ok || f.Code != c.code || f.Field != c.path {
				t.Fatalf("got %v", err)
			}
			if steps != nil {
				t.Error("a faulty ladder left something behind")
			}
		})
	}
}

func TestALadderReadsBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	text := `[` + reminder + `,
		{"clock": "dispose", "trigger": {"offset": "-30m0s"}, "repeat": {"offset": "10m0s", "times": 3},
		 "audience": [{"role": "department_desk", "level": "district", "department": "own"}], "action": "remind", "quiet": "break"},
		{"clock": "dispose", "trigger": {"event": {"occasion": "merged", "count": 5}},
		 "audience": [{"role": "handler", "level": "named"}], "action": "raise_priority", "quiet": "break"}]`
	var steps, again escalation.Steps
	if err := json.Unmarshal([]byte(text), &steps); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(steps)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &again); err != nil {
		t.Fatal(err)
	}
	second, _ := json.Marshal(again)
	if string(body) != string(second) {
		t.Fatalf("%s\n%s", body, second)
	}
}

func TestAStageEndsWithItsTransition(t *testing.T) {
	t.Parallel()
	accept := func(percent, action string) string {
		return `{"clock": "accept", "trigger": {"percent": ` + percent + `}, "action": "` + action + `", "quiet": "break",
			"audience": [{"role": "dispatcher", "level": "street"}]}`
	}
	var steps escalation.Steps
	err := json.Unmarshal([]byte(`[`+accept("100", "deem_accepted")+`,`+accept("150", "remind")+`]`), &steps)
	if !fault.Is(err, "LADDER_ORDER") {
		t.Fatalf("a step that never comes: %v", err)
	}
}

func TestSilencePullsTheStepsOfItsOwnStage(t *testing.T) {
	t.Parallel()
	step := func(clock string) string {
		return `{"clock": "` + clock + `", "trigger": {"event": {"occasion": "silent", "count": 1}},
			"audience": [{"role": "dispatcher", "level": "street"}], "action": "remind", "quiet": "break"}`
	}
	var l escalation.Ladder
	if err := json.Unmarshal([]byte(`[`+reminder+`,`+step("check")+`,`+step("dispose")+`]`), &l.Steps); err != nil {
		t.Fatal(err)
	}
	if got := l.OnSilence(escalation.Dispose, 1); len(got) != 1 || got[0] != 2 {
		t.Errorf("silence in disposal pulls %v", got)
	}
	if !l.HeedsSilence(escalation.Check) || l.HeedsSilence(escalation.Accept) {
		t.Error("the stages whose silence counts are not those of the steps")
	}
	if err := json.Unmarshal([]byte(`[`+step("file")+`]`), &l.Steps); !fault.Is(err, "LADDER_TRIGGER") {
		t.Errorf("the silence of a clue: %v", err)
	}
}

func TestAnOccasionPullsOnlyItsOwnCount(t *testing.T) {
	t.Parallel()
	step := func(occasion string, count string) string {
		return `{"clock": "dispose", "trigger": {"event": {"occasion": "` + occasion + `", "count": ` + count + `}},
			"audience": [{"role": "dispatcher", "level": "street"}], "action": "remind", "quiet": "break"}`
	}
	var l escalation.Ladder
	if err := json.Unmarshal([]byte(`[`+reminder+`,`+step("returned", "2")+`,`+step("merged", "2")+`,`+step("returned", "2")+`]`), &l.Steps); err != nil {
		t.Fatal(err)
	}
	if got := l.On(escalation.Event{Occasion: escalation.Returned, Count: 2}); len(got) != 2 || got[0] != 1 || got[1] != 3 {
		t.Errorf("second return pulls %v", got)
	}
	if got := l.On(escalation.Event{Occasion: escalation.Returned, Count: 1}); got != nil {
		t.Errorf("first return pulls %v", got)
	}
}
