package casework_test

import (
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/test/fixture"
)

// orders publishes a ladder on which half of the disposal limit, and half of the check's, makes an order.
func (t *town) orders() {
	t.Helper()
	t.exec(`insert into ladders select code, version + 1, name_zh, name_en, (select jsonb_agg(case
			when step->>'clock' in ('dispose', 'check') and step->'trigger'->>'percent' = '50' then step || '{"action": "supervision_order"}'
			else step end order by position) from jsonb_array_elements(steps) with ordinality as s(step, position)), published_at
		from ladders`)
}

// presses lets the keeper work until a moment.
func (t *town) presses(at time.Time) {
	t.Helper()
	t.tx.Now = at
	t.flush()
	fixture.Do(t.tx, actor.System("deadline keeper"), func() {
		_, err := casework.Press(t.ctx, t.tx, 100)
		t.must(err)
	})
	t.sound()
}

func (t *town) order(c casework.Case) casework.SupervisionOrder {
	t.Helper()
	return last(t, c, casework.OrdersOf)
}

func TestALadderOrdersAReplyAndPressesForIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.orders()
	c := town.working()

	// Half of the four hours makes the order, with two hours for the reply.
	town.presses(tenOClock.Add(2 * time.Hour))
	o := town.order(c)
	if o.State != casework.OrderDue || *o.Department != fixture.Fire || *o.Stage != escalation.Dispose || o.OrderedBy != nil ||
		!o.DueAt.Equal(town.tx.Now.Add(2*time.Hour)) {
		t.Fatalf("%+v", o)
	}
	town.runs(c, "dispose reply total")
	town.same("in the timeline", town.texts(`select detail->>'order' from case_events where kind = 'pressed' and detail ? 'order'`), []string{o.ID.String()})

	// Nobody replies: the reply's own steps fire, up to the supervisor.
	town.presses(tenOClock.Add(3 * time.Hour))
	town.presses(tenOClock.Add(4 * time.Hour))
	town.presses(tenOClock.Add(5 * time.Hour))
	town.same("for the reply", town.texts(`select detail->>'action' from case_events where kind = 'pressed' and detail->>'stage' = 'reply' order by id`),
		[]string{"remind", "require_acknowledgement", "yellow_card"})

	// Then the desk replies, and the clock stops as late as it is.
	_, err := as(town, town.urban, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "正在处置"})
	town.refused("somebody else's desk", err, "ORDER_NOT_FOUND", "order")
	_, err = as(town, town.dispatcher, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "正在处置"})
	town.refused("the dispatcher", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.desk, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "\n"})
	town.refused("nothing", err, "TEXT_MISSING", "text")
	if got := done(town, town.desk, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "车主已联系，一小时内驶离"}); got.State != casework.OrderReplied {
		t.Errorf("%+v", got)
	}
	town.runs(c, "dispose total")
	town.sound()
	_, err = as(town, town.desk, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "再次回复"})
	town.refused("a second reply", err, "ACTION_NOT_POSSIBLE", "")
}

func TestTheSupervisorAsksAgainAndThenAccepts(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	in := casework.OrderInput{Target: of(c), Text: "请说明为何尚未清理", Limit: &calendar.Limit{Number: 3, Unit: calendar.UrgentHour}}
	o := done(town, town.supervisor, casework.OrderSupervision, in)
	if *o.Department != fixture.Fire || !o.DueAt.Equal(town.tx.Now.Add(3*time.Hour)) {
		t.Errorf("%+v", o)
	}
	if stored := town.now(c); stored.Version != c.Version {
		t.Errorf("the order made version %d of %d", stored.Version, c.Version)
	}
	_, err := as(town, town.supervisor, casework.OrderSupervision, in)
	town.refused("a second one to the same", err, "ORDERED_ALREADY", "case")
	in.Street = true
	street := done(town, town.supervisor, casework.OrderSupervision, in)
	if street.Department != nil {
		t.Errorf("the street's order is %s's", *street.Department)
	}
	town.runs(c, "dispose reply reply total")

	done(town, town.desk, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "在办"})
	again := casework.DecideReplyInput{Order: o.ID}
	_, err = as(town, town.supervisor, casework.DecideReply, again)
	town.refused("asking again without a reason", err, "TEXT_MISSING", "note")
	again.Note = "没有说明原因"
	_, err = as(town, town.desk, casework.DecideReply, again)
	town.refused("by the desk itself", err, "ACTION_NOT_YOURS", "")
	asked := done(town, town.supervisor, casework.DecideReply, again)
	if asked.State != casework.OrderDue || *asked.ClockID == *o.ClockID || !asked.DueAt.Equal(town.tx.Now.Add(2*time.Hour)) {
		t.Errorf("asked again: %+v", asked)
	}
	town.sound()
	done(town, town.desk, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "车主失联，已联系拖车"})
	done(town, town.dispatcher, casework.ReplyToOrder, casework.ReplyInput{Order: street.ID, Text: "已到场督促"})
	accepted := done(town, town.supervisor, casework.DecideReply, casework.DecideReplyInput{Order: o.ID, Accept: true})
	if accepted.State != casework.OrderAccepted || accepted.EndedAt == nil {
		t.Errorf("accepted: %+v", accepted)
	}
	town.flush()
	town.same("replies", town.texts(`select text || ' ' || coalesce(accepted::text, '?') from order_replies where order_id = $1 order by replied_at, id`, o.ID),
		[]string{"在办 false", "车主失联，已联系拖车 true"})
	town.same("the desk hears", town.texts(`select kind from messages where person_id = $1 and kind like 'order%' order by id`, town.desk.ID),
		[]string{"order_made", "order_asked_again", "order_accepted"})
	town.runs(c, "dispose total")
	town.sound()
}

