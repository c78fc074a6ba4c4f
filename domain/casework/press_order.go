package casework

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/pg"
)

// The cases of a pass that orders something, with who owes a reply already: departments, ” for the street.
const owingSQL = `select cases.id, cases.state,
		coalesce(array_agg(coalesce(o.department, '')) filter (where o.id is not null), '{}')::text[] as owing
	from cases left join supervision_orders o on o.case_id = cases.id and o.state in ('due', 'replied')
	where cases.id = any($1) group by cases.id order by cases.id`

// owing is a case with who owes a reply already.
type owing struct {
	ID    uuid.UUID `db:"id"`
	State State     `db:"state"`
	Owing []string  `db:"owing"`
}

// mayOwe reports whether a further order asks something new.
func (o *owing) mayOwe(department *string) bool {
	return o.State != Suspended && !slices.Contains(o.Owing, deref(department))
}

// ordering is an order that a step makes, with its clock and who hears of it.
type ordering struct {
	SupervisionOrder
	clock  *escalation.Begun // nil: no limit is published, and none is guessed
	people []uuid.UUID       // of those who owe the reply, whoever is on duty and does not hear of the step itself
}

// orderReplies makes an order of every step of a case that fires with the action supervision_order: from the department
// whose clock it is, or from the street. Whoever owes a reply already is not ordered again, and a suspended case owes none.
// A pass without such a step asks nothing of the store, and one with any number of them a handful of questions.
func orderReplies(ctx context.Context, tx *pg.Tx, climbs []*climb) error {
	by := orderers(climbs)
	if len(by) == 0 {
		return nil
	}
	known, err := owingOf(ctx, tx, by)
	if err != nil {
		return err
	}
	promises, err := replyPromises(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range by {
		for i := range c.fired {
			f, of := &c.fired[i], known[*c.CaseID]
			if f.step.Action != escalation.SupervisionOrder || !of.mayOwe(c.owes()) {
				continue
			}
			of.Owing = append(of.Owing, deref(c.owes()))
			if f.order, err = c.order(tx, f, promises[c.Urgent]); err != nil {
				return err
			}
		}
	}
	return tellOwing(ctx, tx, by)
}

// orderers are the climbs of cases on which an order fires.
func orderers(climbs []*climb) []*climb {
	var by []*climb
	for _, c := range climbs {
		if c.CaseID != nil && slices.ContainsFunc(c.fired, func(f firing) bool { return f.step.Action == escalation.SupervisionOrder }) {
			by = append(by, c)
		}
	}
	return by
}

func owingOf(ctx context.Context, tx *pg.Tx, by []*climb) (map[uuid.UUID]*owing, error) {
	ids := make([]uuid.UUID, len(by))
	for i, c := range by {
		ids[i] = *c.CaseID
	}
	rows, err := pg.All[owing](ctx, tx, owingSQL, ids)
	known := make(map[uuid.UUID]*owing, len(rows))
	for i := range rows {
		known[rows[i].ID] = &rows[i]
	}
	return known, err
}

// promise is a published limit with the calendar that it is reckoned with.
type promise struct {
	term standard.TimeLimit
	cal  *calendar.Calendar
}

// replyPromises are the published limits of a reply, by whether the case is urgent.
func replyPromises(ctx context.Context, tx *pg.Tx) (map[bool]promise, error) {
	limits, err := standard.Limits(ctx, tx)
	if err != nil {
		return nil, err
	}
	found := map[bool]promise{}
	for _, l := range limits {
		if l.Stage != string(escalation.Reply) {
			continue
		}
		cal, err := calendarFor(ctx, tx, l.Limit())
		if err != nil {
			return nil, err
		}
		found[l.Urgent] = promise{l, cal}
	}
	return found, nil
}

// owes is the department whose clock it is while it leads; nil: the street.
func (c *climb) owes() *string {
	if c.Department != nil && c.Lead != nil && *c.Lead == *c.Department {
		return c.Lead
	}
	return nil
}

func (c *climb) order(tx *pg.Tx, f *firing, p promise) (*ordering, error) {
	owes := c.owes()
	o := &ordering{SupervisionOrder: SupervisionOrder{ID: pg.NewID(), CaseID: *c.CaseID, Street: c.Street, Round: c.Round, Department: owes,
		Stage: &c.Stage, DeadlineID: &f.ID, OrderedAt: tx.Now, State: OrderDue}}
	if p.cal == nil {
		return o, nil
	}
	reply := replyClock(*c.CaseID, c.Round, c.Street, owes, p.term.Limit())
	reply.StandardVersion = &p.term.Version
	clock, err := c.ladder.Begin(tx.Now, reply, p.cal)
	if err != nil {
		return nil, fmt.Errorf("clock of a reply: %w", err)
	}
	o.clock, o.ClockID, o.DueAt = &clock, &clock.ID, &clock.DueAt
	return o, nil
}

// tellOwing finds who is on duty of those who owe a reply now, in one query.
func tellOwing(ctx context.Context, tx *pg.Tx, by []*climb) error {
	var asked []identity.Audience
	seen := map[identity.Audience]bool{}
	for _, c := range by {
		for _, who := range c.owing() {
			if !seen[who] {
				seen[who], asked = true, append(asked, who)
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := identity.OnDutyAll(ctx, tx, asked)
	if err != nil {
		return err
	}
	readers, err := readersOf(ctx, tx, by)
	if err != nil {
		return err
	}
	for _, c := range by {
		for i := range c.fired {
			f := &c.fired[i]
			if f.order == nil {
				continue
			}
			f.order.people = slices.DeleteFunc(slices.Clone(Case{Street: c.Street}.owing(f.order.Department).in(found)), func(p uuid.UUID) bool {
				return slices.Contains(f.people, p) || c.Restricted && !readers[reader{*c.CaseID, p}]
			})
		}
	}
	return nil
}

// owing are those who owe a reply to the orders of a climb.
func (c *climb) owing() audience {
	var a audience
	for _, f := range c.fired {
		if f.order != nil {
			a = append(a, Case{Street: c.Street}.owing(f.order.Department)...)
		}
	}
	return a
}

// order adds the rows of an order, and the messages to those who owe the reply.
func (w *writing) order(c *climb, f *firing) {
	o := f.order
	if o == nil {
		return
	}
	w.orders.add(o.SupervisionOrder)
	params := map[string]any{"number": spoken(c.CaseNumber, c.ChildNo)}
	if !c.Restricted {
		params["category"] = notify.Both{ZH: c.NameZH, EN: c.NameEN}
	}
	if o.clock != nil {
		w.replies = append(w.replies, *o.clock)
		params["due"] = o.clock.DueAt
	}
	for i := range o.people {
		w.messages = append(w.messages, notify.Message{Person: &o.people[i], Kind: notify.OrderMade, Urgent: c.Urgent, CaseID: c.CaseID,
			Params: params, NeedsAck: true, Hush: f.step.Quiet == escalation.Respect && c.Limit.Unit != calendar.UrgentHour})
	}
}
