package scenario

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type orderView struct {
	ID         uuid.UUID
	State      string
	Department *code
	By         *person
	DueAt      *time.Time
	Actions    []string
	Replies    []struct {
		Text     string
		Accepted *bool
	}
}

const orderFields = `id state department { code } by { id } dueAt actions replies { text accepted }`

var (
	orderSupervision = mutation{"orderSupervision", "OrderSupervisionInput", `order { ` + orderFields + ` }`}
	replyToOrder     = mutation{"replyToOrder", "ReplyToOrderInput", `order { ` + orderFields + ` }`}
	decideReply      = mutation{"decideReply", "DecideReplyInput", `order { ` + orderFields + ` }`}
)

func (s *stage) ordered(c *harness.Client, m mutation, in harness.Vars) orderView {
	s.t.Helper()
	p, refused := attempt[struct{ Order orderView }](c, m, in)
	if refused != nil {
		s.t.Fatalf("%s: %v", m.name, refused)
	}
	return p.Order
}

// ordersOf are the case's, as somebody reads them.
func (s *stage) ordersOf(c *harness.Client, id uuid.UUID) []orderView {
	s.t.Helper()
	type answer struct{ Case struct{ Orders []orderView } }
	return harness.Ask[answer](c, `query ($id: UUID!) { case(id: $id) { orders { `+orderFields+` } } }`, harness.Vars{"id": id}).Case.Orders
}

// owed are the orders in which the next move is somebody's.
func (s *stage) owed(c *harness.Client) []orderView {
	s.t.Helper()
	type answer struct {
		MyOrders struct{ Nodes []orderView }
	}
	return harness.Ask[answer](c, `query { myOrders { nodes { `+orderFields+` case { id } } pageInfo { hasNextPage } } }`, nil).MyOrders.Nodes
}

func TestAnOrderWithoutAReplyClimbsItsLadder(t *testing.T) {
	t.Parallel()
	s := open(t)
	w := s.watch(fixture.Urban)
	desk, supervisor := s.As(s.Desks[fixture.Urban]), s.As(s.Supervisor)

	// Given a case whose department the supervisor asks why nothing happens, with two hours to reply,
	c := s.accepted(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	in := harness.Vars{"case": c.ID, "text": "请说明为何尚未清理", "limit": harness.Vars{"number": 2, "unit": "URGENT_HOUR"}}
	s.refused(s.As(s.Dispatcher), orderSupervision, in, "ACTION_NOT_YOURS")
	s.refused(supervisor, orderSupervision, harness.Vars{"case": c.ID, "text": "x", "limit": harness.Vars{"number": 0, "unit": "URGENT_HOUR"}}, "LIMIT_NUMBER")
	o := s.ordered(supervisor, orderSupervision, in)
	s.refused(supervisor, orderSupervision, in, "ORDERED_ALREADY")
	s.Settle()
	if s.told(s.Desks[fixture.Urban], "ORDER_MADE") != 1 || o.Department.Code != fixture.Urban || o.By.ID != s.Supervisor.ID {
		t.Errorf("%+v", o)
	}
	s.TakeSMS()

	// when nobody replies, half of the time reminds the desk, all of it calls the duty lead, more the supervisor;
	s.Advance(time.Hour)
	w.expect("half of the reply's limit", list("desk"), nil)
	s.Advance(time.Hour)
	w.expect("the reply's limit", list("duty lead"), list("duty lead"))
	s.Advance(time.Hour)
	w.expect("150 % of it", list("supervisor"), nil)

	// it waits in the desk's list, and nobody else's;
	for who, want := range map[*harness.Client]int{desk: 1, supervisor: 0, s.As(s.Desks[fixture.Fire]): 0, s.As(s.Dispatcher): 0} {
		if got := s.owed(who); len(got) != want {
			t.Errorf("%d orders wait for somebody, want %d", len(got), want)
		}
	}

	// a reply stops that, the supervisor asks again, and accepts the second one.
	if got := s.ordersOf(desk, c.ID)[0]; len(got.Actions) != 1 || got.Actions[0] != "REPLY" {
		t.Errorf("the desk is offered %v", got.Actions)
	}
	s.refused(desk, replyToOrder, harness.Vars{"order": o.ID, "text": " "}, "TEXT_MISSING")
	s.refused(s.As(s.Desks[fixture.Fire]), replyToOrder, harness.Vars{"order": o.ID, "text": "x"}, "ORDER_NOT_FOUND")
	s.ordered(desk, replyToOrder, harness.Vars{"order": o.ID, "text": "在办"})
	if len(s.owed(desk)) != 0 || len(s.owed(supervisor)) != 1 {
		t.Error("after the reply the move is the supervisor's")
	}
	s.refused(supervisor, decideReply, harness.Vars{"order": o.ID, "accept": false}, "TEXT_MISSING")
	s.ordered(supervisor, decideReply, harness.Vars{"order": o.ID, "accept": false, "note": "没有说明原因"})
	s.ordered(desk, replyToOrder, harness.Vars{"order": o.ID, "text": "车辆故障，今天下午清运"})
	done := s.ordered(supervisor, decideReply, harness.Vars{"order": o.ID, "accept": true})
	if done.State != "ACCEPTED" || len(done.Replies) != 2 || *done.Replies[0].Accepted || !*done.Replies[1].Accepted {
		t.Errorf("%+v", done)
	}
	s.Settle()
	s.TakeSMS()
	if late := s.read(supervisor, c.ID); late.running("REPLY") != nil {
		t.Error("the reply's clock runs on")
	}
}

func TestClosingACaseEndsItsOrders(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.checked(s.checking(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0}), true)
	s.ordered(s.As(s.Supervisor), orderSupervision, harness.Vars{"case": c.ID, "text": "请说明", "street": true})
	s.done(s.As(s.Dispatcher), decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": ""})
	s.Settle()
	s.TakeSMS()
	if o := s.ordersOf(s.As(s.Dispatcher), c.ID)[0]; o.State != "ENDED" || len(o.Actions) > 0 {
		t.Errorf("%+v", o)
	}
	s.Advance(48 * time.Hour)
	s.Settle()
	if s.told(s.Dispatcher, "CASE_PRESSED") > 0 {
		t.Error("somebody is pressed for a case that is closed")
	}
}
