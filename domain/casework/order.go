package casework

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// SupervisionOrder 督办单 needs a written reply by a time. A ladder makes it, or a supervisor; whoever owes the reply is not
// ordered again meanwhile. A reply that is due has a clock of its own, so that silence climbs the case's ladder.
type SupervisionOrder struct {
	ID         uuid.UUID         `db:"id"`
	CaseID     uuid.UUID         `db:"case_id"`
	Street     string            `db:"street"` // the case's
	Round      int               `db:"round"`
	Department *string           `db:"department"`  // who owes the reply; nil: the street
	Stage      *escalation.Stage `db:"stage"`       // whose clock had run on, where a ladder ordered
	DeadlineID *uuid.UUID        `db:"deadline_id"` // the ladder's step that fired
	Text       string            `db:"text"`        // what is ordered; empty where a ladder ordered
	OrderedBy  *uuid.UUID        `db:"ordered_by"`  // nil: a ladder
	OrderedAt  time.Time         `db:"ordered_at"`
	ClockID    *uuid.UUID        `db:"clock_id"` // of the reply that is owed, or was given last; nil where no limit is published
	DueAt      *time.Time        `db:"due_at"`   // of that clock; nil while it is frozen
	State      OrderState        `db:"state"`
	EndedAt    *time.Time        `db:"ended_at"`
}

// OrderInput is what a supervisor orders.
type OrderInput struct {
	Target
	Text   string          // 1 to 2 000 characters
	Limit  *calendar.Limit // of the reply; nil: the published one
	Street bool            // the street owes the reply; else the lead department, and while there is none the street
}

// OrderSupervision orders a written reply from the lead department's desk, or from the street's dispatchers 督办. The case
// stays as it is, its version too.
//
// Faults: those of take; TEXT_MISSING at "text"; ORDERED_ALREADY at "case" where the same ones owe a reply; LIMIT_…, and
// STAGE_LIMIT_MISSING where none is published, at "limit".
func OrderSupervision(ctx context.Context, tx *pg.Tx, in OrderInput) (SupervisionOrder, error) {
	text, err := prose.Some("text", in.Text, textMost)
	if err != nil {
		return SupervisionOrder{}, err
	}
	t, err := take(ctx, tx, in.Target, DoOrder)
	if err != nil {
		return SupervisionOrder{}, err
	}
	o := SupervisionOrder{ID: pg.NewID(), CaseID: t.ID, Street: t.Street, Round: t.Round, Text: text, OrderedBy: &tx.Actor.ID,
		OrderedAt: tx.Now, State: OrderDue}
	if !in.Street {
		o.Department = t.Department
	}
	owed, err := pg.Val[bool](ctx, tx, owedSQL, t.ID, o.Department)
	if err != nil {
		return SupervisionOrder{}, err
	}
	if owed {
		return SupervisionOrder{}, fault.Conflict("ORDERED_ALREADY", "they owe a reply to another order in this case").At("case")
	}
	clock, err := t.beginReply(ctx, tx, o.Department, in.Limit)
	if err != nil {
		return SupervisionOrder{}, fault.Under("limit", err)
	}
	o.ClockID, o.DueAt = &clock.ID, &clock.DueAt
	orders := orderColumns{}
	orders.add(o)
	orders.queue(tx)
	escalation.StartAll(tx, []escalation.Begun{clock})
	record(tx, t.Case, t.row, t.standing.Department, map[string]any{"order": o.ID, "department": o.Department, "text": text})
	return o, t.tellOwing(ctx, tx, o, notify.OrderMade)
}

// tellOwing tells whoever owes the reply to an order.
func (t *turn) tellOwing(ctx context.Context, tx *pg.Tx, o SupervisionOrder, kind notify.Kind) error {
	n := news{kind: kind, needsAck: true, params: map[string]any{}}
	if o.DueAt != nil {
		n.params["due"] = *o.DueAt
	}
	return t.tellDuty(ctx, tx, t.owing(o.Department), n)
}

// owing are those who owe a reply: a department's desk, or the street's dispatchers.
func (c Case) owing(department *string) audience {
	if department != nil {
		return c.deskOf(*department)
	}
	return c.dispatchers()
}

// replyLimit is the one that is given, or the published one with its version.
func (t *turn) replyLimit(ctx context.Context, tx *pg.Tx, given *calendar.Limit) (calendar.Limit, *int, error) {
	if given != nil {
		return *given, nil, given.Check()
	}
	term, err := standard.StageTerm(ctx, tx, string(escalation.Reply), t.Urgent)
	return term.Limit(), &term.Version, err
}

