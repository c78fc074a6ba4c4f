package notify_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// provider is another system: it answers with the statuses it is given, then 204, and keeps what it heard.
type provider struct {
	*httptest.Server
	mu       sync.Mutex
	statuses []int
	heard    []*http.Request
	bodies   [][]byte
}

func newProvider(t *testing.T, statuses ...int) *provider {
	p := &provider{statuses: statuses}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.heard, p.bodies = append(p.heard, r), append(p.bodies, body)
		status := http.StatusNoContent
		if len(p.statuses) > 0 {
			status, p.statuses = p.statuses[0], p.statuses[1:]
		}
		if status == http.StatusFound {
			w.Header().Set("Location", p.URL+"/elsewhere")
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(p.Close)
	return p
}

// hooks may call the provider, which stands on this machine.
func (p *provider) policy() notify.Policy {
	return notify.Policy{Hosts: []string{"127.0.0.1"}, Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
}

func (p *provider) gateway(t *testing.T) notify.Senders {
	g, err := notify.NewGateway(p.URL, "token")
	if err != nil {
		t.Fatal(err)
	}
	return notify.Senders{SMS: g}
}

func TestATextReachesTheProviderOnceUnderItsOwnKey(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	id := urgentText(t, ctx, db)
	p := newProvider(t, http.StatusServiceUnavailable)
	out := p.gateway(t)

	if err := notify.Deliver(ctx, db, out, id); err == nil {
		t.Fatal("a provider that is down counts as delivered")
	}
	equal(t, "after a refusal", deliveryOf(t, ctx, db, id), "pending 1 http_503")
	for range 2 { // the second is a job that runs twice
		if err := notify.Deliver(ctx, db, out, id); err != nil {
			t.Fatal(err)
		}
	}

	equal(t, "after the answer", deliveryOf(t, ctx, db, id), "sent 2 ")
	equal(t, "requests", len(p.heard), 2)
	for i, r := range p.heard {
		equal(t, "key", r.Header.Get("Idempotency-Key"), id.String())
		equal(t, "token", r.Header.Get("Authorization"), "Bearer token")
		var said struct{ ID, Phone, Text string }
		if err := json.Unmarshal(p.bodies[i], &said); err != nil {
			t.Fatal(err)
		}
		equal(t, "phone", said.Phone, number)
		equal(t, "text", said.Text, "【新案件 7】案件 7已派给消防，请接件。")
	}
}

func TestWhatIsRefusedForGoodIsDeadAtOnceAndCanBeRequeued(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	id := urgentText(t, ctx, db)
	p := newProvider(t, http.StatusUnprocessableEntity)
	if err := notify.Deliver(ctx, db, p.gateway(t), id); err != nil {
		t.Fatalf("a final refusal is tried again: %v", err)
	}
	equal(t, "state", deliveryOf(t, ctx, db, id), "dead 1 http_422")

	admin := &actor.Actor{ID: uuid.Must(uuid.NewV7()), Grants: []actor.Grant{{Role: actor.Admin, Region: fixture.CityCode}}}
	write(t, actor.With(ctx, admin), db, func(tx *pg.Tx) error {
		dead, more, err := notify.Dead(ctx, tx, notify.Page{First: 10})
		if err != nil || len(dead) != 1 || more || dead[0].ID != id {
			t.Errorf("dead letters: %v, more %v, %v", dead, more, err)
		}
		_, err = notify.Requeue(ctx, tx, id)
		return err
	})

	equal(t, "requeued", deliveryOf(t, ctx, db, id), "pending 0 ")
	read(t, ctx, db, func(tx *pg.Tx) {
		equal(t, "jobs", val[int](t, ctx, tx, `select count(*) from outbox where payload = jsonb_build_object('delivery', $1::uuid)`, id), 2)
	})
	write(t, actor.With(ctx, admin), db, func(tx *pg.Tx) error {
		if _, err := notify.Requeue(ctx, tx, id); !fault.Is(err, "ACTION_NOT_POSSIBLE") {
			t.Errorf("requeue of what is alive: %v", err)
		}
		return nil
	})
}

func TestADeliveryThatIsRefusedAgainAndAgainDies(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	id := urgentText(t, ctx, db)
	p := newProvider(t, slices.Repeat([]int{http.StatusBadGateway}, 20)...)
	out := p.gateway(t)
	tries := 1
	for notify.Deliver(ctx, db, out, id) != nil {
		tries++
	}
	equal(t, "tries", tries, 12)
	equal(t, "state", deliveryOf(t, ctx, db, id), "dead 12 http_502")
	read(t, ctx, db, func(tx *pg.Tx) { equal(t, "dead", must(notify.Count(ctx, tx))(t).Dead, 1) })
}

func TestDeadLettersAreForAdministrators(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.CityCode, ""))
	if _, _, err := notify.Dead(ctx, tx, notify.Page{First: 1}); !fault.Is(err, "NOT_ALLOWED") {
		t.Errorf("list: %v", err)
	}
	if _, err := notify.Requeue(ctx, tx, uuid.New()); !fault.Is(err, "NOT_ALLOWED") {
		t.Errorf("requeue: %v", err)
	}
}

// urgentText is a committed urgent message to somebody with a number; its delivery's id.
func urgentText(t *testing.T, ctx context.Context, db *pg.DB) (id uuid.UUID) {
	t.Helper()
	write(t, ctx, db, func(tx *pg.Tx) error {
		desk := fixture.Person(t, ctx, tx, fixture.Phone(number))
		notify.Send(tx, notify.Message{Person: &desk.ID, Kind: notify.CaseAssigned, Urgent: true,
			Params: map[string]any{"number": 7, "department": notify.Both{ZH: "消防", EN: "Fire"}}})
		flush(t, ctx, tx)
		id = val[uuid.UUID](t, ctx, tx, `select id from deliveries`)
		return nil
	})
	return id
}

func deliveryOf(t *testing.T, ctx context.Context, db *pg.DB, id uuid.UUID) (summary string) {
	t.Helper()
	read(t, ctx, db, func(tx *pg.Tx) {
		summary = val[string](t, ctx, tx, `select format('%s %s %s', state, attempts, last_error) from deliveries where id = $1`, id)
	})
	return summary
}

func write(t *testing.T, ctx context.Context, db *pg.DB, fn func(*pg.Tx) error) {
	t.Helper()
	if err := db.Write(ctx, fn); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, ctx context.Context, db *pg.DB, fn func(*pg.Tx)) {
	t.Helper()
	if err := db.Read(ctx, func(tx *pg.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}
