package clue

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
)

// The ladders that press for a decision; cases are put on theirs by the routing rules.
const (
	urgentLadder = "urgent"
	usualLadder  = "standard"
)

func ladderOf(urgent bool) string {
	if urgent {
		return urgentLadder
	}
	return usualLadder
}

// terms are the published rules that every submission needs: which categories are urgent, and how soon a clue has to
// be decided on. They are kept for some seconds, because reading them for every report would cost more than the report;
// a clock is pinned to the versions that it was reckoned with.
type terms struct {
	readAt   time.Time
	urgent   map[string]bool  // by category, of all there are
	deciding map[bool]promise // by urgent

	restricted map[string]bool // the categories that are
}

const (
	termsAge   = 10 * time.Second // how old the terms of a submission may be
	doubtAfter = time.Second      // how old, where they do not know a category that may be new
)

// promise is a limit with everything that reckoning its clock needs.
type promise struct {
	term     standard.TimeLimit
	ladder   escalation.Ladder
	calendar *calendar.Calendar
}

// current returns the terms that were read at most some seconds ago, and know the drafts' categories if there are any of
// those codes.
func (in *Intake) current(ctx context.Context, tx *pg.Tx, drafts []Draft) (*terms, error) {
	if known := in.terms.Load(); known != nil {
		age := tx.Now.Sub(known.readAt).Abs()
		strange := slices.ContainsFunc(drafts, func(d Draft) bool { return !known.hasCategory(d.clue.category()) })
		if age < doubtAfter || age < termsAge && !strange {
			return known, nil
		}
	}
	read, err := readTerms(ctx, tx)
	if err == nil {
		in.terms.Store(read)
	}
	return read, err
}

// admit completes a clue by the terms, or says why it is refused.
func (t *terms) admit(tx *pg.Tx, c *Clue) error {
	if c.CapturedAt.After(tx.Now.Add(clockAhead)) {
		return fault.Invalid(CodeCapturedAt, "this position was captured in the future: the device's clock is wrong").
			At("position.capturedAt")
	}
	if !t.hasCategory(c.category()) {
		return fault.Invalid(CodeUnknownCategory, "there is no such category").At("category")
	}
	c.Urgent, c.Restricted, c.SubmittedAt = t.urgent[c.category()], t.restricted[c.category()], tx.Now
	return nil
}

// category is the code, or "" where the reporter did not say.
func (c Clue) category() string {
	if c.Category == nil {
		return ""
	}
	return *c.Category
}

func (t *terms) hasCategory(code string) bool {
	_, known := t.urgent[code]
	return known || code == ""
}

// readTerms reads what is published now. A part that is not published yet makes no promise, and is no error: a report
// is taken before anything else is in order.
func readTerms(ctx context.Context, tx *pg.Tx) (*terms, error) {
	categories, err := standard.Categories(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("terms of submission: %w", err)
	}
	filings, err := standard.Current(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("terms of submission: %w", err)
	}
	t := &terms{readAt: tx.Now, urgent: make(map[string]bool, len(categories)), deciding: map[bool]promise{}, restricted: map[string]bool{}}
	for _, c := range categories {
		t.urgent[c.Code], t.restricted[c.Code] = false, c.Restricted
	}
	for _, f := range filings {
		// Which condition applies is seen on the spot: until then the worse is assumed.
		t.urgent[f.Category] = t.urgent[f.Category] || f.Urgent
	}
	for _, urgent := range []bool{true, false} {
		p, err := readPromise(ctx, tx, urgent)
		if _, unpublished := fault.As(err); unpublished {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("terms of submission: %w", err)
		}
		t.deciding[urgent] = p
	}
	return t, nil
}

func readPromise(ctx context.Context, tx *pg.Tx, urgent bool) (p promise, err error) {
	if p.term, err = standard.StageTerm(ctx, tx, string(escalation.File), urgent); err != nil {
		return p, err
	}
	if p.ladder, err = escalation.Load(ctx, tx, escalation.Pin{Code: ladderOf(urgent)}); err != nil {
		return p, err
	}
	p.calendar = calendar.RoundTheClock
	if !p.term.LimitUnit.RoundTheClock() {
		p.calendar, err = calendar.Current(ctx, tx)
	}
	return p, err
}

// startDeciding starts the clock within which a clue has to be decided on. What carries no category has been judged by
// nobody: until somebody looks, the worse is assumed, and its clock runs day and night.
func (t *terms) startDeciding(tx *pg.Tx, c Clue) error {
	p, published := t.deciding[c.Urgent || c.Category == nil]
	if !published {
		return nil
	}
	clock := escalation.Clock{ClueID: &c.ID, Stage: escalation.File, Street: c.Street, Limit: p.term.Limit(), StandardVersion: &p.term.Version}
	_, err := p.ladder.Start(tx, clock, p.calendar)
	return err
}