// beginReply works out the clock of a reply, under the published limit where none is given.
func (t *turn) beginReply(ctx context.Context, tx *pg.Tx, owes *string, given *calendar.Limit) (escalation.Begun, error) {
	limit, version, err := t.replyLimit(ctx, tx, given)
	if err != nil {
		return escalation.Begun{}, err
	}
	ladder, err := escalation.Load(ctx, tx, escalation.Pin{Code: t.ladder(), Version: deref(t.round.LadderVersion)})
	if err != nil {
		return escalation.Begun{}, err
	}
	cal, err := calendarFor(ctx, tx, limit)
	if err != nil {
		return escalation.Begun{}, err
	}
	clock := replyClock(t.ID, t.Round, t.Street, owes, limit)
	clock.StandardVersion = version
	return ladder.Begin(tx.Now, clock, cal)
}

func replyClock(caseID uuid.UUID, round int, street string, owes *string, limit calendar.Limit) escalation.Clock {
	return escalation.Clock{CaseID: &caseID, Round: round, Stage: escalation.Reply, Department: owes, Street: street, Limit: limit}
}

// calendarFor is what a limit is reckoned with: where no calendar was ever published, none, and the clock is provisional.
func calendarFor(ctx context.Context, tx *pg.Tx, limit calendar.Limit) (*calendar.Calendar, error) {
	if limit.Unit.RoundTheClock() {
		return calendar.RoundTheClock, nil
	}
	cal, err := calendar.Current(ctx, tx)
	if fault.Is(err, "CALENDAR_MISSING") {
		return calendar.RoundTheClock, nil
	}
	return cal, err
}

// endOrders ends what is ordered with the case, and what a department owes with its part in the case: with the clocks.
func (t *turn) endOrders(tx *pg.Tx) {
	if over := !t.row.To.Open(); over || t.row.To == Filed {
		tx.Queue(endOrdersSQL, tx.Now, t.ID, over)
	}
}

// orderColumns are orders that are stored together, column by column.
type orderColumns struct {
	ids, cases        []uuid.UUID
	rounds            []int
	departments       []*string
	stages            []*escalation.Stage
	deadlines, clocks []*uuid.UUID
	orderers          []*uuid.UUID
	texts             []string
}

func (c *orderColumns) add(o SupervisionOrder) {
	c.ids, c.cases, c.rounds = append(c.ids, o.ID), append(c.cases, o.CaseID), append(c.rounds, o.Round)
	c.departments, c.stages, c.texts = append(c.departments, o.Department), append(c.stages, o.Stage), append(c.texts, o.Text)
	c.deadlines, c.clocks, c.orderers = append(c.deadlines, o.DeadlineID), append(c.clocks, o.ClockID), append(c.orderers, o.OrderedBy)
}

func (c *orderColumns) queue(tx *pg.Tx) {
	if len(c.ids) > 0 {
		tx.Queue(insertOrdersSQL, tx.Now, c.ids, c.cases, c.rounds, c.departments, c.stages, c.deadlines, c.texts, c.orderers, c.clocks)
	}
}

// OrderAction is something that can be done to an order.
type OrderAction string

const (
	OrderReply  OrderAction = "reply"  // 回复, by whoever owes it
	OrderDecide OrderAction = "decide" // accept the reply, or ask again: a supervisor over the place
)

// Actions lists what the actor may do to the order now.
func (o SupervisionOrder) Actions(a *actor.Actor) []OrderAction {
	switch {
	case o.State == OrderDue && o.owedBy(a):
		return []OrderAction{OrderReply}
	case o.State == OrderReplied && a.As(actor.Supervisor, o.Street, ""):
		return []OrderAction{OrderDecide}
	}
	return []OrderAction{}
}

func (o SupervisionOrder) owedBy(a *actor.Actor) bool {
	if o.Department != nil {
		return a.As(actor.DepartmentDesk, o.Street, *o.Department)
	}
	return a.As(actor.Dispatcher, o.Street, "") || a.As(actor.DutyLead, o.Street, "")
}

// allows is nil where the actor may do it now.
func (o SupervisionOrder) allows(do OrderAction, a *actor.Actor) error {
	for _, offered := range o.Actions(a) {
		if offered == do {
			return nil
		}
	}
	if needs := map[OrderAction]OrderState{OrderReply: OrderDue, OrderDecide: OrderReplied}[do]; o.State != needs {
		return fault.Conflict("ACTION_NOT_POSSIBLE", "nothing like that can be done to an order that is %s", o.State)
	}
	return fault.Denied("ACTION_NOT_YOURS", "others may do this, you may not")
}

// note writes into the case's timeline.
func (o SupervisionOrder) note(tx *pg.Tx, c Case, kind string, detail map[string]any) {
	c.Round = o.Round
	detail["order"] = o.ID
	note(tx, c, kind, detail)
}

var errOrderUnknown = fault.NotFound("ORDER_NOT_FOUND", "no such order").At("order")

// insertReply stores a reply.
func (o SupervisionOrder) insertReply(ctx context.Context, tx *pg.Tx, text string) (uuid.UUID, error) {
	id := pg.NewID()
	if _, err := tx.Exec(ctx, insertOrderReplySQL, id, o.ID, text, tx.Actor.ID, tx.Now); err != nil {
		return id, fmt.Errorf("insert reply: %w", err)
	}
	return id, nil
}
