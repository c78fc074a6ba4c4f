package notify_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/test/fixture"
)

var pressed = notify.Message{Kind: notify.CasePressed, NeedsAck: true, Params: map[string]any{"number": 7, "action": "remind", "percent": 80}}

func TestANotificationIsReadByTheBrowserAloneAndTheServiceIsToldWhoSendsIt(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	about := pg.NewID()
	m := pressed
	m.CaseID = &about
	id := b.sent(m)
	for range 2 { // the second is a job that runs twice
		if err := b.deliver(id); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "state", deliveryOf(t, b.ctx, b.db, id), "sent 1 ")
	equal(t, "requests", len(b.service.heard), 1)
	said := b.opened(0)
	equal(t, "title", said.Title, "催办：案件 7")
	equal(t, "text", said.Text, "案件 7，已用时限 80%，请尽快处理。")
	equal(t, "language", said.Language, "zh")
	equal(t, "tag", said.Tag, "pressed "+about.String())
	equal(t, "kind", said.Kind, notify.CasePressed)
	equal(t, "leads to", said.Open, "/field#duties")
	equal(t, "presses", said.Urgent, true)
	if strings.Contains(string(b.service.bodies[0]), "催办") {
		t.Error("the push service can read it")
	}

	r, claims := b.service.heard[0], b.vouched(0)
	equal(t, "path", r.URL.Path, "/of/a/browser")
	equal(t, "encoding", r.Header.Get("Content-Encoding"), "aes128gcm")
	equal(t, "urgency", r.Header.Get("Urgency"), "high")
	equal(t, "life", r.Header.Get("TTL"), "43200")
	if topic := r.Header.Get("Topic"); len(topic) != 32 || strings.ContainsAny(topic, "+/=") {
		t.Errorf("topic %q", topic)
	}
	equal(t, "for", claims.Aud, b.service.URL)
	equal(t, "from", claims.Sub, "mailto:city@example.org")
	if left := time.Until(time.Unix(claims.Exp, 0)); left < time.Hour || left > 24*time.Hour {
		t.Errorf("good for %s", left)
	}
}

func TestANewerNotificationOfTheSameTakesTheOldersPlace(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	alarm := pg.NewID()
	for _, m := range []notify.Message{
		{Kind: notify.AlarmRaised, Urgent: true, AlarmID: &alarm, Params: map[string]any{"worker": "王芳"}},
		{Kind: notify.AlarmEnded, AlarmID: &alarm, Params: map[string]any{"worker": "王芳", "over": "safe"}},
		{Kind: notify.TaskOffered, Params: map[string]any{"campaign": "消防通道"}},
	} {
		if err := b.deliver(b.sent(m)); err != nil {
			t.Fatal(err)
		}
	}
	topic := func(n int) string { return b.service.heard[n].Header.Get("Topic") }
	equal(t, "the same tag", b.opened(0).Tag == b.opened(1).Tag && b.opened(1).Tag != b.opened(2).Tag, true)
	equal(t, "the same topic", topic(0) == topic(1) && topic(1) != topic(2), true)
	equal(t, "leads to", b.opened(0).Open, "/field#help")
	for n, want := range [][2]string{{"high", "3600"}, {"normal", "3600"}, {"normal", "43200"}} {
		r := b.service.heard[n].Header
		equal(t, "urgency and life", [2]string{r.Get("Urgency"), r.Get("TTL")}, want)
	}
}

func TestWhatAPushServiceAnswersIsWhatBecomesOfADelivery(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	for status, want := range map[int]struct {
		state string
		again bool // it is tried again
		left  int  // subscriptions
	}{
		http.StatusCreated:             {"sent 1 ", false, 1},
		http.StatusOK:                  {"sent 1 ", false, 1},
		http.StatusNotFound:            {"moot 0 gone", false, 0},
		http.StatusGone:                {"moot 0 gone", false, 0},
		http.StatusBadRequest:          {"dead 1 http_400", false, 1},
		http.StatusForbidden:           {"pending 1 http_403", true, 1},
		http.StatusTooManyRequests:     {"pending 1 http_429", true, 1},
		http.StatusInternalServerError: {"pending 1 http_500", true, 1},
		http.StatusServiceUnavailable:  {"pending 1 http_503", true, 1},
		http.StatusFound:               {"dead 1 http_302", false, 1},
	} {
		b.service.statuses = []int{status}
		b.write(b.subscribe) // again, if the one before ended it
		id := b.sent(pressed)
		if err := b.deliver(id); (err != nil) != want.again {
			t.Errorf("%d: %v", status, err)
		}
		equal(t, http.StatusText(status), deliveryOf(t, b.ctx, b.db, id), want.state)
		read(t, b.ctx, b.db, func(tx *pg.Tx) {
			equal(t, http.StatusText(status)+": subscriptions", val[int](t, b.ctx, tx, `select count(*) from push_subscriptions`), want.left)
		})
	}
}

