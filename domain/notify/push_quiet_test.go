package notify_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// released lets the chore come by, and returns the notifications that are on their way because of it.
func (b *browser) released() (ids []uuid.UUID) {
	b.Helper()
	b.write(func(tx *pg.Tx) error {
		before := must(pg.Vals[uuid.UUID](b.ctx, tx, `select id from outbox`))(b)
		must(notify.Release(b.ctx, tx, 100))(b)
		flush(b, b.ctx, tx)
		ids = must(pg.Vals[uuid.UUID](b.ctx, tx, `select (payload->>'delivery')::uuid from outbox where kind = 'message.push'
			and id <> all($1) order by id`, before))(b)
		return nil
	})
	return ids
}

// night is one of the handheld's: its session lasts until the morning.
func night(t *testing.T) *browser {
	t.Helper()
	b := subscribed(t)
	b.write(func(tx *pg.Tx) error {
		_, err := tx.Exec(b.ctx, `update sessions set expires_at = $1`, midnight.Add(24*time.Hour))
		return err
	})
	b.at(midnight)
	return b
}

func TestByNightOnlyWhatPressesIsShown(t *testing.T) {
	t.Parallel()
	b := night(t)
	task := notify.Message{Kind: notify.TaskAssigned, Params: map[string]any{"campaign": "消防通道", "count": 3}}
	urgent := pressed
	urgent.Urgent = true
	alarm := pg.NewID()
	over := notify.Message{Kind: notify.AlarmEnded, AlarmID: &alarm, Params: map[string]any{"worker": "王芳", "over": "safe"}} // or its call stays on the screen
	first, second, third, fourth := b.sent(task), b.sent(urgent), b.sent(task), b.sent(over)
	for _, id := range []uuid.UUID{first, second, third, fourth} {
		if err := b.deliver(id); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "shown by night", len(b.service.heard), 2)
	equal(t, "what rests", deliveryOf(t, b.ctx, b.db, first), "pending 0 ")
	equal(t, "released by night", len(b.released()), 0)

	b.at(midnight.Add(9 * time.Hour))
	morning := b.released()
	equal(t, "released by day", len(morning), 1)
	if err := b.deliver(morning[0]); err != nil {
		t.Fatal(err)
	}
	said := b.opened(2)
	equal(t, "says how many", said.Title, "您有 2 条待处理消息，请登录查看。")
	equal(t, "tag", said.Tag, "waiting")
	equal(t, "the other one", deliveryOf(t, b.ctx, b.db, third), "bundled 0 ")
	equal(t, "released again", len(b.released()), 0)
}

func TestWhatWasReadMeanwhileIsNotShown(t *testing.T) {
	t.Parallel()
	b := night(t)
	hushed := pressed
	hushed.Hush = true
	waiting, task := b.sent(hushed), b.sent(notify.Message{Kind: notify.TaskTaken})
	b.write(func(tx *pg.Tx) error {
		_, err := tx.Exec(b.ctx, `update messages set read_at = $1`, tx.Now)
		return err
	})
	b.at(midnight.Add(9 * time.Hour))
	if err := b.deliver(task); err != nil {
		t.Fatal(err)
	}
	equal(t, "released", len(b.released()), 0)
	for _, id := range []uuid.UUID{waiting, task} {
		equal(t, "state", deliveryOf(t, b.ctx, b.db, id), "moot 0 read")
	}
	equal(t, "shown", len(b.service.heard), 0)
}

// Texts that went out take no notification's turn, nor the other way round.
func TestBeyondTheCapNotificationsWaitAndEachWayHasItsOwn(t *testing.T) {
	t.Parallel()
	b := subscribed(t)
	b.write(func(tx *pg.Tx) error {
		fixture.Do(tx, fixture.Person(t, b.ctx, tx, fixture.As(actor.Admin, fixture.CityCode, "")), func() { must(notify.PublishQuiet(b.ctx, tx, usual))(t) })
		return nil
	})
	task := notify.Message{Kind: notify.TaskOffered, Params: map[string]any{"campaign": "消防通道"}}
	for range 4 {
		if err := b.deliver(b.sent(task)); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "shown at once", len(b.service.heard), usual.PerHour)
	b.at(noon.Add(61 * time.Minute))
	later := b.released()
	equal(t, "released", len(later), 1)
	if err := b.deliver(later[0]); err != nil {
		t.Fatal(err)
	}
	equal(t, "says how many", b.opened(2).Title, "您有 2 条待处理消息，请登录查看。")

	hushed := pressed
	hushed.Hush = true
	b.sent(hushed)
	b.at(noon.Add(65 * time.Minute))
	equal(t, "a hushed one leaves when its minutes are over", len(b.released()), 1)
	read(t, b.ctx, b.db, func(tx *pg.Tx) {
		equal(t, "and so does its text", val[int](t, b.ctx, tx, `select count(*) from outbox where kind = 'message.deliver'`), 1)
	})
}
