package notify_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
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

func TestAHookHearsSignedCodesAndNoWordOfTheCase(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	p := newProvider(t)
	var secret []byte
	var event uuid.UUID
	city(t, ctx, db)
	write(t, ctx, db, func(tx *pg.Tx) (err error) {
		tx.Actor = actor.System("test")
		_, secret, err = notify.AddWebhook(ctx, tx, p.policy(), notify.Webhook{URL: p.URL + "/cases", Region: fixture.District})
		event = caseEvent(t, ctx, tx, false)
		return err
	})

	delivery := fanOut(t, ctx, db, event)
	if len(delivery) != 1 || len(fanOut(t, ctx, db, event)) != 1 {
		t.Fatal("one hook, one event, one delivery")
	}
	if err := notify.Deliver(ctx, db, notify.Senders{Hooks: notify.NewHooks(p.policy())}, delivery[0]); err != nil {
		t.Fatal(err)
	}

	equal(t, "state", deliveryOf(t, ctx, db, delivery[0]), "sent 1 ")
	r, body := p.heard[0], p.bodies[0]
	seconds, _ := strconv.ParseInt(r.Header.Get(notify.HeaderTimestamp), 10, 64)
	equal(t, "signature", r.Header.Get(notify.HeaderSignature), "v1="+notify.Sign(secret, time.Unix(seconds, 0), body))
	equal(t, "key", r.Header.Get(notify.HeaderKey), event.String())
	var said struct {
		ID   uuid.UUID
		Kind string
		Case struct{ Street, Department string }
	}
	if err := json.Unmarshal(body, &said); err != nil {
		t.Fatal(err)
	}
	equal(t, "event", said.ID, event)
	equal(t, "kind", said.Kind, "accepted")
	equal(t, "street", said.Case.Street, fixture.Nanyuan)
	if strings.Contains(string(body), "楼道") {
		t.Errorf("the text of the case left the platform: %s", body)
	}
}

func TestHooksHearOnlyOfTheirRegionAndDepartmentAndNeverOfRestrictedCases(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	city(t, ctx, db)
	p := newProvider(t)
	var open, restricted uuid.UUID
	write(t, ctx, db, func(tx *pg.Tx) error {
		tx.Actor = actor.System("test")
		urban := fixture.Urban
		for _, hook := range []notify.Webhook{{URL: p.URL, Region: fixture.Yuanling}, {URL: p.URL, Region: fixture.District, Department: &urban}} {
			if _, _, err := notify.AddWebhook(ctx, tx, p.policy(), hook); err != nil {
				return err
			}
		}
		retired, _, err := notify.AddWebhook(ctx, tx, p.policy(), notify.Webhook{URL: p.URL, Region: fixture.Nanyuan})
		if err != nil {
			return err
		}
		open, restricted = caseEvent(t, ctx, tx, false), caseEvent(t, ctx, tx, true)
		return notify.RetireWebhook(ctx, tx, retired.ID)
	})
	equal(t, "told elsewhere", len(fanOut(t, ctx, db, open)), 0)

	write(t, ctx, db, func(tx *pg.Tx) error {
		tx.Actor = actor.System("test")
		_, _, err := notify.AddWebhook(ctx, tx, p.policy(), notify.Webhook{URL: p.URL, Region: fixture.CityCode})
		return err
	})
	equal(t, "told of the restricted case", len(fanOut(t, ctx, db, restricted)), 0)
	equal(t, "told of the open case", len(fanOut(t, ctx, db, open)), 1)
}

// A job may come late: the filing of a case was told to the department that it was routed to meanwhile, and a department that had
// given a case away never heard that it had had it.
func TestADepartmentHearsOfWhatHappenedWhileItHadTheCase(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	city(t, ctx, db)
	p := newProvider(t)
	fire, urban := fixture.Fire, fixture.Urban
	var filed, routed, lost, elsewhere uuid.UUID
	write(t, ctx, db, func(tx *pg.Tx) error {
		tx.Actor = actor.System("test")
		_, _, err := notify.AddWebhook(ctx, tx, p.policy(), notify.Webhook{URL: p.URL, Region: fixture.District, Department: &fire})
		filed, routed = caseEvent(t, ctx, tx, false), caseEvent(t, ctx, tx, false)
		lost, elsewhere = caseEvent(t, ctx, tx, false), caseEvent(t, ctx, tx, false)
		return err
	})
	write(t, ctx, db, func(tx *pg.Tx) error { // and now urban management has it
		_, err := tx.Exec(ctx, "update cases set department = $1 where id in (select case_id from case_events where id = $2)", urban, routed)
		return err
	})
	equal(t, "told of a filing", len(fanOutOf(t, ctx, db, notify.FanOutJob{CaseEvent: filed})), 0)
	equal(t, "told of what it had", len(fanOutOf(t, ctx, db, notify.FanOutJob{CaseEvent: routed, Department: &fire})), 1)
	equal(t, "told of what it lost", len(fanOutOf(t, ctx, db, notify.FanOutJob{CaseEvent: lost, Department: &urban, Had: fire})), 1)
	equal(t, "told of what others had", len(fanOutOf(t, ctx, db, notify.FanOutJob{CaseEvent: elsewhere, Department: &urban})), 0)
}