func TestAPushServiceIsLeftAloneForAsLongAsItAsks(t *testing.T) {
	t.Parallel()
	b := subscribed(t, http.StatusTooManyRequests)
	b.service.after = "120"
	id := b.sent(pressed)
	for range 3 { // whoever comes too early asks nobody, and it is no try
		var asked interface{ After() time.Duration } // as the queue reads it
		err := b.deliver(id)
		if !errors.As(err, &asked) || asked.After() < time.Minute || asked.After() > 2*time.Minute {
			t.Fatalf("the queue is told %v", err)
		}
	}
	equal(t, "requests", len(b.service.heard), 1)
	equal(t, "meanwhile", deliveryOf(t, b.ctx, b.db, id), "pending 1 http_429")
	b.at(noon.Add(3 * time.Minute))
	if err := b.deliver(id); err != nil {
		t.Fatal(err)
	}
	equal(t, "afterwards", deliveryOf(t, b.ctx, b.db, id), "sent 2 ")
}

// Prevents: a lost handheld, or one that is somebody else's by now, that goes on showing its former owner's work.
func TestNothingIsShownAnyMoreOnceWhatItStandsOnIsGone(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]string{
		"signed out":         `update sessions set revoked_at = $2 where person_id = $1`,
		"the session over":   `update sessions set expires_at = $2 where person_id = $1`,
		"handheld revoked":   `update devices set revoked_at = $2, revoked_by = person_id, revoke_reason = 'lost' where person_id = $1`,
		"grant withdrawn":    `update grants set revoked_at = $2 where person_id = $1`,
		"account closed":     `update people set disabled_at = $2 where id = $1`,
		"switched off":       `delete from push_subscriptions where person_id = $1 and $2::timestamptz is not null`,
		"given to a browser": `update push_subscriptions set person_id = (select id from people where id <> $1 limit 1) where person_id = $1 and $2::timestamptz is not null`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := subscribed(t)
			id := b.sent(pressed)
			b.write(func(tx *pg.Tx) error {
				fixture.Person(t, b.ctx, tx)
				_, err := tx.Exec(b.ctx, end, b.who.ID, tx.Now)
				return err
			})
			if err := b.deliver(id); err != nil {
				t.Fatal(err)
			}
			equal(t, "state", deliveryOf(t, b.ctx, b.db, id), "moot 0 no_subscription")
			equal(t, "requests", len(b.service.heard), 0)
			b.write(func(tx *pg.Tx) error { return notify.ForgetSubscriptions(b.ctx, tx) })
			read(t, b.ctx, b.db, func(tx *pg.Tx) {
				left := val[int](t, b.ctx, tx, `select count(*) from push_subscriptions`)
				equal(t, "secrets that are kept", left, map[bool]int{false: 0, true: left}[name == "given to a browser"])
			})
		})
	}
}

func TestOfWhatOnlyNamedPeopleMayKnowANotificationSaysThatItIsThere(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	m := pressed
	b.write(func(tx *pg.Tx) error {
		fixture.City(t, b.ctx, tx)
		fixture.Standards(t, b.ctx, tx)
		event := caseEvent(t, b.ctx, tx, true)
		about := val[uuid.UUID](t, b.ctx, tx, `select case_id from case_events where id = $1`, event)
		m.CaseID = &about
		return nil
	})
	if err := b.deliver(b.sent(m)); err != nil {
		t.Fatal(err)
	}
	if said := b.opened(0); said.Title != "新消息" || said.Text != "请打开平台查看。" {
		t.Errorf("%q %q", said.Title, said.Text)
	}
}

