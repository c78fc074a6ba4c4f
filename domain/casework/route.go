package casework

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"gridwork/domain/notify"
	"gridwork/domain/routing"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// JobRoute is the outbox kind that asks for Route; its payload is a RouteJob.
const JobRoute = "case.route"

// RouteJob names a filed case, as it was when its routing was asked for.
type RouteJob struct {
	Case  uuid.UUID `json:"case"`
	Epoch int       `json:"epoch"` // of the case: in another one somebody else has decided meanwhile
}

func (t *turn) askRouting(tx *pg.Tx) { tx.Emit(JobRoute, RouteJob{Case: t.ID, Epoch: t.Epoch}) }

// Route 派遣 lets the current rules decide where a filed case goes, and keeps the trace of their decision. Where one fits,
// the departments are assigned, the clocks of acceptance and disposal start, and the lead's desk is told; where none does,
// nothing is guessed, and the dispatchers are. It is the effect of JobRoute: a second run changes nothing.
func Route(ctx context.Context, tx *pg.Tx, job RouteJob) error {
	t, err := lock(ctx, tx, Target{Case: job.Case})
	if err != nil {
		return err
	}
	if t.State != Filed || t.Epoch != job.Epoch {
		return nil
	}
	set, err := routing.Current(ctx, tx)
	if err != nil {
		return fmt.Errorf("current rules: %w", err)
	}
	d := routing.Decide(set, t.facts())
	if d.Rule == nil && t.round.RuleSetVersion != nil && *t.round.RuleSetVersion == d.RuleSet && slices.Equal(t.round.Trace, d.Trace) {
		return nil
	}
	t.round.RuleSetVersion, t.round.Trace = &d.RuleSet, d.Trace
	if d.Rule == nil {
		return t.unrouted(ctx, tx)
	}
	return t.byRule(ctx, tx, *d.Rule)
}

// facts are what the rules may look at. What kind of place stands there nobody knows yet.
func (c Case) facts() routing.Facts {
	return routing.Facts{Category: c.Category, Urgent: c.Urgent, Cell: c.Cell, Source: string(c.Source), At: c.FiledAt}
}

// unrouted leaves the case where it is, with the trace, and asks the dispatchers.
func (t *turn) unrouted(ctx context.Context, tx *pg.Tx) error {
	if err := t.write(ctx, tx); err != nil {
		return err
	}
	note(tx, t.Case, "no_rule", map[string]any{"rule_set": *t.round.RuleSetVersion, "tried": len(t.round.Trace)})
	return t.tellDuty(ctx, tx, t.dispatchers(), news{kind: notify.NoRule})
}

func (t *turn) byRule(ctx context.Context, tx *pg.Tx, rule routing.Rule) error {
	if err := t.turnTo(tx, DoRouteByRules); err != nil {
		return err
	}
	if err := t.holdTo(ctx, tx, rule.Outcome.Standard); err != nil {
		return err
	}
	t.Priority = rule.Outcome.Priority
	if t.Urgent {
		t.Priority = 1
	}
	return t.dispatch(ctx, tx, order{lead: rule.Outcome.Department, assisting: rule.Outcome.Assisting, ladder: rule.Outcome.Ladder,
		detail: map[string]any{"rule_set": *t.round.RuleSetVersion, "rule": rule.Code}})
}

// holdTo puts the case under another row of its category's standard, where a rule says so and there is one.
func (t *turn) holdTo(ctx context.Context, tx *pg.Tx, position int) error {
	if position == 0 {
		return nil
	}
	rows, err := standard.ForCategory(ctx, tx, t.Category)
	for _, f := range rows {
		if f.Position == position && f.Version == t.round.StandardVersion {
			t.StandardID = f.ID
		}
	}
	return err
}

// RouteInput is a dispatcher's own decision 人工派遣.
type RouteInput struct {
	Target
	Department string   // that leads
	Assisting  []string // that help
	Note       string   // why, up to 500 characters
}

