package notify_test

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

var pushKey = notify.PushKey("push key of thirty-two bytes ....")[:32]

// pushService is that of a browser's maker: it answers with the statuses it is given, then 201, and keeps what it heard.
type pushService struct {
	*httptest.Server
	mu       sync.Mutex
	statuses []int
	after    string // Retry-After of each refusal
	heard    []*http.Request
	bodies   [][]byte
}

func newPushService(t *testing.T, statuses ...int) *pushService {
	t.Helper()
	s := &pushService{statuses: statuses}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.heard, s.bodies = append(s.heard, r), append(s.bodies, body)
		status := http.StatusCreated
		if len(s.statuses) > 0 {
			status, s.statuses = s.statuses[0], s.statuses[1:]
			w.Header().Set("Retry-After", s.after)
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	return s
}

// push is the platform's side, which trusts the service's certificate and may call this machine.
func (s *pushService) push(t *testing.T) *notify.Push {
	t.Helper()
	p, err := notify.NewPush(pushKey, "mailto:city@example.org", notify.Policy{Hosts: []string{"127.0.0.1"}, Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	p.Trust(pool)
	return p
}

// browser is a handheld's, with the keys that open what it is sent.
type browser struct {
	*testing.T
	ctx     context.Context
	db      *pg.DB
	service *pushService
	push    *notify.Push
	who     *actor.Actor
	device  uuid.UUID
	token   string // of its session
	key     *ecdh.PrivateKey
	auth    []byte
	skew    time.Duration
}

// at lets it be so late.
func (b *browser) at(when time.Time) {
	ahead := time.Until(when) - b.skew
	b.skew += ahead
	b.db.Advance(ahead)
}

// subscribed is the handheld of a grid worker with a number, who wants to be shown notifications; it is noon.
func subscribed(t *testing.T, statuses ...int) *browser {
	t.Helper()
	b := &browser{T: t, ctx: t.Context(), db: dbtest.DB(t), service: newPushService(t, statuses...), token: rand.Text(), auth: []byte(rand.Text()[:16])}
	b.push = b.service.push(t)
	b.at(noon)
	var err error
	if b.key, err = ecdh.P256().GenerateKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	b.write(func(tx *pg.Tx) error {
		b.who = fixture.Person(t, b.ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.Phone(number))
		b.device = fixture.Enrolled(t, b.ctx, tx, b.who).ID
		_, err := tx.Exec(b.ctx, `insert into sessions (token_hash, person_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)`,
			identity.SessionKey(b.token), b.who.ID, tx.Now, tx.Now.Add(12*time.Hour))
		return err
	})
	b.write(b.subscribe)
	return b
}

func (b *browser) subscribe(tx *pg.Tx) (err error) {
	fixture.Do(tx, b.who, func() {
		err = b.push.Subscribe(b.ctx, tx, b.device, b.token, notify.Subscription{Endpoint: b.service.URL + "/of/a/browser", P256dh: b.key.PublicKey().Bytes(), Auth: b.auth})
	})
	return err
}

func (b *browser) write(fn func(*pg.Tx) error) { b.Helper(); write(b.T, b.ctx, b.db, fn) }

// sent writes a message to the handheld's owner, and returns the delivery of its notification.
func (b *browser) sent(m notify.Message) (id uuid.UUID) {
	b.Helper()
	m.Person = &b.who.ID
	b.write(func(tx *pg.Tx) error {
		sent := []notify.Message{m}
		notify.Send(tx, sent...)
		flush(b, b.ctx, tx)
		id = val[uuid.UUID](b, b.ctx, tx, `select id from deliveries where channel = 'push' and message_id = $1`, sent[0].ID)
		return nil
	})
	return id
}

func (b *browser) deliver(id uuid.UUID) error {
	return notify.Deliver(b.ctx, b.db, notify.Senders{Push: b.push}, id)
}

// opened is what the nth message says once the browser has read it, by RFC 8188 and RFC 8291.
func (b *browser) opened(n int) (said notify.Notification) {
	b.Helper()
	body := b.service.bodies[n]
	salt, rest := body[:16], body[20:] // four bytes of record size between them
	sender, sealed := rest[1:1+rest[0]], rest[1+rest[0]:]
	theirs, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		b.Fatal(err)
	}
	shared, err := b.key.ECDH(theirs)
	if err != nil {
		b.Fatal(err)
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		key, err := hkdf.Key(sha256.New, secret, salt, info, n)
		if err != nil {
			b.Fatal(err)
		}
		return key
	}
	ikm := derive(shared, b.auth, "WebPush: info\x00"+string(b.key.PublicKey().Bytes())+string(sender), 32)
	block, err := aes.NewCipher(derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		b.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		b.Fatal(err)
	}
	plain, err := gcm.Open(nil, derive(ikm, salt, "Content-Encoding: nonce\x00", 12), sealed, nil)
	if err != nil {
		b.Fatalf("the browser cannot read it: %v", err)
	}
	text, _, found := strings.Cut(string(plain), "\x02")
	if !found {
		b.Fatal("the last record is not marked as such")
	}
	if err := json.Unmarshal([]byte(text), &said); err != nil {
		b.Fatalf("%s: %v", text, err)
	}
	return said
}

// vouched is what the nth message's sender says of itself (RFC 8292), once its signature has been checked.
func (b *browser) vouched(n int) (claims struct {
	Aud, Sub string
	Exp      int64
}) {
	b.Helper()
	public, err := pushKey.Public()
	if err != nil {
		b.Fatal(err)
	}
	token, key, _ := strings.Cut(strings.TrimPrefix(b.service.heard[n].Header.Get("Authorization"), "vapid t="), ", k=")
	equal(b.T, "key", key, base64.RawURLEncoding.EncodeToString(public))
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		b.Fatalf("no token: %q", token)
	}
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	known, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), public)
	if err != nil || len(signature) != 64 {
		b.Fatal(err, len(signature))
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ecdsa.Verify(known, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		b.Error("the platform did not sign it")
	}
	head, _ := base64.RawURLEncoding.DecodeString(parts[0])
	if !strings.Contains(string(head), `"ES256"`) {
		b.Errorf("signed with %s", head)
	}
	said, _ := base64.RawURLEncoding.DecodeString(parts[1])
	if err := json.Unmarshal(said, &claims); err != nil {
		b.Fatal(err)
	}
	return claims
}
