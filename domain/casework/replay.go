package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/routing"
	"gridwork/fault"
	"gridwork/pg"
)

// replayedMost bounds how many past cases rules are tried on, the newest first.
const replayedMost = 50_000

// ReplayInput asks what a version of the rules would have decided about past cases.
type ReplayInput struct {
	Version  int
	From, To time.Time // when they were filed
	Region   string    // code of a division or a cell; "" = the whole city
}

// Replay is what a version of the rules would have decided. Restricted cases are not counted, nor are children: no rule sends them.
type Replay struct {
	Cases       int          // that were looked at
	Moved       int          // would have gone elsewhere at first
	Differences []Difference // by department, the largest first
	Returned    int          // an upheld return had given them to another department
	RightAtOnce int          // of those: the rules would have sent them where they ended
	Partial     bool         // the period holds more cases: only the newest were looked at
}

// Difference is how many cases would have gone from one department to another; nil is the dispatchers' queue.
type Difference struct {
	Was, Would *string
	Cases      int
	Newest     []ReplayedCase // at most newestMost, the newest first
}

// newestMost is how many of a difference's cases are told of by what the rules saw.
const newestMost = 20

// ReplayedCase is what rules see of a past case, without the case: whoever tries rules need not be somebody who reads cases.
type ReplayedCase struct {
	Number   int64
	Category string
	Street   string
	Urgent   bool
	Source   Source
	FiledAt  time.Time
	Rule     *string // that would decide; nil: none fits
	Ended    *string // the department that has it now
}

// As they were at filing, with the department that the case's round was first led by, and the one that has it now.
const replayedSQL = `select c.id, c.number, c.category, c.urgent, c.cell, c.street, c.source, c.filed_at, c.department as ended,
		(select a.department from assignments a where a.case_id = c.id and a.round = c.round and a.part = 'lead'
			order by a.assigned_at, a.id limit 1) as was,
		exists (select from return_requests r where r.case_id = c.id and r.round = c.round and r.decision = 'upheld') as returned
	from cases c where c.filed_at between $1 and $2 and c.cell ^@ $3 and not c.restricted and c.parent_id is null
	order by c.filed_at desc, c.id desc limit $4`

type replayed struct {
	ID       uuid.UUID `db:"id"`
	Number   int64     `db:"number"`
	Category string    `db:"category"`
	Urgent   bool      `db:"urgent"`
	Cell     string    `db:"cell"`
	Street   string    `db:"street"`
	Source   Source    `db:"source"`
	FiledAt  time.Time `db:"filed_at"`
	Was      *string   `db:"was"`
	Ended    *string   `db:"ended"`
	Returned bool      `db:"returned"`

	would, rule *string
}

// seen is what the rules saw of the case.
func (c replayed) seen() ReplayedCase {
	return ReplayedCase{Number: c.Number, Category: c.Category, Street: c.Street, Urgent: c.Urgent, Source: c.Source,
		FiledAt: c.FiledAt, Rule: c.rule, Ended: c.Ended}
}

// ReplayRules tries a version of the rules, a draft or another, on past cases. It writes nothing. For administrators and
// supervisors: ACTION_NOT_YOURS for others; RULES_UNKNOWN at "version"; PERIOD_REVERSED at "to".
func ReplayRules(ctx context.Context, tx *pg.Tx, in ReplayInput) (Replay, error) {
	cases, err := in.decide(ctx, tx)
	if err != nil {
		return Replay{}, err
	}
	r := Replay{Cases: min(len(cases), replayedMost), Partial: len(cases) > replayedMost, Differences: []Difference{}}
	differences := map[[2]string]*Difference{}
	for _, c := range cases[:r.Cases] {
		if deref(c.Was) != deref(c.would) {
			r.Moved++
			pair := [2]string{deref(c.Was), deref(c.would)}
			if differences[pair] == nil {
				differences[pair] = &Difference{Was: c.Was, Would: c.would}
			}
			differences[pair].add(c)
		}
		if c.Returned {
			r.Returned++
			if deref(c.would) == deref(c.Ended) {
				r.RightAtOnce++
			}
		}
	}
	for _, d := range differences {
		r.Differences = append(r.Differences, *d)
	}
	slices.SortFunc(r.Differences, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(deref(a.Was), deref(b.Was)), cmp.Compare(deref(a.Would), deref(b.Would)))
	})
	return r, nil
}

func (d *Difference) add(c replayed) {
	d.Cases++
	if len(d.Newest) < newestMost {
		d.Newest = append(d.Newest, c.seen())
	}
}

// MovedInput asks for the cases behind a difference.
type MovedInput struct {
	ReplayInput
	Was, Would *string
}

// Moved lists the cases behind a difference that the viewer may see, the newest first. more tells whether others follow.
func Moved(ctx context.Context, tx *pg.Tx, in MovedInput, page Page) (found []Case, more bool, err error) {
	cases, err := in.decide(ctx, tx)
	if err != nil {
		return nil, false, err
	}
	var ids []uuid.UUID
	for _, c := range cases {
		later := page.After != nil && !before(c, *page.After)
		if !later && deref(c.Was) == deref(in.Was) && deref(c.would) == deref(in.Would) && deref(c.Was) != deref(c.would) {
			ids = append(ids, c.ID)
		}
	}
	if more = len(ids) > page.First; more {
		ids = ids[:page.First]
	}
	if found, err = ByIDs(ctx, tx, ids); err != nil {
		return nil, false, err
	}
	slices.SortFunc(found, func(a, b Case) int {
		return cmp.Or(b.FiledAt.Compare(a.FiledAt), slices.Compare(b.ID[:], a.ID[:]))
	})
	return found, more, nil
}

// before reports whether the case stands behind a place in a list whose newest comes first.
func before(c replayed, at Place) bool {
	return cmp.Or(c.FiledAt.Compare(at.At), slices.Compare(c.ID[:], at.ID[:])) < 0
}

func (in ReplayInput) decide(ctx context.Context, tx *pg.Tx) ([]replayed, error) {
	if tx.Actor.System == "" && !tx.Actor.Has(actor.Admin) && !tx.Actor.Has(actor.Supervisor) {
		return nil, fault.Denied("ACTION_NOT_YOURS", "administrators and supervisors try rules on past cases")
	}
	if in.To.Before(in.From) {
		return nil, fault.Invalid("PERIOD_REVERSED", "a period ends after it begins").At("to")
	}
	if _, err := routing.Look(ctx, tx, in.Version); err != nil {
		return nil, err
	}
	rules, err := routing.RulesOf(ctx, tx, in.Version)
	if err != nil {
		return nil, err
	}
	cases, err := pg.All[replayed](ctx, tx, replayedSQL, in.From, in.To, in.Region, replayedMost+1)
	set := routing.RuleSet{Version: in.Version, Rules: rules}
	for i := range cases {
		c := &cases[i]
		d := routing.Decide(set, Case{Category: c.Category, Urgent: c.Urgent, Cell: c.Cell, Source: c.Source, FiledAt: c.FiledAt}.facts())
		if d.Rule != nil {
			c.would, c.rule = &d.Rule.Outcome.Department, &d.Rule.Code
		}
	}
	return cases, err
}

func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
