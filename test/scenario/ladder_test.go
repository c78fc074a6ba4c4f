package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const publishLadder = `mutation Publish($input: PublishLadderInput!) { publishLadder(input: $input) {
	ladder { code version steps { clock trigger { percent event { occasion count } } repeat { percent times } ackQuiet } } errors { code path } } }`

const simulate = `query Simulate($case: UUID!) { simulateLadder(case: $case) {
	steps { at stage step occurrence action told people { person { id } role } } end } }`

type refusalView struct {
	Code string
	Path []string
}

type published struct {
	PublishLadder struct {
		Ladder *struct {
			Code    string
			Version int
			Steps   []struct {
				Clock    string
				AckQuiet *string
			}
		}
		Errors []refusalView
	}
}

// rung is a step of a ladder as an administrator writes it.
func rung(trigger harness.Vars, role, level, department, action string) harness.Vars {
	audience := harness.Vars{"role": role, "level": level}
	if department != "" {
		audience["department"] = department
	}
	return harness.Vars{"clock": "DISPOSE", "trigger": trigger, "audience": []harness.Vars{audience}, "action": action, "quiet": "BREAK"}
}

func (s *stage) publishes(code string, steps ...harness.Vars) published {
	s.t.Helper()
	return harness.Ask[published](s.As(s.Admin), publishLadder, harness.Vars{"input": harness.Vars{"code": code, "nameZh": "紧急", "nameEn": "Urgent", "steps": steps}})
}

func TestAnAcknowledgementBuysQuietAndSilenceAfterItIsNoticed(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a ladder that nags, that an acknowledgement quiets for twenty minutes, and that tells a supervisor of silence,
	nags := rung(harness.Vars{"percent": 50}, "DEPARTMENT_DESK", "STREET", "own", "REQUIRE_ACKNOWLEDGEMENT")
	nags["repeat"], nags["ackQuiet"] = harness.Vars{"percent": 10, "times": 3}, "20m"
	card := rung(harness.Vars{"percent": 100}, "DUTY_LEAD", "STREET", "", "YELLOW_CARD")
	silence := rung(harness.Vars{"event": harness.Vars{"occasion": "SILENT", "count": 1}}, "SUPERVISOR", "DISTRICT", "", "REMIND")
	p := s.publishes("urgent", nags, card, silence).PublishLadder
	if p.Ladder == nil || p.Ladder.Version != 2 || len(p.Ladder.Steps) != 3 || *p.Ladder.Steps[0].AckQuiet != "20m0s" {
		t.Fatalf("published %+v", p)
	}
	c := s.accepted(tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 1}) // two hours
	w := s.watch(fixture.Urban)
	s.TakeSMS()

	// when half of the time is over, and the desk acknowledges,
	s.toNext(c.Clocks)
	w.expect("half of the limit", list("desk"), list("desk"))
	s.acknowledgeAll(s.Desks[fixture.Urban])

	// then everybody can read what comes if nothing is done,
	foreseen := s.simulation(s.Supervisor, c.ID)
	if want := "DISPOSE 0.1 told 0, DISPOSE 2.0 told 1, DISPOSE 0.2 told 1, DISPOSE 0.3 told 1, DISPOSE 1.0 told 1, TOP"; foreseen != want {
		t.Errorf("foreseen: %s", foreseen)
	}
	if far := s.As(s.FarDispatcher).Send(simulate, harness.Vars{"case": c.ID}); len(far.Errors) == 0 || far.Errors[0].Extensions.Code != "CASE_NOT_FOUND" {
		t.Errorf("to a dispatcher of another street: %+v", far)
	}

	// and it does: the nagging spares the desk, the silence is noticed, the nagging goes on, the card comes.
	s.Advance(12 * time.Minute)
	w.expect("the first repetition", nil, nil)
	s.Advance(8*time.Minute + 30*time.Second)
	w.expect("silence", list("supervisor"), list("supervisor"))
	s.Advance(4 * time.Minute)
	w.expect("the second repetition", list("desk"), list("desk"))
	s.Advance(12 * time.Minute)
	w.expect("the third", list("desk"), list("desk"))
	s.Advance(24 * time.Minute)
	w.expect("the limit", list("duty lead"), list("duty lead"))
	if late := s.read(s.As(s.Supervisor), c.ID); late.happened("acknowledged") != 1 || late.happened("pressed") != 6 {
		t.Errorf("the timeline has %d acknowledgements and %d steps", late.happened("acknowledged"), late.happened("pressed"))
	}
}

