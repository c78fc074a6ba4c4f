package traffic

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"gridwork/demo"
	"gridwork/demo/client"
)

// staff are those who work in the street, each with an own session.
func (s *street) staff() []shift {
	dispatcher, lead := &person{login: "dispatcher." + s.Code + ".1"}, &person{login: "lead." + s.Code + ".1"}
	all := []shift{
		{"triage", 400 * time.Millisecond, s.as(dispatcher, s.triage)},
		{"dispatch", 500 * time.Millisecond, s.as(dispatcher, s.dispatch("FILED", "RETURN_REQUESTED"))},
		{"close", 500 * time.Millisecond, s.as(dispatcher, s.dispatch("CHECKING"))},
		{"second returns", 3 * time.Second, s.as(lead, s.secondReturns)},
	}
	for _, d := range demo.Standards().Departments {
		desk := &person{login: "desk." + d.Code + "." + s.Code + ".1"}
		handler := &person{login: "handler." + d.Code + "." + s.Code + ".1"}
		all = append(all,
			shift{"accept", 800 * time.Millisecond, s.as(desk, s.accept(d.Code))},
			shift{"name handlers", 5 * time.Second, s.as(desk, s.nameHandlers(d.Code))},
			shift{"dispose", time.Second, s.as(handler, s.dispose())})
	}
	return all
}

// person signs in at the first look.
type person struct {
	login  string
	signed *client.Client
}

// work is what somebody does at each look.
type work func(context.Context, *client.Client) (busy bool, err error)

// as lets somebody work who signs in first.
func (s *street) as(p *person, do work) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		s.mu.Lock()
		signed := p.signed
		s.mu.Unlock()
		if signed == nil {
			var err error
			if signed, err = s.signIn(ctx, p.login); err != nil {
				return false, err
			}
			s.mu.Lock()
			p.signed = signed
			s.mu.Unlock()
		}
		return do(ctx, signed)
	}
}

// glance is how many of a queue somebody looks at before acting.
const glance = 40

// triage decides on the clues at the head of the street's queue.
func (s *street) triage(ctx context.Context, dispatcher *client.Client) (bool, error) {
	queue, err := dispatcher.Queue(ctx, s.Code, glance)
	if err != nil {
		return false, err
	}
	return each(ctx, s.world, "triage", queue, func(clue client.Clue) (bool, error) {
		return clue.State == "SUBMITTED", s.decide(ctx, dispatcher, clue)
	}), nil
}

// decide is what a dispatcher thinks of a clue.
func (s *street) decide(ctx context.Context, dispatcher *client.Client, clue client.Clue) error {
	r := dice(clue.ID, "triage")
	tip, known := s.tips[clue.Text]
	if clue.State == "VERIFYING" {
		s.remind(clue.Verification)
		return nil
	}
	if into := s.same(clue); into != nil && r.Float64() < 0.9 {
		return s.counted("merged", dispatcher.Merge(ctx, clue, into.ID))
	}
	verified := clue.Verification != nil && clue.Verification.AnsweredAt != nil
	switch x := r.Float64(); {
	case verified && clue.Verification.State == "REFUTED":
		return s.counted("refused", dispatcher.Refuse(ctx, clue, "网格员现场核实，未发现所述情况，感谢您的关注。"))
	case !verified && (tip.Vague && x < 0.6 || x < 0.05):
		return s.ask(ctx, dispatcher, clue)
	case x > 0.97:
		return s.counted("refused", dispatcher.Refuse(ctx, clue, "不在城市管理事部件范围内，建议拨打12345。"))
	case x > 0.955:
		return s.counted("handled on spot", dispatcher.HandleOnSpot(ctx, clue, "网格员已当场处理完毕。"))
	case x > 0.95 && clue.Urgent:
		return s.counted("referred", dispatcher.Refer(ctx, clue, "FIRE_119", "已电话通报，由119先行处置。"))
	}
	standard, ok := s.standardFor(clue, tip, known, r)
	if !ok {
		return s.counted("refused", dispatcher.Refuse(ctx, clue, "信息不足，无法判断问题类别，请补充照片后重新上报。"))
	}
	_, err := dispatcher.File(ctx, clue, standard.ID)
	return s.counted("filed", err)
}

func (w *world) counted(what string, err error) error {
	if err == nil {
		w.tally.count(what)
	}
	return err
}

// same is the likeliest case that is about the same thing.
func (s *street) same(clue client.Clue) *client.Case {
	told, known := s.tips[clue.Text]
	for _, d := range clue.Duplicates {
		if d.Case == nil {
			continue
		}
		if other, ok := s.tips[d.Case.Text]; !known || !ok || slices.Equal(other.Tellings, told.Tellings) {
			return d.Case
		}
	}
	return nil
}

func (s *street) ask(ctx context.Context, dispatcher *client.Client, clue client.Clue) error {
	_, err := dispatcher.AskVerification(ctx, clue)
	return s.counted("verifications", err)
}

