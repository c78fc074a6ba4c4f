package model

import (
	"context"
	"flag"
	"os"
	"slices"
	"sort"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/fault"
	"gridwork/pg"
)

// usual is how many steps a test run takes; MODEL_STEPS says otherwise.
const usual = 2000

// enough steps for every kind of action to have been carried out at least once.
const enough = 20_000

// aWorld is how many steps one database sees. The invariants look at all of it after each: in a world that grew for ever, every
// step would cost more than the one before.
const aWorld = 2000

func TestACaseDoesWhatTheDomainSaysMinuteByMinute(t *testing.T) {
	t.Parallel()
	steps := usual
	if said := os.Getenv("MODEL_STEPS"); said != "" {
		var err error
		if steps, err = strconv.Atoi(said); err != nil {
			t.Fatalf("MODEL_STEPS: %v", err)
		}
	}
	for name, value := range map[string]string{"rapid.checks": "5", "rapid.steps": "60", "rapid.shrinktime": "20s", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	done := deeds{}
	for done.steps < steps && !t.Failed() {
		w, until := newWorld(t), min(steps, done.steps+aWorld)
		for done.steps < until && !t.Failed() {
			rapid.Check(t, func(rt *rapid.T) { play(rt, w, done.in()) })
		}
		t.Logf("%d steps", done.steps)
	}
	t.Logf("%d steps in %d cases", done.steps, done.cases)
	for _, name := range done.names() {
		t.Logf("%8d × %s", done.counts[name], name)
	}
	if done.steps >= enough {
		for _, name := range deedNames() {
			if done.counts[name] == 0 {
				t.Errorf("nobody has ever done it: %s", name)
			}
		}
	}
}

// deeds counts what was done, whatever became of the checks.
type deeds struct {
	steps, cases int
	counts       map[string]int
}

func (d *deeds) in() *deeds {
	if d.counts == nil {
		d.counts = map[string]int{}
	}
	return d
}

func (d *deeds) names() (names []string) {
	for name := range d.counts {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// game is one case from its report to wherever the steps lead.
type game struct {
	*rapid.T
	w    *world
	o    *oracle
	done *deeds

	chosen string // by whoever acts: a department, a handler, an answer
	until  int    // the end of a suspension that was asked for last
}

func play(rt *rapid.T, w *world, done *deeds) {
	k := rapid.SampledFrom(kinds).Draw(rt, "kind")
	o := &oracle{kind: k, almanac: newAlmanac(anyRules(rt))}
	o.now = 60*minutesOfDay + rapid.IntRange(0, 3*minutesOfDay).Draw(rt, "begins")
	w.now, w.failed = instant(o.now), rt.Fatalf
	w.begin(k, o.almanac.rules)
	o.file()
	g := &game{T: rt, w: w, o: o, done: done}
	done.cases++
	defer w.leave(o)
	step := func(do func()) func(*rapid.T) { return func(rt *rapid.T) { g.T = rt; do() } }
	g.Repeat(map[string]func(*rapid.T){
		"time": step(g.pass), "more time": step(g.pass), "storm": step(g.storm),
		"on": step(g.goOn), "further on": step(g.goOn), "and on": step(g.goOn),
		"beside": step(g.beside), "anything": step(g.anything),
		"": func(rt *rapid.T) {
			if said := w.differs(o); said != "" {
				rt.Fatalf("at %s: %s", w.now.In(city).Format(time.DateTime), said)
			}
		},
	})
}

func (g *game) did(name string) {
	g.done.counts[name]++
	g.done.steps++
}

// pass lets time go by: a little, much, or just to what is due next, or to the minute before.
func (g *game) pass() {
	by := rapid.SampledFrom([]int{1, 7, 29, 30, 31, 60, 119, 240, 480, 1440, 4320}).Draw(g.T, "minutes")
	at := g.o.now + by
	if next, any := g.o.next(); any && next > g.o.now && next < g.o.now+30*minutesOfDay && rapid.Bool().Draw(g.T, "to what is due") {
		at = max(g.o.now, next-rapid.IntRange(0, 1).Draw(g.T, "before"))
	}
	if at > 250*minutesOfDay {
		g.Skip("half a year is enough")
	}
	g.o.now, g.w.now = at, instant(at)
	g.o.press()
	g.w.keep()
	g.did("time passes")
}

// anything lets anybody try anything, mostly in vain.
func (g *game) anything() {
	p := rapid.SampledFrom(people).Draw(g.T, "who")
	g.try(p, rapid.SampledFrom(deedNames()).Draw(g.T, "what"))
}

// backward are the deeds that end a case or keep it from going on: each of them is chosen now and then.
var backward = []string{"void", "force_close", "ask_void", "ask_force_close", "recall", "reopen"}

// goOn does something that is offered to somebody.
func (g *game) goOn() {
	who := map[string][]person{}
	for _, p := range people {
		for _, name := range g.o.may(p) {
			if _, known := verbs[name]; known {
				who[name] = append(who[name], p)
			}
		}
	}
	var names []string
	for _, name := range deedNames() {
		if len(who[name]) > 0 && (!slices.Contains(backward, name) || rapid.IntRange(0, 9).Draw(g.T, "backward") == 0) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		g.Skip("nobody goes on")
	}
	name := rapid.SampledFrom(names).Draw(g.T, "deed")
	g.try(rapid.SampledFrom(who[name]).Draw(g.T, "by"), name)
}

// try does it, and expects it to go as the oracle says.
func (g *game) try(p person, name string) {
	may := slices.Contains(g.o.may(p), name)
	said := verbs[name](g, p)
	switch {
	case may && said != nil:
		g.Fatalf("%s, who may %s, is refused: %v", p.name, name, said)
	case !may && said == nil:
		g.Fatalf("%s may not %s, and has", p.name, name)
	case !may && !refusedAsTold(said):
		g.Fatalf("%s may not %s: %v", p.name, name, said)
	case may:
		after[name](g, p)
		g.did(name)
	default:
		g.did("refused")
	}
}

func deedNames() (names []string) {
	for name := range verbs {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// verbs are what people do. What they choose stays with the game until the oracle has heard of it.
var verbs = map[string]func(*game, person) error{
	"route": func(g *game, p person) error {
		g.choose(departments)
		return deed(g.w, p.name, casework.RouteByHand, casework.RouteInput{Target: g.w.target(), Department: g.chosen, Note: "x"})
	},
	"recall": noted(casework.Recall),
	"accept": func(g *game, p person) error {
		return deed(g.w, p.name, casework.Accept, casework.AcceptInput{Target: g.w.target(), Handler: g.handler()})
	},
	"name_handler": func(g *game, p person) error {
		return deed(g.w, p.name, casework.NameHandler, casework.AcceptInput{Target: g.w.target(), Handler: g.handler()})
	},
	"return": func(g *game, p person) error {
		g.choose(slices.DeleteFunc(slices.Clone(departments), func(d string) bool { return d == g.o.department }))
		return deed(g.w, p.name, casework.RequestReturn, casework.ReturnInput{Target: g.w.target(), Basis: "x", Proposed: g.chosen})
	},
	"uphold_return":      returned(true),
	"reject_return":      returned(false),
	"ask_suspension":     asks(casework.Suspension),
	"ask_extension":      asks(casework.Extension),
	"ask_void":           asks(casework.Voiding),
	"ask_force_close":    asks(casework.ForcedClosing),
	"suspend":            decides(casework.Suspension, true),
	"refuse_suspension":  decides(casework.Suspension, false),
	"extend":             decides(casework.Extension, true),
	"refuse_extension":   decides(casework.Extension, false),
	"void":               decides(casework.Voiding, true),
	"refuse_void":        decides(casework.Voiding, false),
	"force_close":        decides(casework.ForcedClosing, true),
	"refuse_force_close": decides(casework.ForcedClosing, false),
	"withdraw_request": func(g *game, p person) error {
		kind := casework.Suspension
		for _, k := range casework.RequestKinds {
			if g.o.asked[string(k)] == p.name {
				kind = k
			}
		}
		g.chosen = string(kind)
		return deed(g.w, p.name, casework.WithdrawRequest, casework.WithdrawRequestInput{Target: g.w.target(), Kind: kind})
	},
	"resume": noted(casework.Resume),
	"report": func(g *game, p person) error {
		at := g.w.here()
		return deed(g.w, p.name, casework.ReportDisposal, casework.DisposalInput{ID: pg.NewID(), Target: g.w.target(), Text: "已处置", Position: &at, Photos: g.w.photos()})
	},
	"send_back":        noted(casework.SendBack),
	"submit_for_check": noted(casework.SubmitForCheck),
	"assign_check": func(g *game, p person) error {
		g.choose([]string{holder, "stand-in"})
		id := g.w.actors[g.chosen].ID
		return deed(g.w, p.name, casework.AssignCheck, casework.AssignCheckInput{Target: g.w.target(), Assignee: &id})
	},
	"answer_check": func(g *game, p person) error {
		g.choose([]string{"fixed", "fixed", "not fixed"})
		if g.o.state != "checking" { // there is no task to answer: that of another case would be
			return errNothing
		}
		return deed(g.w, p.name, casework.AnswerCheck, casework.AnswerCheckInput{Task: g.w.check(), Fixed: g.chosen == "fixed", Note: "看过 " + pg.NewID().String()}) // the same words again would be the same answer again
	},
	"pass":   checked(true),
	"fail":   checked(false),
	"reopen": noted(casework.Reopen),
}

// after is what the oracle makes of what was done.
var after = map[string]func(*game, person){
	"route":              func(g *game, _ person) { g.o.goTo(g.chosen); g.o.rules = false },
	"recall":             func(g *game, _ person) { g.o.recall() },
	"accept":             func(g *game, _ person) { g.o.accept(g.chosen) },
	"name_handler":       func(g *game, _ person) { g.o.handler = g.chosen },
	"return":             func(g *game, _ person) { g.o.askReturn(g.chosen) },
	"uphold_return":      func(g *game, _ person) { g.o.decideReturn(true) },
	"reject_return":      func(g *game, _ person) { g.o.decideReturn(false) },
	"ask_suspension":     func(g *game, p person) { g.o.asked["suspension"] = p.name; g.o.until = g.until },
	"ask_extension":      func(g *game, p person) { g.o.asked["extension"] = p.name },
	"ask_void":           func(g *game, p person) { g.o.asked["void"] = p.name },
	"ask_force_close":    func(g *game, p person) { g.o.asked["force_close"] = p.name },
	"suspend":            func(g *game, _ person) { g.o.suspend(); g.o.press(); g.w.keep() },
	"refuse_suspension":  func(g *game, _ person) { delete(g.o.asked, "suspension") },
	"extend":             func(g *game, _ person) { g.o.extend() },
	"refuse_extension":   func(g *game, _ person) { delete(g.o.asked, "extension") },
	"void":               func(g *game, _ person) { g.o.end("voided") },
	"refuse_void":        func(g *game, _ person) { delete(g.o.asked, "void") },
	"force_close":        func(g *game, _ person) { g.o.end("force_closed") },
	"refuse_force_close": func(g *game, _ person) { delete(g.o.asked, "force_close") },
	"withdraw_request":   func(g *game, _ person) { delete(g.o.asked, g.chosen) },
	"resume":             func(g *game, _ person) { g.o.resume() },
	"report":             func(g *game, _ person) { g.o.report() },
	"send_back":          func(g *game, _ person) { g.o.sendBack() },
	"submit_for_check":   func(g *game, _ person) { g.o.submit(holder) },
	"assign_check":       func(g *game, _ person) { g.o.checker = g.chosen },
	"answer_check":       func(g *game, _ person) { g.o.answered, g.o.fixed = true, g.chosen == "fixed" },
	"pass":               func(g *game, _ person) { g.o.end("closed") },
	"fail":               func(g *game, _ person) { g.o.fail() },
	"reopen":             func(g *game, _ person) { g.o.reopen() },
}

var (
	departments = []string{"fire", "urban_management", "safety_supervision"}
	errNothing  = fault.Conflict("ACTION_NOT_POSSIBLE", "nothing to do")
)

func (g *game) choose(from []string) { g.chosen = rapid.SampledFrom(from).Draw(g.T, "choice") }

// handler is one of the case's department, or of the fire department while it is with none.
func (g *game) handler() uuid.UUID {
	of := g.o.department
	if of == "" {
		of = "fire"
	}
	g.chosen = handlerOf(of)
	if of == "fire" && rapid.Bool().Draw(g.T, "another") {
		g.chosen = "second fire handler"
	}
	return g.w.actors[g.chosen].ID
}

func noted(verb func(context.Context, *pg.Tx, casework.NoteInput) (casework.Case, error)) func(*game, person) error {
	return func(g *game, p person) error {
		return deed(g.w, p.name, verb, casework.NoteInput{Target: g.w.target(), Note: "x"})
	}
}

func returned(uphold bool) func(*game, person) error {
	return func(g *game, p person) error {
		return deed(g.w, p.name, casework.DecideReturn, casework.DecideReturnInput{Target: g.w.target(), Uphold: uphold, Note: "x"})
	}
}

func checked(pass bool) func(*game, person) error {
	return func(g *game, p person) error {
		return deed(g.w, p.name, casework.DecideCheck, casework.DecideCheckInput{Target: g.w.target(), Pass: pass, Note: "x"})
	}
}

func asks(kind casework.RequestKind) func(*game, person) error {
	return func(g *game, p person) error {
		in := casework.AskInput{Target: g.w.target(), Kind: kind, Reason: "x"}
		if kind == casework.Suspension {
			g.until = g.o.now + rapid.SampledFrom([]int{1, 90, 1440, 4320, 10 * minutesOfDay}).Draw(g.T, "for")
			at := instant(g.until)
			in.Until = &at
		}
		return deed(g.w, p.name, casework.Ask, in)
	}
}

func decides(kind casework.RequestKind, grant bool) func(*game, person) error {
	return func(g *game, p person) error {
		return deed(g.w, p.name, casework.DecideRequest, casework.DecideRequestInput{Target: g.w.target(), Kind: kind, Grant: grant, Note: "x"})
	}
}

// beside does what moves no clock of the case: another report is merged, or taken out again; the rules are asked; a reporter
// says that it is not fixed.
func (g *game) beside() {
	switch what := rapid.SampledFrom([]string{"rules", "rules", "merge", "unmerge", "contest"}).Draw(g.T, "what"); {
	case what == "rules" && g.o.rules && g.o.state == "filed":
		g.w.must(g.w.ask())
		g.o.rules = false
		if g.o.kind.department != "" {
			g.o.goTo(g.o.kind.department)
		}
	case what == "merge" && g.o.open() && len(g.w.merged) < 4:
		id := g.w.report("reporter", g.o.category)
		g.w.must(deed(g.w, "dispatcher", casework.Merge, casework.MergeInput{Target: clue.Target{Clue: id}, Case: g.w.id}))
		g.w.merged = append(g.w.merged, id)
		g.o.clues++
	case what == "unmerge" && g.o.open() && len(g.w.merged) > 0:
		last := len(g.w.merged) - 1
		g.w.must(deed(g.w, "lead", casework.Unmerge, clue.Target{Clue: g.w.merged[last]}))
		g.w.merged = g.w.merged[:last]
		g.o.clues--
	case what == "contest":
		err := g.w.as(g.w.actors["reporter"], g.contest)
		if g.o.contestable() != (err == nil) || err != nil && !refusedAsTold(err) {
			g.Fatalf("the reporter says that it is not fixed, of a case that is %s: %v", g.o.state, err)
		}
		if err != nil {
			g.did("refused")
			return
		}
		g.o.reopen()
		what = "contest"
		g.did(what)
		return
	default:
		g.Skip("not now")
	}
	g.did("beside")
}

func (g *game) contest(ctx context.Context, tx *pg.Tx) error {
	_, err := casework.Contest(ctx, tx, g.w.intake.Keys, casework.ContestInput{Clue: g.w.clue, Reason: "x"})
	return err
}

// storm closes one of the next days.
func (g *game) storm() {
	if rapid.IntRange(0, 3).Draw(g.T, "rare") > 0 {
		g.Skip("the weather holds")
	}
	day := g.o.now/minutesOfDay + rapid.IntRange(1, 5).Draw(g.T, "in days")
	if g.o.almanac.stormy(day) {
		g.Skip("it is closed already")
	}
	if err := g.w.typhoon(g.o.almanac.close(day)); err != nil {
		g.Fatalf("a typhoon day: %v", err)
	}
	g.o.press()
	g.w.keep()
	g.did("typhoon")
}