// simulation is what somebody is told would happen, in one line.
func (s *stage) simulation(p *harness.Person, id uuid.UUID) string {
	s.t.Helper()
	type answer struct {
		SimulateLadder struct {
			Steps []struct {
				Stage            string
				Step, Occurrence int
				Told             int
				People           []struct{ Person person }
			}
			End string
		}
	}
	seen := harness.Ask[answer](s.As(p), simulate, harness.Vars{"case": id}).SimulateLadder
	var lines []string
	for _, step := range seen.Steps {
		if len(step.People) != step.Told {
			s.t.Errorf("%d people are named, %d told", len(step.People), step.Told)
		}
		lines = append(lines, fmt.Sprintf("%s %d.%d told %d", step.Stage, step.Step, step.Occurrence, step.Told))
	}
	return strings.Join(append(lines, seen.End), ", ")
}

func TestALadderUpdateLeavesRunningClocksAloneAndAFaultyOneIsRefusedWhereItIsWrong(t *testing.T) {
	t.Parallel()
	s := open(t)
	w := s.watch(fixture.Urban)
	c := s.accepted(tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 1})
	s.TakeSMS()

	first := rung(harness.Vars{"percent": 50}, "DEPARTMENT_DESK", "STREET", "own", "REMIND")
	for name, wrong := range map[string]struct {
		step harness.Vars
		code string
		path []string
	}{
		"earlier":     {rung(harness.Vars{"percent": 20}, "DISPATCHER", "STREET", "", "REMIND"), "LADDER_ORDER", []string{"steps", "1", "trigger"}},
		"two at once": {rung(harness.Vars{"percent": 80, "offset": "1h"}, "DISPATCHER", "STREET", "", "REMIND"), "LADDER_TRIGGER", []string{"steps", "1", "trigger"}},
		"a volunteer": {rung(harness.Vars{"percent": 80}, "VOLUNTEER", "STREET", "", "REMIND"), "LADDER_AUDIENCE", []string{"steps", "1", "audience", "0", "role"}},
	} {
		p := s.publishes("urgent", first, wrong.step).PublishLadder
		if p.Ladder != nil || len(p.Errors) != 1 || p.Errors[0].Code != wrong.code || !slices.Equal(p.Errors[0].Path, wrong.path) {
			t.Errorf("%s: %+v", name, p)
		}
	}

	// A whole one is published; the running clock climbs the ladder that it began on, once.
	s.publishes("urgent", rung(harness.Vars{"percent": 10}, "DUTY_LEAD", "STREET", "", "RED_CARD"))
	s.Advance(50 * time.Minute)
	w.expect("after the update", nil, nil)
	s.toNext(s.read(s.As(s.Supervisor), c.ID).Clocks)
	w.expect("half of the limit", list("desk"), list("desk"))
}

func TestTextsOfAFewMinutesLeaveAsOneByThePublishedRule(t *testing.T) {
	t.Parallel()
	s := open(t)
	const publish = `mutation Quiet($input: QuietRuleInput!) { publishQuietRule(input: $input) { quietRule { version bundleMinutes } errors { code path } } }`
	type answer struct {
		PublishQuietRule struct {
			QuietRule *struct{ Version, BundleMinutes int }
			Errors    []refusalView
		}
	}
	rule := harness.Vars{"nightBegins": "22:00", "nightEnds": "7:00", "bundleMinutes": 5, "perHour": 6, "perDay": 30}
	refused := harness.Ask[answer](s.As(s.Admin), publish, harness.Vars{"input": rule}).PublishQuietRule
	if len(refused.Errors) != 1 || refused.Errors[0].Code != "QUIET_TIME" || !slices.Equal(refused.Errors[0].Path, []string{"nightEnds"}) {
		t.Errorf("a sloppy hour: %+v", refused)
	}
	rule["nightEnds"] = "07:00"
	if done := harness.Ask[answer](s.As(s.Admin), publish, harness.Vars{"input": rule}).PublishQuietRule; done.QuietRule == nil || done.QuietRule.BundleMinutes != 5 {
		t.Fatalf("%+v", done)
	}

	// Given three cases whose ladder respects the quiet, when half of their time is over,
	hushed := rung(harness.Vars{"percent": 50}, "DEPARTMENT_DESK", "STREET", "own", "REQUIRE_ACKNOWLEDGEMENT")
	hushed["quiet"] = "RESPECT"
	s.publishes("standard", hushed)
	var c caseView
	for i := range 3 {
		c = s.accepted(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 2 * i})
	}
	w := s.watch(fixture.Urban)
	w.expect("at the start", nil, nil)
	s.toNext(c.Clocks)

	// then the inbox has all three at once, and one text tells of them some minutes later.
	w.expect("half of the limit", list("desk", "desk", "desk"), nil)
	s.Advance(6 * time.Minute)
	s.Given(func(ctx context.Context, tx *pg.Tx) {
		if _, err := notify.Release(ctx, tx, 100); err != nil {
			t.Error(err)
		}
	})
	text := s.ExpectSMS(s.Desks[fixture.Urban], "3")
	if !strings.Contains(text.Body, "3 条") {
		t.Errorf("the text says %q", text.Body)
	}
	w.expect("afterwards", nil, nil)
}
