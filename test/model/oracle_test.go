package model

import (
	"slices"
	"sort"
)

// What follows is written after the description of the domain, and after nothing else: it shares no code with what it is
// to judge.

// step is one of the test city's ladder, in its order: a share of a stage's limit.
type step struct {
	index   int
	percent int
	moves   bool // the case moves on by itself
}

var ladder = map[string][]step{
	"dispatch": {{3, 100, false}},
	"accept":   {{4, 50, false}, {5, 100, true}},
	"dispose":  {{6, 50, false}, {7, 80, false}, {8, 100, false}, {9, 150, false}},
	"quality":  {{10, 100, true}},
	"check":    {{11, 50, false}, {12, 100, false}},
}

// stages of which the limit is published: hours of an urgent case, of another one.
var stages = map[string][2]int{"dispatch": {1, 2}, "accept": {1, 4}, "quality": {2, 8}, "check": {4, 16}, "total": {24, 80}}

// kind of case: what the standard promises, and where the rules send it ("": to the dispatcher).
type kind struct {
	category   string
	number     int
	unit       string
	urgent     bool
	department string
}

var kinds = []kind{
	{"0801", 4, "urgent_hour", true, "fire"},
	{"0102", 5, "working_day", false, "fire"},
	{"0101", 2, "urgent_hour", true, "urban_management"},
	{"0201", 8, "working_hour", false, "urban_management"},
	{"0901", 3, "working_day", false, "safety_supervision"},
	{"0202", 7, "calendar_day", false, ""},
}

// fired is a step that has fired, in its round.
type fired struct {
	round int
	stage string
	step  int
}

// oracle is what a case has to be like.
type oracle struct {
	kind
	almanac *almanac
	now     int

	state      string
	round      int
	department string
	first      string // who had it first in this round
	handler    string // a person's name
	proposed   string // by the open return
	returns    int
	suspended  int // how often in this round
	extended   int
	asked      map[string]string // what is asked for → by whom
	until      int               // a suspension's end
	checker    string
	answered   bool
	fixed      bool
	closedAt   int
	clues      int
	rules      bool // the rules are still to be asked

	clocks map[string]*clock // that run, by stage
	fired  []fired
	missed int
}

func (o *oracle) file() {
	o.state, o.round, o.clues, o.rules, o.asked, o.clocks = "filed", 1, 1, true, map[string]string{}, map[string]*clock{}
	o.start("dispatch", "total")
}

func (o *oracle) limit(stage string) limit {
	if stage == "dispose" {
		return limitOf(o.number, o.unit, o.almanac.rules.DayHours)
	}
	if o.urgent {
		return limitOf(stages[stage][0], "urgent_hour", 0)
	}
	return limitOf(stages[stage][1], "working_hour", 0)
}

func (o *oracle) start(names ...string) {
	for _, s := range names {
		o.clocks[s] = &clock{stage: s, limit: o.limit(s), started: o.now}
	}
}

func (o *oracle) stop(names ...string) {
	for _, s := range names {
		delete(o.clocks, s)
	}
}

// due is when the clock's limit is used up.
func (o *oracle) due(c *clock) int { return c.due(o.almanac, c.limit.minutes) }

// late: the disposal is.
func (o *oracle) late() bool {
	c, runs := o.clocks["dispose"]
	return runs && o.state != "suspended" && o.now > o.due(c)
}

func (o *oracle) open() bool {
	return !slices.Contains([]string{"closed", "voided", "force_closed"}, o.state)
}

// may lists what somebody is offered.
func (o *oracle) may(p person) []string {
	var can []string
	street, lead, supervisor := p.role == "dispatcher" || p.role == "duty_lead", p.role == "duty_lead", p.role == "supervisor"
	desk := p.role == "department_desk" && p.department == o.department
	offer := func(is bool, actions ...string) {
		if is {
			can = append(can, actions...)
		}
	}
	// decide offers both answers to what is asked for, but not to whoever asked: that one may take it back.
	decide := func(request string, decider bool, actions ...string) {
		by, asked := o.asked[request]
		offer(asked && decider && by != p.name, actions...)
		offer(asked && by == p.name, "withdraw_request")
	}
	switch o.state {
	case "filed":
		offer(street, "route")
	case "routed":
		offer(street, "recall")
		offer(desk, "accept")
		offer(desk && o.returns < 2, "return")
	case "return_requested":
		offer(street && o.returns == 1 || lead && o.returns == 2, "uphold_return", "reject_return")
	case "working":
		_, suspension := o.asked["suspension"]
		_, extension := o.asked["extension"]
		offer(desk, "name_handler")
		offer(desk && o.suspended == 0 && !o.late() && !suspension, "ask_suspension")
		offer(desk && o.extended < 2 && !o.late() && !extension, "ask_extension")
		decide("suspension", street, "suspend", "refuse_suspension")
		decide("extension", street, "extend", "refuse_extension")
		offer(p.name == o.handler, "report")
	case "suspended":
		offer(street, "resume")
	case "reported":
		offer(desk, "send_back", "submit_for_check")
	case "checking":
		offer(street && !o.answered, "assign_check")
		offer(p.name == o.checker && !o.answered, "answer_check")
		offer(street && o.answered && o.fixed, "pass")
		offer(street && o.answered, "fail")
	case "closed":
		offer(supervisor, "reopen")
	}
	if o.open() {
		_, void := o.asked["void"]
		_, force := o.asked["force_close"]
		offer(supervisor && o.state != "suspended", "order_supervision")
		offer(street && o.state != "filed", "add_assisting")
		offer(lead && !void, "ask_void")
		offer(lead && !force, "ask_force_close")
		decide("void", lead || supervisor, "void", "refuse_void")
		decide("force_close", lead || supervisor, "force_close", "refuse_force_close")
	}
	slices.Sort(can)
	return slices.Compact(can)
}

