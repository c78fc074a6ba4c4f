package notify_test

import (
	"context"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// nagged is somebody with a telephone, who gets hushed texts as time goes by.
type nagged struct {
	*testing.T
	ctx context.Context
	tx  *pg.Tx
	who *actor.Actor
}

func nag(t *testing.T, rule notify.QuietRule) *nagged {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	tx.Now = noon
	n := &nagged{t, ctx, tx, fixture.Person(t, ctx, tx, fixture.Phone(number))}
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""))
	must(notify.PublishQuiet(ctx, tx, rule))(t)
	tx.Actor = actor.System("test")
	return n
}

var usual = notify.QuietRule{NightBegins: "21:00", NightEnds: "08:00", BundleMinutes: 3, PerHour: 2, PerDay: 4}

// text sends one more message so long after noon, urgent or hushed.
func (n *nagged) text(after time.Duration, urgent bool) {
	n.Helper()
	n.tx.Now = noon.Add(after)
	notify.Send(n.tx, notify.Message{Person: &n.who.ID, Kind: notify.CasePressed, NeedsAck: true, Urgent: urgent, Hush: true})
	flush(n, n.ctx, n.tx)
}

// sent is how many texts have left so long after noon, and how many messages they tell of.
func (n *nagged) sent(after time.Duration) (texts, told int) {
	n.Helper()
	n.tx.Now = noon.Add(after)
	must(notify.Release(n.ctx, n.tx, 100))(n)
	flush(n, n.ctx, n.tx)
	texts = val[int](n, n.ctx, n.tx, `select count(*) from outbox where kind = 'message.deliver'`)
	told = val[int](n, n.ctx, n.tx, `select coalesce(sum(messages), 0)::integer from deliveries where left_at is not null`)
	return texts, told
}

func (n *nagged) expects(after time.Duration, texts, told int) {
	n.Helper()
	gotTexts, gotTold := n.sent(after)
	if gotTexts != texts || gotTold != told {
		n.Errorf("after %s: %d texts of %d messages, want %d of %d", after, gotTexts, gotTold, texts, told)
	}
}

func TestWhatComesWithinMinutesLeavesAsOneText(t *testing.T) {
	t.Parallel()
	n := nag(t, usual)
	n.text(0, false)
	n.text(2*time.Minute, false)
	n.expects(2*time.Minute+59*time.Second, 0, 0)
	n.expects(3*time.Minute, 1, 2)
	n.text(4*time.Minute, false)
	n.expects(7*time.Minute, 2, 3)
}

func TestBeyondThePersonsCapTextsWaitForTheNextOneAndNoneIsDropped(t *testing.T) {
	t.Parallel()
	n := nag(t, usual)
	for i := range 6 {
		n.text(time.Duration(i)*10*time.Minute, false)
		n.sent(time.Duration(i)*10*time.Minute + 3*time.Minute)
	}
	n.expects(59*time.Minute, 2, 2) // two an hour, at 3 and 13 minutes
	n.expects(62*time.Minute, 2, 2)
	n.expects(63*time.Minute, 3, 6) // what has waited meanwhile, in one
	n.text(70*time.Minute, false)
	n.expects(73*time.Minute, 4, 7)
	n.text(3*time.Hour, false)
	n.expects(4*time.Hour, 4, 7) // four a day
	n.expects(24*time.Hour+2*time.Minute, 4, 7)
	n.expects(24*time.Hour+3*time.Minute, 5, 8)
	equal(t, "messages in the inbox", val[int](t, n.ctx, n.tx, `select count(*) from messages where person_id = $1`, n.who.ID), 8)
}

func TestUrgentTextsKnowNoCapAndNoNight(t *testing.T) {
	t.Parallel()
	n := nag(t, usual)
	for i := range 5 {
		n.text(time.Duration(i)*time.Minute, true)
	}
	n.expects(5*time.Minute, 5, 5)
	n.text(6*time.Minute, false)
	n.expects(10*time.Minute, 5, 5) // and they count for the others' turn
	n.text(12*time.Hour, true)
	n.expects(12*time.Hour, 6, 6)
}

func TestTheRuleThatHoldsDecidesAlsoWhatWaitsAlready(t *testing.T) {
	t.Parallel()
	n := nag(t, usual)
	n.text(8*time.Hour+58*time.Minute, false) // 20:58; the night begins before its bundle ends
	n.expects(9*time.Hour+1*time.Minute, 0, 0)
	n.expects(19*time.Hour+59*time.Minute, 0, 0)
	n.expects(20*time.Hour, 1, 1)

	n.text(34*time.Hour, false) // 22:00 of the next day
	fixture.Do(n.tx, fixture.Person(t, n.ctx, n.tx, fixture.As(actor.Admin, fixture.CityCode, "")), func() {
		must(notify.PublishQuiet(n.ctx, n.tx, notify.QuietRule{NightBegins: "00:00", NightEnds: "00:00", BundleMinutes: 1, PerHour: 10, PerDay: 10}))(t)
	})
	n.expects(34*time.Hour+3*time.Minute, 2, 2)
}

func TestANightMayBeginAfterMidnight(t *testing.T) {
	t.Parallel()
	rule := usual
	rule.NightBegins, rule.NightEnds = "01:30", "06:00"
	n := nag(t, rule)
	n.text(13*time.Hour+20*time.Minute, false) // 01:20
	n.expects(13*time.Hour+23*time.Minute, 1, 1)
	n.text(13*time.Hour+30*time.Minute, false)
	n.expects(17*time.Hour+59*time.Minute, 1, 1)
	n.expects(18*time.Hour, 2, 2)
}

func TestAQuietRuleIsPublishedByTheCitysAdministratorsAndMakesSense(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.District, ""))
	if _, err := notify.PublishQuiet(ctx, tx, usual); !fault.Is(err, "NOT_ALLOWED") {
		t.Errorf("a district's administrator: %v", err)
	}
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""))
	for name, c := range map[string]struct {
		spoil      func(*notify.QuietRule)
		code, path string
	}{
		"no hour":           {func(q *notify.QuietRule) { q.NightBegins = "25:00" }, "QUIET_TIME", "nightBegins"},
		"a sloppy hour":     {func(q *notify.QuietRule) { q.NightEnds = "8:00" }, "QUIET_TIME", "nightEnds"},
		"no bundle":         {func(q *notify.QuietRule) { q.BundleMinutes = 0 }, "QUIET_BUNDLE", "bundleMinutes"},
		"silence for good":  {func(q *notify.QuietRule) { q.PerHour = 0 }, "QUIET_CAP", "perHour"},
		"a day of no hours": {func(q *notify.QuietRule) { q.PerDay = 1 }, "QUIET_CAP", "perDay"},
	} {
		rule := usual
		c.spoil(&rule)
		_, err := notify.PublishQuiet(ctx, tx, rule)
		if f, ok := fault.As(err); !ok || f.Code != c.code || f.Field != c.path {
			t.Errorf("%s: %v", name, err)
		}
	}
	before := must(notify.Quiet(ctx, tx))(t)
	after := must(notify.PublishQuiet(ctx, tx, usual))(t)
	equal(t, "version", after.Version, before.Version+1)
	flush(t, ctx, tx)
	equal(t, "audit rows", val[int](t, ctx, tx, `select count(*) from audits where action = 'quiet.publish'`), 1)
}