func TestOneOrderIsOwedAtATime(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.orders()
	c := town.working()
	first := done(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(c), Text: "请说明"})
	town.presses(tenOClock.Add(2 * time.Hour))
	if got := all(town, c, casework.OrdersOf); len(got) != 1 || got[0].ID != first.ID {
		t.Errorf("%d orders", len(got))
	}
	town.same("the step itself fires", town.texts(`select detail->>'action' from case_events where kind = 'pressed' and detail->>'stage' = 'dispose'`),
		[]string{"supervision_order", "require_acknowledgement"}) // the street has no desk, so the next step comes at once
}

func TestTheStreetOwesWhereTheClockIsTheStreets(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.orders()
	c := town.checking()
	town.presses(c.FiledAt.Add(2 * time.Hour))
	o := town.order(c)
	if o.Department != nil || *o.Stage != escalation.Check {
		t.Fatalf("%+v", o)
	}
	_, err := as(town, town.desk, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "不是我们"})
	town.refused("the department's desk", err, "ACTION_NOT_YOURS", "")
	// The reply's steps for a department's desk find nobody there, and the next one fires at once.
	town.presses(c.FiledAt.Add(3 * time.Hour))
	town.same("for the reply", town.texts(`select detail->>'action' from case_events where kind = 'pressed' and detail->>'stage' = 'reply' order by id`),
		[]string{"remind", "require_acknowledgement"})
	if got := town.texts(`select kind from messages where person_id = $1 and kind = 'case_pressed'`, town.desk.ID); len(got) > 0 {
		t.Errorf("the desk heard of what the street owes: %v", got)
	}
	done(town, town.lead, casework.ReplyToOrder, casework.ReplyInput{Order: o.ID, Text: "已安排网格员"})
	town.sound()
}

func TestAnOrderEndsWithTheCaseOrWithTheDepartmentsPart(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.seen(town.checking(), true)
	done(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(c), Text: "请说明"})
	done(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(c), Text: "请说明", Street: true})
	c = done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: true})
	town.is(c, casework.Closed)
	town.same("after closing", town.texts(`select state from supervision_orders where case_id = $1`, c.ID), []string{"ended", "ended"})
	_, err := as(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(c), Text: "请说明"})
	town.refused("ordering what is closed", err, "ACTION_NOT_POSSIBLE", "")

	r := town.routed()
	done(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(r), Text: "请接件"})
	done(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(r), Text: "请督促", Street: true})
	r = done(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: of(r), Note: "派错"})
	town.is(r, casework.Filed)
	town.same("after the recall", town.texts(`select coalesce(department, 'street') || ' ' || state from supervision_orders where case_id = $1 order by id`, r.ID),
		[]string{"fire ended", "street due"})
}

func TestAnOrderIsRefusedWithCodeAndPath(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	for name, refusal := range map[string]struct {
		who        *actor.Actor
		in         casework.OrderInput
		code, path string
	}{
		"no words":            {town.supervisor, casework.OrderInput{Target: of(c), Text: " "}, "TEXT_MISSING", "text"},
		"no time":             {town.supervisor, casework.OrderInput{Target: of(c), Text: "x", Limit: &calendar.Limit{Unit: calendar.UrgentHour}}, "LIMIT_NUMBER", "limit.number"},
		"a unit of nobody":    {town.supervisor, casework.OrderInput{Target: of(c), Text: "x", Limit: &calendar.Limit{Number: 1, Unit: "week"}}, "LIMIT_UNIT", "limit.unit"},
		"the dispatcher":      {town.dispatcher, casework.OrderInput{Target: of(c), Text: "x"}, "ACTION_NOT_YOURS", ""},
		"who does not see it": {town.urban, casework.OrderInput{Target: of(c), Text: "x"}, "CASE_NOT_FOUND", "case"},
	} {
		_, err := as(town, refusal.who, casework.OrderSupervision, refusal.in)
		town.refused(name, err, refusal.code, refusal.path)
	}
	town.exec(`delete from stage_limits where stage = 'reply'`)
	_, err := as(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(c), Text: "x"})
	town.refused("no limit published", err, "STAGE_LIMIT_MISSING", "limit")
}

func TestWithoutAPublishedLimitALadderOrdersWithoutOne(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.orders()
	town.exec(`delete from stage_limits where stage = 'reply'`)
	c := town.working()
	town.presses(tenOClock.Add(2 * time.Hour))
	if o := town.order(c); o.ClockID != nil || o.DueAt != nil || o.State != casework.OrderDue {
		t.Errorf("%+v", o)
	}
	done(town, town.desk, casework.ReplyToOrder, casework.ReplyInput{Order: town.order(c).ID, Text: "在办"})
	town.sound()
}