// contestable: a reporter may say that it is not fixed, for three days.
func (o *oracle) contestable() bool { return o.state == "closed" && o.now <= o.closedAt+72*60 }

func (o *oracle) goTo(department string) {
	if o.first == "" {
		o.first = department
	}
	o.state, o.department, o.handler = "routed", department, ""
	o.stop("dispatch")
	o.start("accept", "dispose")
}

func (o *oracle) leave() { o.department, o.handler = "", "" }

func (o *oracle) recall() {
	o.state = "filed"
	o.leave()
	o.stop("accept", "dispose")
	o.start("dispatch")
	o.overtake()
}

func (o *oracle) askReturn(proposed string) {
	o.state, o.proposed = "return_requested", proposed
	o.returns++
	o.stop("accept")
	o.start("dispatch")
}

func (o *oracle) decideReturn(uphold bool) {
	if !uphold {
		o.state = "routed"
		o.stop("dispatch")
		o.start("accept")
		return
	}
	next := o.proposed
	if o.returns > 1 && o.first != o.department {
		next = o.first // whoever had it first keeps it
	}
	o.stop("dispose")
	o.goTo(next)
}

func (o *oracle) accept(handler string) {
	o.state, o.handler = "working", handler
	o.stop("accept")
}

// overtake forgets what cannot be decided any more: suspensions and extensions are, of a case at work.
func (o *oracle) overtake() {
	if o.state != "working" {
		delete(o.asked, "suspension")
		delete(o.asked, "extension")
	}
	if !o.open() {
		clear(o.asked)
	}
}

func (o *oracle) suspend() {
	o.state = "suspended"
	o.suspended++
	delete(o.asked, "suspension")
	for _, c := range o.clocks {
		c.pauses = append(c.pauses, [2]int{o.now, -1})
	}
	o.overtake()
}

func (o *oracle) resume() {
	o.state = "working"
	for _, c := range o.clocks {
		c.pauses[len(c.pauses)-1][1] = o.now
	}
}

func (o *oracle) extend() {
	o.extended++
	delete(o.asked, "extension")
	o.clocks["dispose"].limit.minutes += o.limit("dispose").minutes
}

func (o *oracle) report() {
	o.state = "reported"
	o.start("quality")
	o.overtake()
}

func (o *oracle) sendBack() {
	o.state = "working"
	o.stop("quality")
}

func (o *oracle) submit(checker string) {
	o.state, o.checker, o.answered, o.fixed = "checking", checker, false, false
	o.stop("quality", "dispose")
	o.start("check")
}

func (o *oracle) fail() {
	o.state, o.handler, o.checker = "routed", "", ""
	o.stop("check")
	o.start("accept", "dispose")
}

func (o *oracle) end(state string) {
	o.state, o.closedAt = state, o.now
	o.clocks = map[string]*clock{}
	o.overtake()
}

func (o *oracle) reopen() {
	o.state, o.round, o.returns, o.suspended, o.extended, o.first, o.checker, o.rules = "filed", o.round+1, 0, 0, 0, "", "", true
	o.leave()
	o.start("dispatch", "total")
}

// press lets time have its effects: a suspension that is over ends; of each clock the highest step that is due fires, and those
// below it are missed; where the last step of a stage has fired, the case moves on by itself.
func (o *oracle) press() {
	if o.state == "suspended" {
		if o.now < o.until {
			return
		}
		o.resume()
	}
	var moved []string
	for _, name := range o.running() {
		c := o.clocks[name]
		last := -1
		for i, s := range ladder[name] {
			if i >= c.at && c.due(o.almanac, c.limit.minutes*s.percent/100) <= o.now {
				if last >= 0 {
					o.missed++
				}
				last = i
			}
		}
		if last < 0 {
			continue
		}
		s := ladder[name][last]
		c.at = last + 1
		o.fired = append(o.fired, fired{o.round, name, s.index})
		if s.moves {
			moved = append(moved, name)
		}
	}
	for _, name := range moved {
		switch {
		case name == "accept" && o.state == "routed":
			o.accept("")
		case name == "quality" && o.state == "reported":
			o.submit(holder)
		}
	}
}

func (o *oracle) running() (names []string) {
	for name := range o.clocks {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// next is when a step is due next, of any clock; false if none is to come.
func (o *oracle) next() (at int, any bool) {
	for _, name := range o.running() {
		c := o.clocks[name]
		if c.paused(o.now) || c.at >= len(ladder[name]) {
			continue
		}
		due := c.due(o.almanac, c.limit.minutes*ladder[name][c.at].percent/100)
		if !any || due < at {
			at, any = due, true
		}
	}
	return at, any
}
