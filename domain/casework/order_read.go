package casework

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"gridwork/enum"
	"gridwork/pg"
)

// OrderState is how far an order has come.
type OrderState string

const (
	OrderDue      OrderState = "due"      // a reply is owed
	OrderReplied  OrderState = "replied"  // it waits for a supervisor
	OrderAccepted OrderState = "accepted" // the reply was accepted
	OrderEnded    OrderState = "ended"    // over with the case, or with the department's part in it
)

// OrderStates lists every state of an order.
var OrderStates = []OrderState{OrderDue, OrderReplied, OrderAccepted, OrderEnded}

// OrderActions lists everything that can be done to an order.
var OrderActions = []OrderAction{OrderReply, OrderDecide}

func (s OrderState) MarshalGQL(w io.Writer)      { enum.Marshal(w, s) }
func (s *OrderState) UnmarshalGQL(in any) error  { return enum.Unmarshal(s, in, OrderStates) }
func (a OrderAction) MarshalGQL(w io.Writer)     { enum.Marshal(w, a) }
func (a *OrderAction) UnmarshalGQL(in any) error { return enum.Unmarshal(a, in, OrderActions) }

// Reply is a written reply to an order, with what was said to it.
type Reply struct {
	ID        uuid.UUID  `db:"id"`
	OrderID   uuid.UUID  `db:"order_id"`
	Text      string     `db:"text"`
	RepliedBy uuid.UUID  `db:"replied_by"`
	RepliedAt time.Time  `db:"replied_at"`
	Accepted  *bool      `db:"accepted"` // nil: undecided; false: asked again
	Note      *string    `db:"note"`
	DecidedBy *uuid.UUID `db:"decided_by"`
	DecidedAt *time.Time `db:"decided_at"`
}

const selectOrdersSQL = `select o.id, o.case_id, scoped.street, o.round, o.department, o.stage, o.deadline_id, o.text, o.ordered_by,
		o.ordered_at, o.clock_id, case when not clocks.pauses @> '[{"to": null}]' then clocks.due_at end as due_at, o.state, o.ended_at
	from supervision_orders o join cases scoped on scoped.id = o.case_id left join clocks on clocks.id = o.clock_id `

const orderSQL = selectOrdersSQL + ` where o.id = $1`

const ordersSQL = selectOrdersSQL + ofCases + ` order by o.case_id, o.ordered_at, o.id`

const orderRepliesSQL = `select r.id, r.order_id, r.text, r.replied_by, r.replied_at, r.accepted, r.note, r.decided_by, r.decided_at
	from order_replies r join supervision_orders o on o.id = r.order_id join cases scoped on scoped.id = o.case_id
	where o.id = any($5::uuid[]) and ` + visible + ` order by r.order_id, r.replied_at, r.id`

const owedSQL = `select exists (select from supervision_orders
	where case_id = $1 and department is not distinct from $2 and state in ('due', 'replied'))`

const insertOrdersSQL = `insert into supervision_orders (id, case_id, round, department, stage, deadline_id, text, ordered_by, ordered_at,
		clock_id, state)
	select id, case_id, round, department, stage, deadline_id, text, ordered_by, $1, clock_id, 'due'
	from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::uuid[], $10::uuid[])
		as made(id, case_id, round, department, stage, deadline_id, text, ordered_by, clock_id)`

const updateOrderSQL = `update supervision_orders set state = $2, clock_id = $3, ended_at = $4 where id = $1`

// All of a case's ($3), or those of departments.
const endOrdersSQL = `with ended as (
		update supervision_orders set state = 'ended', ended_at = $1
		where case_id = $2 and state in ('due', 'replied') and ($3 or department is not null) returning clock_id
	), stopped as (
		update clocks set stopped_at = $1 from ended where clocks.id = ended.clock_id and clocks.stopped_at is null returning clocks.id
	)
	update deadlines set state = 'cancelled', settled_at = $1
	from stopped where deadlines.clock_id = stopped.id and deadlines.state in ('armed', 'frozen')`

const insertOrderReplySQL = `insert into order_replies (id, order_id, text, replied_by, replied_at) values ($1, $2, $3, $4, $5)`

const decideReplySQL = `update order_replies set accepted = $2, note = $3, decided_by = $4, decided_at = $5
	where order_id = $1 and accepted is null`

// OrdersOf of all rounds, in order.
func OrdersOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]SupervisionOrder, error) {
	return byCase(ctx, tx, ordersSQL, cases, func(o SupervisionOrder) uuid.UUID { return o.CaseID })
}

// RepliesOf are the replies to orders, in order, by order.
func RepliesOf(ctx context.Context, tx *pg.Tx, orders []uuid.UUID) (map[uuid.UUID][]Reply, error) {
	return byCase(ctx, tx, orderRepliesSQL, orders, func(r Reply) uuid.UUID { return r.OrderID })
}