// RouteByHand sends a filed case to departments, where no rule fits or the dispatcher knows better.
//
// Faults: those of take; DEPARTMENT_UNKNOWN at "department" or "assisting[0]"; of a child, PARENT_ONLY at "assisting" and
// DEPARTMENT_HAS_PART at "department".
func RouteByHand(ctx context.Context, tx *pg.Tx, in RouteInput) (Case, error) {
	why, err := prose.Clean("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	if err := checkDepartments(ctx, tx, in.Department, in.Assisting); err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoRoute)
	if err != nil {
		return Case{}, err
	}
	if err := t.mayGoTo(ctx, tx, in); err != nil {
		return Case{}, err
	}
	return t.done(t.dispatch(ctx, tx, order{lead: in.Department, assisting: in.Assisting, ladder: t.ladder(), detail: map[string]any{"note": why}}))
}

func checkDepartments(ctx context.Context, tx *pg.Tx, lead string, assisting []string) error {
	all, err := standard.Departments(ctx, tx)
	if err != nil {
		return err
	}
	known := func(code string) bool {
		return slices.ContainsFunc(all, func(d standard.Department) bool { return d.Code == code })
	}
	if !known(lead) {
		return fault.Invalid("DEPARTMENT_UNKNOWN", "there is no such department").At("department")
	}
	for i, d := range assisting {
		if !known(d) || d == lead || slices.Contains(assisting[:i], d) {
			return fault.Invalid("DEPARTMENT_UNKNOWN", "assisting departments exist, and are others than the lead, each once").
				At("assisting[" + strconv.Itoa(i) + "]")
		}
	}
	return nil
}

// order is where a case goes, by a rule or by hand.
type order struct {
	lead      string
	assisting []string // each gets a child, unless it has one
	ladder    string
	detail    map[string]any
}

// dispatch assigns the department that leads, binds the round to the ladder's newest version, starts the clocks, tells the
// desk, and opens a child for each department that assists.
func (t *turn) dispatch(ctx context.Context, tx *pg.Tx, o order) error {
	if err := t.pin(ctx, tx, o.ladder); err != nil {
		return err
	}
	t.Department, t.HandlerID, t.DispatchedAt, t.AcceptedAt, t.ReportedAt = &o.lead, nil, now(tx), nil, nil
	kept, err := t.openChildren(ctx, tx)
	if err != nil {
		return err
	}
	if err := t.assign(ctx, tx, o.lead, o.keeping(kept)); err != nil {
		return err
	}
	detail := map[string]any{"department": o.lead, "assisting": o.assisting, "ladder": o.ladder}
	for name, value := range o.detail {
		detail[name] = value
	}
	if err := t.end(ctx, tx, detail); err != nil {
		return err
	}
	if err := t.tellDesk(ctx, tx, o.lead, notify.CaseAssigned); err != nil {
		return err
	}
	return t.share(ctx, tx, o, kept)
}

func (t *turn) assign(ctx context.Context, tx *pg.Tx, lead string, assisting []string) error {
	ids, parts := []uuid.UUID{pg.NewID()}, []string{string(Lead)}
	for range assisting {
		ids, parts = append(ids, pg.NewID()), append(parts, string(Assisting))
	}
	_, err := tx.Exec(ctx, insertAssignmentsSQL, tx.Now, t.ID, t.Round, ids, append([]string{lead}, assisting...), parts)
	if err != nil {
		return fmt.Errorf("assign departments: %w", err)
	}
	return t.assignToParent(ctx, tx, lead)
}

// tellDesk tells a department's desk on duty what is theirs, or theirs no more.
func (t *turn) tellDesk(ctx context.Context, tx *pg.Tx, department string, kind notify.Kind) error {
	name, err := both(ctx, tx, department)
	if err != nil {
		return err
	}
	n := news{kind: kind, params: map[string]any{"department": name}}
	if t.DueAt != nil {
		n.params["due"] = *t.DueAt
	}
	return t.tellDuty(ctx, tx, t.deskOf(department), n)
}

// Recall 收回 takes a case back from a department that has not accepted it yet. It waits for a dispatcher's own decision: the
// rules are not asked again, since they have said what they say. The children of the dispatch end with it. Faults: those of take; TEXT_MISSING at "note", the reason.
func Recall(ctx context.Context, tx *pg.Tx, in NoteInput) (Case, error) {
	why, err := prose.Some("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoRecall)
	if err != nil {
		return Case{}, err
	}
	departments, err := t.withdraw(ctx, tx, "recalled")
	if err != nil {
		return Case{}, err
	}
	if err := t.end(ctx, tx, map[string]any{"departments": departments, "note": why}); err != nil {
		return Case{}, err
	}
	if err := t.tellDesk(ctx, tx, departments[0], notify.CaseRecalled); err != nil {
		return Case{}, err
	}
	return t.done(t.endChildren(ctx, tx, Voided))
}

// withdraw ends what departments have to do with the case, for a reason, and returns which ones had: the lead first.
func (t *turn) withdraw(ctx context.Context, tx *pg.Tx, reason string) ([]string, error) {
	departments, err := pg.Vals[string](ctx, tx, endAssignmentsSQL, t.ID, tx.Now, reason)
	if err != nil {
		return nil, fmt.Errorf("end assignments: %w", err)
	}
	if err := t.endAtParent(ctx, tx, reason); err != nil {
		return nil, err
	}
	t.Department, t.HandlerID, t.DispatchedAt, t.AcceptedAt, t.ReportedAt, t.DueAt = nil, nil, nil, nil, nil, nil
	return departments, nil
}