// standardFor is the condition that a dispatcher finds in the text: of the right category, but for a few whom it misleads.
func (s *street) standardFor(clue client.Clue, tip demo.Tip, known bool, r *rand.Rand) (client.Standard, bool) {
	category := tip.Category
	if !known {
		if clue.Category == nil {
			return client.Standard{}, false
		}
		category = clue.Category.Code
	}
	if r.Float64() < 0.06 {
		category = s.mistaken(category, r)
	}
	rows := s.standards[category]
	if len(rows) == 0 {
		return client.Standard{}, false
	}
	if clue.Urgent {
		for _, row := range rows {
			if row.Urgent {
				return row, true
			}
		}
	}
	return rows[r.IntN(len(rows))], true
}

// mistaken is a category of another department.
func (w *world) mistaken(right string, r *rand.Rand) string {
	tips := demo.Tips()
	for range 50 {
		other := tips[r.IntN(len(tips))].Category
		if w.owner(other) != w.owner(right) {
			return other
		}
	}
	return right
}

// owner is the department that leads on a category, by its first standard.
func (w *world) owner(category string) string {
	if rows := w.standards[category]; len(rows) > 0 {
		return rows[0].Department.Code
	}
	return ""
}

// truth is the department whose a case really is, as far as its text tells.
func (w *world) truth(c client.Case) string {
	if tip, known := w.tips[c.Text]; known {
		return w.owner(tip.Category)
	}
	return w.owner(c.Category.Code)
}

// dispatch decides what waits for the street about cases: those without a rule, returns, and answered checks.
func (s *street) dispatch(states ...string) work {
	waiting := list{CaseFilter: client.CaseFilter{Region: s.Code, States: states}}
	return func(ctx context.Context, dispatcher *client.Client) (bool, error) {
		cases, err := waiting.look(ctx, dispatcher)
		return each(ctx, s.world, "dispatch", cases, func(c client.Case) (bool, error) { return s.settle(ctx, dispatcher, c) }), err
	}
}

func (s *street) settle(ctx context.Context, dispatcher *client.Client, c client.Case) (bool, error) {
	switch {
	case can(c, "UPHOLD_RETURN"):
		return true, s.judge(ctx, dispatcher, c)
	case c.State == "FILED" && unruled(c):
		_, err := dispatcher.Route(ctx, c, s.truth(c), "按职责范围人工派遣")
		return true, s.counted("routed by hand", err)
	case c.State == "CHECKING":
		return s.close(ctx, dispatcher, c)
	}
	return false, nil
}

// unruled reports whether the rules have had their turn: they were tried and none fitted, or a return put the case back.
func unruled(c client.Case) bool {
	return len(c.Returns) > 0 || c.WhyHere != nil && c.WhyHere.Rule == ""
}

// judge decides on a return: the department is right where it proposes whose the case really is.
func (s *street) judge(ctx context.Context, who *client.Client, c client.Case) error {
	proposed := c.Returns[len(c.Returns)-1].Proposed.Code
	right := proposed == s.truth(c)
	note, outcome := "同意退回，另行派遣", "returns upheld"
	if !right {
		note, outcome = "属贵单位职责，请继续处置", "returns rejected"
	}
	_, err := who.DecideReturn(ctx, c, right, note)
	return s.counted(outcome, err)
}

func (s *street) secondReturns(ctx context.Context, lead *client.Client) (bool, error) {
	page, err := lead.Cases(ctx, client.CaseFilter{Region: s.Code, States: []string{"RETURN_REQUESTED"}}, nil)
	return each(ctx, s.world, "second returns", page.Nodes, func(c client.Case) (bool, error) {
		if len(c.Returns) < 2 || !can(c, "UPHOLD_RETURN") {
			return false, nil
		}
		return true, s.judge(ctx, lead, c)
	}), err
}

// close decides on an answered check, and sees that an open one is answered.
func (s *street) close(ctx context.Context, dispatcher *client.Client, c client.Case) (bool, error) {
	i := slices.IndexFunc(c.Checks, func(t client.Task) bool { return t.State == "OPEN" })
	if i < 0 {
		return false, nil
	}
	check := c.Checks[i]
	switch {
	case check.AnsweredAt == nil:
		s.remind(&check)
		return false, nil
	case check.Fixed != nil && *check.Fixed:
		_, err := dispatcher.DecideCheck(ctx, c, true, "现场核查已整改，予以结案")
		return true, s.counted("closed", err)
	}
	_, err := dispatcher.DecideCheck(ctx, c, false, "现场核查未整改到位，返工")
	return true, s.counted("reworked", err)
}

// remind sends the grid worker who was asked on the way.
func (s *street) remind(task *client.Task) {
	if task == nil || task.Assignee == nil || task.AnsweredAt != nil {
		return
	}
	if login, known := s.workers[task.Assignee.ID]; known {
		s.errands.add(login)
	}
}

func can(c client.Case, action string) bool { return slices.Contains(c.Actions, action) }