func TestANotificationLeadsToWhatIsToBeDone(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	var mine, another uuid.UUID
	check := pg.NewID()
	b.write(func(tx *pg.Tx) error {
		fixture.City(t, b.ctx, tx)
		fixture.Standards(t, b.ctx, tx)
		caseOf := func(event uuid.UUID) uuid.UUID {
			return val[uuid.UUID](t, b.ctx, tx, `select case_id from case_events where id = $1`, event)
		}
		mine, another = caseOf(caseEvent(t, b.ctx, tx, false)), caseOf(caseEvent(t, b.ctx, tx, false))
		_, err := tx.Exec(b.ctx, `insert into check_tasks (id, case_id, round, cell, street, assignee_id, state, asked_at) values ($1, $2, 1, $3, $4, $5, 'open', $6)`,
			check, mine, fixture.Cell(fixture.Nanyuan, 0), fixture.Nanyuan, b.who.ID, tx.Now)
		return err
	})
	leads := func(n int, of *uuid.UUID, want string) {
		t.Helper()
		if err := b.deliver(b.sent(notify.Message{Kind: notify.CheckAsked, CaseID: of, Params: map[string]any{"number": 7}})); err != nil {
			t.Fatal(err)
		}
		equal(t, "leads to", b.opened(n).Open, want)
	}
	leads(0, &mine, "/field#duty/"+check.String())
	leads(1, &another, "/field#duties")
	b.write(func(tx *pg.Tx) error {
		fixture.Grant(t, b.ctx, tx, b.who, actor.Handler, fixture.Nanyuan, fixture.Fire)
		return nil
	})
	leads(2, &another, "/dept")
	leads(3, &mine, "/field#duty/"+check.String())
}

func TestAnEndpointIsNeverLedInsideOrElsewhere(t *testing.T) {
	t.Parallel()
	b := subscribed(t, http.StatusFound)
	for name, c := range map[string]struct {
		endpoint, state string
		policy          notify.Policy
	}{
		"this machine by name":   {"https://localhost" + b.service.URL[len("https://127.0.0.1"):], "dead 1 address_not_public", notify.Policy{}},
		"this machine":           {b.service.URL, "dead 1 address_not_public", notify.Policy{}},
		"a host not on the list": {"https://push.example.org/1", "dead 1 host_not_allowed", notify.Policy{Hosts: []string{"push.example.com"}}},
	} {
		push, err := notify.NewPush(pushKey, "mailto:city@example.org", c.policy)
		if err != nil {
			t.Fatal(err)
		}
		id := b.sent(pressed)
		b.write(func(tx *pg.Tx) error {
			_, err := tx.Exec(b.ctx, `update push_subscriptions set endpoint = $1`, c.endpoint)
			return err
		})
		if err := notify.Deliver(b.ctx, b.db, notify.Senders{Push: push}, id); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		equal(t, name, deliveryOf(t, b.ctx, b.db, id), c.state)
	}
	equal(t, "requests that arrived", len(b.service.heard), 0)
}

func TestWithoutAKeyANotificationIsTriedAndKept(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	id := b.sent(pressed)
	b.push = nil
	if b.deliver(id) == nil {
		t.Error("it counts as delivered")
	}
	equal(t, "state", deliveryOf(t, b.ctx, b.db, id), "pending 1 not_configured")
}

func TestWhatPressesOrPutsWorkIntoTheDayIsShownAndTheRestIsNot(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	b.write(func(tx *pg.Tx) error {
		for _, kind := range notify.Kinds {
			notify.Send(tx, notify.Message{Person: &b.who.ID, Kind: kind})
		}
		notify.Send(tx, notify.Message{Person: &b.who.ID, Kind: notify.CaseClosed, Urgent: true}, notify.Message{Person: &b.who.ID, Kind: notify.OrderMade, NeedsAck: true},
			notify.Message{Mark: []byte("a reporter"), Kind: notify.ClueOutcome, Urgent: true})
		flush(t, b.ctx, tx)
		return nil
	})
	read(t, b.ctx, b.db, func(tx *pg.Tx) {
		shown := must(pg.Vals[string](b.ctx, tx, `select m.kind from deliveries d join messages m on m.id = d.message_id where d.channel = 'push' order by m.kind`))(t)
		want := []string{"alarm_answered", "alarm_ended", "alarm_overdue", "alarm_raised", "case_closed", "case_resumed", "check_asked", "disposal_sent_back", "handler_named",
			"offer_answered", "order_asked_again", "order_made", "reinspection_asked", "task_assigned", "task_given", "task_offered", "task_taken", "verify_asked"}
		if !slices.Equal(shown, want) {
			t.Errorf("shown %v", shown)
		}
		equal(t, "jobs", val[int](t, b.ctx, tx, `select count(*) from outbox where kind = 'message.push'`), len(want))
		equal(t, "texts beside them", val[int](t, b.ctx, tx, `select count(*) from deliveries where channel = 'sms'`), 2)
		equal(t, "ids of version 7", val[int](t, b.ctx, tx, `select count(distinct id) from deliveries where channel = 'push' and substring(id::text from 15 for 1) = '7'`), len(want))
	})
}
