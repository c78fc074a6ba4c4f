package notify_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

const number = "+8613800000001"

// noon and midnight are the city's, by day and by night.
var (
	noon     = time.Date(2026, 3, 4, 4, 0, 0, 0, time.UTC)
	midnight = time.Date(2026, 3, 4, 16, 0, 0, 0, time.UTC)
)

func TestTextMessagesGoOutOnlyWhereItPressesAndANumberIsKnown(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Now = noon
	reachable := fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""), fixture.Phone(number))
	silent := fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))

	notify.Send(tx,
		notify.Message{Person: &reachable.ID, Kind: notify.CaseAssigned},
		notify.Message{Person: &reachable.ID, Kind: notify.CaseAssigned, Urgent: true},
		notify.Message{Person: &reachable.ID, Kind: notify.CasePressed, NeedsAck: true},
		notify.Message{Person: &silent.ID, Kind: notify.CasePressed, Urgent: true, NeedsAck: true},
		notify.Message{Mark: []byte("a reporter"), Kind: notify.ClueOutcome, Urgent: true})
	flush(t, ctx, tx)

	equal(t, "messages", val[int](t, ctx, tx, `select count(*) from messages`), 5)
	equal(t, "deliveries", val[int](t, ctx, tx, `select count(*) from deliveries where channel = 'sms' and held_until is null`), 2)
	equal(t, "jobs", val[int](t, ctx, tx, `select count(*) from outbox o join deliveries d on o.payload = jsonb_build_object('delivery', d.id)
		where o.kind = 'message.deliver'`), 2)
}

func TestHushedTextsOfANightLeaveInTheMorningAsOne(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Now = midnight
	tx.Actor = actor.System("test")
	desk := fixture.Person(t, ctx, tx, fixture.As(actor.DepartmentDesk, fixture.Nanyuan, "fire"), fixture.Phone(number))
	for range 3 {
		notify.Send(tx, notify.Message{Person: &desk.ID, Kind: notify.CasePressed, NeedsAck: true, Hush: true})
	}
	flush(t, ctx, tx)
	equal(t, "jobs by night", val[int](t, ctx, tx, `select count(*) from outbox`), 0)
	equal(t, "released by night", must(notify.Release(ctx, tx, 100))(t), 0)

	tx.Now = midnight.Add(8 * time.Hour)
	equal(t, "released by day", must(notify.Release(ctx, tx, 100))(t), 3)
	flush(t, ctx, tx)

	equal(t, "jobs by day", val[int](t, ctx, tx, `select count(*) from outbox`), 1)
	equal(t, "messages told of", val[int](t, ctx, tx, `select messages from deliveries d join outbox o on o.payload = jsonb_build_object('delivery', d.id)`), 3)
	equal(t, "released again", must(notify.Release(ctx, tx, 100))(t), 0)
}

func TestUrgentTextsDoNotWaitForTheMorning(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Now = midnight
	desk := fixture.Person(t, ctx, tx, fixture.Phone(number))
	notify.Send(tx, notify.Message{Person: &desk.ID, Kind: notify.CasePressed, Urgent: true, Hush: true})
	flush(t, ctx, tx)
	equal(t, "jobs", val[int](t, ctx, tx, `select count(*) from outbox`), 1)
}

func TestAnInboxShowsOnlyOnesOwnNewestFirstPageByPage(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	me, other := fixture.Person(t, ctx, tx), fixture.Person(t, ctx, tx)
	me.Mark = []byte("my mark")
	var mine []notify.Message
	for range 3 {
		mine = append(mine, notify.Message{Person: &me.ID, Kind: notify.CaseClosed}, notify.Message{Mark: me.Mark, Kind: notify.ClueOutcome})
	}
	notify.Send(tx, mine...)
	notify.Send(tx, notify.Message{Person: &other.ID, Kind: notify.CaseClosed}, notify.Message{Mark: []byte("another mark"), Kind: notify.ClueOutcome})
	flush(t, ctx, tx)
	tx.Actor = me

	first, more, err := notify.Inbox(ctx, tx, notify.Page{First: 4})
	if err != nil || len(first) != 4 || !more {
		t.Fatalf("first page: %d messages, more %v, %v", len(first), more, err)
	}
	second, more, err := notify.Inbox(ctx, tx, notify.Page{First: 4, Before: &first[3].ID})
	if err != nil || len(second) != 2 || more {
		t.Fatalf("second page: %d messages, more %v, %v", len(second), more, err)
	}

	for i, m := range append(first, second...) {
		equal(t, "message", m.ID, mine[len(mine)-1-i].ID)
	}
	equal(t, "unread", must(notify.Unread(ctx, tx))(t), 6)
	fixture.Do(tx, actor.Anonymous, func() {
		equal(t, "anonymous unread", must(notify.Unread(ctx, tx))(t), 0)
	})
}

func TestSomebodyElsesMessageIsNotFound(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	me, other := fixture.Person(t, ctx, tx), fixture.Person(t, ctx, tx)
	theirs := []notify.Message{{Person: &other.ID, Kind: notify.CasePressed, NeedsAck: true}}
	notify.Send(tx, theirs...)
	flush(t, ctx, tx)
	tx.Actor = me

	for name, verb := range map[string]func(context.Context, *pg.Tx, uuid.UUID) (notify.Message, error){
		"read": notify.MarkRead, "acknowledge": notify.Acknowledge} {
		if _, err := verb(ctx, tx, theirs[0].ID); !fault.Is(err, "MESSAGE_NOT_FOUND") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnAcknowledgementQuietsOnceAndExpires(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = fixture.Person(t, ctx, tx)
	sent := []notify.Message{{Person: &tx.Actor.ID, Kind: notify.CasePressed, NeedsAck: true, Quiet: time.Hour},
		{Person: &tx.Actor.ID, Kind: notify.CaseClosed}}
	notify.Send(tx, sent...)
	flush(t, ctx, tx)
	at := tx.Now

	first := must(notify.Acknowledge(ctx, tx, sent[0].ID))(t)
	equal(t, "quiet until", first.AckUntil.UTC(), at.Add(time.Hour))
	equal(t, "read with it", first.ReadAt.UTC(), at)
	tx.Now = at.Add(30 * time.Minute)
	equal(t, "within the quiet time", must(notify.Acknowledge(ctx, tx, sent[0].ID))(t).AckUntil.UTC(), at.Add(time.Hour))
	tx.Now = at.Add(time.Hour)
	equal(t, "after it", must(notify.Acknowledge(ctx, tx, sent[0].ID))(t).AckUntil.UTC(), at.Add(2*time.Hour))

	if _, err := notify.Acknowledge(ctx, tx, sent[1].ID); !fault.Is(err, "ACTION_NOT_POSSIBLE") {
		t.Errorf("a message that asks for nothing: %v", err)
	}
}

func flush(t testing.TB, ctx context.Context, tx *pg.Tx) {
	t.Helper()
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
}

func val[T any](t testing.TB, ctx context.Context, tx *pg.Tx, sql string, args ...any) T {
	t.Helper()
	return must(pg.Val[T](ctx, tx, sql, args...))(t)
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