func TestAHookIsNeverLedInsideOrElsewhere(t *testing.T) {
	t.Parallel()
	p := newProvider(t, http.StatusFound)
	inside := p.policy()
	inside.Private = nil
	elsewhere := p.policy()
	elsewhere.Hosts = []string{"other.example"}
	named := inside
	named.Hosts = []string{"localhost"}
	for name, try := range map[string]struct {
		policy notify.Policy
		url    string
		want   string
	}{
		"this machine by http":   {inside, p.URL, "dead 1 not_https"},
		"this machine by https":  {inside, strings.Replace(p.URL, "http", "https", 1), "dead 1 address_not_public"},
		"this machine by name":   {named, strings.Replace(p.URL, "http://127.0.0.1", "https://localhost", 1), "dead 1 address_not_public"},
		"a host not on the list": {elsewhere, p.URL, "dead 1 host_not_allowed"},
		"a redirect":             {p.policy(), p.URL, "dead 1 http_302"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, db := t.Context(), dbtest.DB(t)
			city(t, ctx, db)
			var event uuid.UUID
			write(t, ctx, db, func(tx *pg.Tx) error {
				_, err := tx.Exec(ctx, `insert into webhooks (id, url, secret, region, active, created_at) values ($1, $2, 'secret', '4403', true, $3)`,
					pg.NewID(), try.url, tx.Now)
				event = caseEvent(t, ctx, tx, false)
				return err
			})
			delivery := fanOut(t, ctx, db, event)[0]
			if err := notify.Deliver(ctx, db, notify.Senders{Hooks: notify.NewHooks(try.policy)}, delivery); err != nil {
				t.Fatal(err)
			}
			equal(t, "state", deliveryOf(t, ctx, db, delivery), try.want)
		})
	}
	equal(t, "requests that arrived", len(p.heard), 1) // the redirect's own
}

func TestWebhooksAreForAdministratorsOfTheRegion(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	p := newProvider(t)
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.Yuanling, ""))
	if _, _, err := notify.AddWebhook(ctx, tx, p.policy(), notify.Webhook{URL: p.URL, Region: fixture.Nanyuan}); !fault.Is(err, "NOT_ALLOWED") {
		t.Errorf("a foreign region: %v", err)
	}
	_, _, err := notify.AddWebhook(ctx, tx, p.policy(), notify.Webhook{URL: "https://elsewhere.example", Region: fixture.Yuanling})
	if f, ok := fault.As(err); !ok || f.Code != "WEBHOOK_URL" || f.Field != "url" {
		t.Errorf("a host not on the list: %v", err)
	}
	if _, _, err := notify.AddWebhook(ctx, tx, p.policy(), notify.Webhook{URL: p.URL, Region: fixture.Yuanling}); err != nil {
		t.Fatal(err)
	}
	own := must(notify.Webhooks(ctx, tx))(t)
	equal(t, "own hooks", len(own), 1)
	fixture.Do(tx, fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.Nanyuan, "")), func() {
		equal(t, "hooks seen by a neighbour", len(must(notify.Webhooks(ctx, tx))(t)), 0)
		if err := notify.RetireWebhook(ctx, tx, own[0].ID); !fault.Is(err, "WEBHOOK_NOT_FOUND") {
			t.Errorf("retired by a neighbour: %v", err)
		}
	})
}

func city(t *testing.T, ctx context.Context, db *pg.DB) {
	t.Helper()
	write(t, ctx, db, func(tx *pg.Tx) error {
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		return nil
	})
}

// caseEvent is an event of a fire case in Nanyuan.
func caseEvent(t *testing.T, ctx context.Context, tx *pg.Tx, restricted bool) uuid.UUID {
	t.Helper()
	id, event := pg.NewID(), pg.NewID()
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	_, err := tx.Exec(ctx, `insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text, point, cell, street,
			standard_id, department, restricted, clue_count, filed_at)
		select $1, 'event', 'working', 1, 1, 0, 0, $2, true, 1, 'clue', '楼道堆物', st_setsrid(st_makepoint($3, $4), 4326), $5, $6, id, department, $7, 1, $8
		from filing_standards where category = $2`, id, fixture.BlockedExit, lon, lat, fixture.Cell(fixture.Nanyuan, 0), fixture.Nanyuan, restricted, tx.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, `insert into case_events (id, case_id, round, at, kind, actor_role, detail) values ($1, $2, 1, $3, 'accepted', 'department_desk', '{}')`,
		event, id, tx.Now); err != nil {
		t.Fatal(err)
	}
	return event
}

// fanOut runs the job of an event that happened while fire had the case, and returns its deliveries.
func fanOut(t *testing.T, ctx context.Context, db *pg.DB, event uuid.UUID) []uuid.UUID {
	t.Helper()
	fire := fixture.Fire
	return fanOutOf(t, ctx, db, notify.FanOutJob{CaseEvent: event, Department: &fire})
}

func fanOutOf(t *testing.T, ctx context.Context, db *pg.DB, job notify.FanOutJob) (ids []uuid.UUID) {
	t.Helper()
	write(t, ctx, db, func(tx *pg.Tx) error { return notify.FanOut(ctx, tx, job) })
	read(t, ctx, db, func(tx *pg.Tx) {
		ids = must(pg.Vals[uuid.UUID](ctx, tx, `select id from deliveries where case_event_id = $1 order by id`, job.CaseEvent))(t)
	})
	return ids
}
