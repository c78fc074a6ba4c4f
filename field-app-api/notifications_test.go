package fieldapi_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	fieldapi "gridwork/field-app-api"
	"gridwork/pg"
	"gridwork/test/fixture"
)

var pushKey = notify.PushKey("push key of thirty-two bytes ....")[:32]

func pushes(t testing.TB) *notify.Push {
	t.Helper()
	p, err := notify.NewPush(pushKey, "mailto:city@example.org", notify.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// signIn opens a session for somebody, with which the next requests come.
func (s *scene) signIn(who *actor.Actor) {
	s.Helper()
	s.as, s.token = who, rand.Text()
	s.write(func(tx *pg.Tx) {
		_, err := tx.Exec(s.Context(), `insert into sessions (token_hash, person_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)`,
			identity.SessionKey(s.token), who.ID, tx.Now, tx.Now.Add(time.Hour))
		s.must(err)
	})
}

func (s *scene) subscribe(device string, body any) answer {
	s.Helper()
	text, err := json.Marshal(body)
	s.must(err)
	return s.request("PUT", "/field/v1/notifications/"+device, bytes.NewReader(text), map[string]string{"Content-Type": "application/json"})
}

// browser is what a browser's subscription says.
func browser(t testing.TB, endpoint string) vars {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return vars{"endpoint": endpoint, "p256dh": encode(key.PublicKey().Bytes()), "auth": encode([]byte("sixteen bytes ..."))[:22]}
}

func (s *scene) subscriptions() (endpoints []string) {
	s.Helper()
	s.write(func(tx *pg.Tx) {
		var err error
		endpoints, err = pg.Vals[string](s.Context(), tx, "select endpoint from push_subscriptions order by endpoint")
		s.must(err)
	})
	return endpoints
}

func TestAHandheldSubscribesToNotificationsAsTheContractSays(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker, other := s.somebody(actor.GridWorker, fixture.Nanyuan, ""), s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	phone, theirs := s.enrolled(worker), s.enrolled(other)

	s.as = actor.Anonymous
	if a := s.request("GET", "/field/v1/notifications", nil, nil); a.status != http.StatusUnauthorized {
		t.Errorf("a stranger asks for the key: %d %s", a.status, a.body)
	}
	s.signIn(worker)
	public, err := pushKey.Public()
	s.must(err)
	if a := s.request("GET", "/field/v1/notifications", nil, nil); a.status != http.StatusOK || !strings.Contains(a.body, base64.RawURLEncoding.EncodeToString(public)) {
		t.Errorf("the key: %d %s", a.status, a.body)
	}
	first, second := browser(t, "https://push.example.com/1"), browser(t, "https://push.example.com/2")
	for _, in := range []vars{first, first, second} {
		if a := s.subscribe(phone.ID.String(), in); a.status != http.StatusNoContent || a.body != "" {
			t.Fatalf("subscribed: %d %s", a.status, a.body)
		}
	}
	if now := s.subscriptions(); len(now) != 1 || now[0] != "https://push.example.com/2" {
		t.Errorf("a handheld has %v", now)
	}

	s.signIn(other)
	if a := s.subscribe(theirs.ID.String(), second); a.status != http.StatusNoContent || len(s.subscriptions()) != 1 {
		t.Errorf("a browser that was handed over: %d %s, %v", a.status, a.body, s.subscriptions())
	}
	s.request("DELETE", "/field/v1/notifications/"+phone.ID.String(), nil, nil)
	if len(s.subscriptions()) != 1 {
		t.Error("somebody ended another one's, or their own with another's id")
	}
	for range 2 {
		if a := s.request("DELETE", "/field/v1/notifications/"+theirs.ID.String(), nil, nil); a.status != http.StatusNoContent || len(s.subscriptions()) != 0 {
			t.Errorf("ended: %d %s", a.status, a.body)
		}
	}
	if strings.Contains(s.log.String(), "push.example.com") {
		t.Error("the log has an endpoint")
	}
}

func TestASubscriptionThatWillNotDoIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker, handler := s.somebody(actor.GridWorker, fixture.Nanyuan, ""), s.somebody(actor.Handler, fixture.Nanyuan, fixture.Fire)
	phone, theirs := s.enrolled(worker), s.enrolled(handler)
	good := browser(t, "https://push.example.com/1")
	with := func(field string, value any) vars {
		in := vars{"endpoint": good["endpoint"], "p256dh": good["p256dh"], "auth": good["auth"]}
		in[field] = value
		return in
	}
	for name, c := range map[string]struct {
		device     string
		in         vars
		status     int
		code, path string
	}{
		"no id":             {"phone", good, http.StatusBadRequest, "DEVICE_ID", "device"},
		"another's":         {theirs.ID.String(), good, http.StatusNotFound, device.CodeNotFound, "device"},
		"a field too many":  {phone.ID.String(), with("expirationTime", 1), http.StatusBadRequest, "BODY_MALFORMED", ""},
		"plain http":        {phone.ID.String(), with("endpoint", "http://push.example.com/1"), http.StatusBadRequest, notify.CodeEndpoint, "endpoint"},
		"a password":        {phone.ID.String(), with("endpoint", "https://a:b@push.example.com/1"), http.StatusBadRequest, notify.CodeEndpoint, "endpoint"},
		"this machine":      {phone.ID.String(), with("endpoint", "https://127.0.0.1/1"), http.StatusBadRequest, notify.CodeEndpoint, "endpoint"},
		"the house":         {phone.ID.String(), with("endpoint", "https://10.1.2.3:8443/1"), http.StatusBadRequest, notify.CodeEndpoint, "endpoint"},
		"the cloud's own":   {phone.ID.String(), with("endpoint", "https://169.254.169.254/latest"), http.StatusBadRequest, notify.CodeEndpoint, "endpoint"},
		"the house by IPv6": {phone.ID.String(), with("endpoint", "https://[fd00::1]/1"), http.StatusBadRequest, notify.CodeEndpoint, "endpoint"},
		"a long address":    {phone.ID.String(), with("endpoint", "https://push.example.com/"+strings.Repeat("x", 1000)), http.StatusBadRequest, notify.CodeEndpoint, "endpoint"},
		"no point":          {phone.ID.String(), with("p256dh", base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{4}, 65))), http.StatusBadRequest, notify.CodePushKey, "p256dh"},
		"no key":            {phone.ID.String(), with("p256dh", ""), http.StatusBadRequest, notify.CodePushKey, "p256dh"},
		"a short secret":    {phone.ID.String(), with("auth", "c2hvcnQ"), http.StatusBadRequest, notify.CodeAuth, "auth"},
	} {
		s.signIn(worker)
		a := s.subscribe(c.device, c.in)
		var refused struct{ Code, Path string }
		_ = json.Unmarshal([]byte(a.body), &refused)
		if a.status != c.status || refused.Code != c.code || refused.Path != c.path {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	s.token = "of no session"
	if a := s.subscribe(phone.ID.String(), good); a.status != http.StatusForbidden || a.code() != "NOT_ALLOWED" {
		t.Errorf("without a session: %d %s", a.status, a.body)
	}
	s.signIn(s.volunteer)
	if a := s.subscribe(uuid.NewString(), good); a.status != http.StatusForbidden || a.code() != "NOT_ALLOWED" {
		t.Errorf("a volunteer: %d %s", a.status, a.body)
	}
	s.as = actor.Anonymous
	if a := s.subscribe(phone.ID.String(), good); a.status != http.StatusUnauthorized {
		t.Errorf("a stranger: %d %s", a.status, a.body)
	}
	s.signIn(worker)
	s.write(func(tx *pg.Tx) {
		fixture.Do(tx, worker, func() {
			_, err := device.Revoke(t.Context(), tx, device.RevokeInput{Device: phone.ID, Reason: "lost"})
			s.must(err)
		})
	})
	if a := s.subscribe(phone.ID.String(), good); a.status != http.StatusForbidden || a.code() != device.CodeRevoked {
		t.Errorf("a revoked handheld: %d %s", a.status, a.body)
	}
	if left := s.subscriptions(); len(left) != 0 {
		t.Errorf("there is %v", left)
	}
}

func TestWithoutAKeyTheFieldAPISaysThatItShowsNoNotifications(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker := s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	phone := s.enrolled(worker)
	s.signIn(worker)
	s.deps.Push = nil
	s.api = fieldapi.New(s.deps)
	for _, a := range []answer{s.request("GET", "/field/v1/notifications", nil, nil), s.subscribe(phone.ID.String(), browser(t, "https://push.example.com/1"))} {
		if a.status != http.StatusConflict || a.code() != notify.CodePushOff {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if a := s.request("DELETE", "/field/v1/notifications/"+phone.ID.String(), nil, nil); a.status != http.StatusNoContent {
		t.Errorf("ended: %d %s", a.status, a.body)
	}
}
