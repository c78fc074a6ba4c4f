package device_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// What Node's WebCrypto made of a key that cannot be taken out, and the texts that it signed.
const (
	vectorKey  = `{"key_ops":["verify"],"ext":true,"kty":"EC","x":"GZFrmWyXrX3VciY7ShJ4dHzBrw5LdMzf7zdW9Z6Li7o","y":"NtK_4loBeCOX39FAjhAZH4sGYDI6DkNWmxPr_TtF16E","crv":"P-256"}`
	vectorSPKI = `"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGZFrmWyXrX3VciY7ShJ4dHzBrw5LdMzf7zdW9Z6Li7o20r/iWgF4I5ff0UCOEBkfiwZgMjoOQ1abE+v9O0XXoQ=="`
	vectorRaw  = `"BBmRa5lsl6191XImO0oSeHR8wa8OS3TM3+83VvWei4u6NtK/4loBeCOX39FAjhAZH4sGYDI6DkNWmxPr/TtF16E="`
	vectorBody = `{"task":"019ac2a0-0000-7000-8000-000000000004","confirmed":true,"note":"通道已堵"}`
	vectorText = "gridwork-field-1\n019ac2a0-0000-7000-8000-000000000001\n019ac2a0-0000-7000-8000-000000000002\nverification.answer\n" +
		"2026-03-02T01:30:00.000Z\n6908877969c8a146c03fd9bef07ba07ba3630aaf96f557f58bd718905f56b390"
	vectorSignature = "BbW7Zwv88eh6qRxMfnhldNTJEQLwTxeVwWAsS2t2FsGk4Xn9Xyku6BiukApVAK0c2OICDQQOPi7DllNquDxuew"
	vectorEnrolment = "gridwork-enrol-1\n019ac2a0-0000-7000-8000-000000000001\n019ac2a0-0000-7000-8000-000000000003\n" +
		"0fe647415b2984ecaef2dd2f98b9ed8b938dc302fab08dddf16c45cd0c07e5bc"
	vectorProof = "RWbDHo1-G846KgmvQf9neyDPnvzuLIjc0OkA9_PqxFWrJc1va61jG1lsS7xk20N1De5Jj_iuhO-XtDfhNR-F7Q"
)

func vectorID(last string) uuid.UUID {
	return uuid.MustParse("019ac2a0-0000-7000-8000-00000000000" + last)
}

func bytesOf(t *testing.T, b64 string) []byte {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(b64)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestWhatABrowserSignedIsBelievedInEveryFormOfItsKey(t *testing.T) {
	t.Parallel()
	text := device.OperationText(vectorID("1"), vectorID("2"), "verification.answer", "2026-03-02T01:30:00.000Z", vectorBody)
	if text != vectorText {
		t.Fatalf("the text to sign is\n%s\nnot\n%s", text, vectorText)
	}
	for name, form := range map[string]string{"jwk": vectorKey, "spki": vectorSPKI, "raw": vectorRaw} {
		key, err := device.ParseKey([]byte(form))
		if err != nil || key.Algorithm != device.ECDSAP256 {
			t.Fatalf("%s: %v", name, err)
		}
		if !key.Verify(text, bytesOf(t, vectorSignature)) {
			t.Errorf("%s: the signature is not believed", name)
		}
		if got := device.EnrolmentText(vectorID("1"), vectorID("3"), key); got != vectorEnrolment || !key.Verify(got, bytesOf(t, vectorProof)) {
			t.Errorf("%s: the proof is not believed of %q", name, got)
		}
	}
}

func TestOneOtherBitIsNotBelieved(t *testing.T) {
	t.Parallel()
	key, err := device.ParseKey([]byte(vectorKey))
	if err != nil {
		t.Fatal(err)
	}
	signature := bytesOf(t, vectorSignature)
	for i := range vectorText {
		other := []byte(vectorText)
		other[i] ^= 1
		if key.Verify(string(other), signature) {
			t.Fatalf("byte %d may be another", i)
		}
	}
	for i := range signature {
		other := append([]byte(nil), signature...)
		other[i] ^= 1
		if key.Verify(vectorText, other) {
			t.Fatalf("byte %d of the signature may be another", i)
		}
	}
	for name, other := range map[string][]byte{"none": nil, "half": signature[:32], "zeros": make([]byte, 64), "one more": append(signature, 0)} {
		if key.Verify(vectorText, other) {
			t.Errorf("a signature of %s was believed", name)
		}
	}
}

func TestEd25519IsBelievedToo(t *testing.T) {
	t.Parallel()
	public, private, _ := ed25519.GenerateKey(rand.Reader)
	form, _ := json.Marshal(map[string]string{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(public)})
	key, err := device.ParseKey(form)
	if err != nil || key.Algorithm != device.Ed25519 || !key.Verify("text", ed25519.Sign(private, []byte("text"))) || key.Verify("other", ed25519.Sign(private, []byte("text"))) {
		t.Fatalf("%+v, %v", key, err)
	}
}

func TestWhatIsNoPublicKeyIsRefused(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]string{
		"nothing": ``, "a number": `1`, "no base64": `"%"`, "noise": `"AAAA"`, "the point at infinity": `"` + base64.StdEncoding.EncodeToString(append([]byte{4}, make([]byte, 64)...)) + `"`,
		"another curve": `{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}`, "half a point": `{"kty":"EC","crv":"P-256","x":"GZFrmWyXrX3VciY7ShJ4dHzBrw5LdMzf7zdW9Z6Li7o","y":""}`,
		"a private key": `{"kty":"EC","crv":"P-256","x":"GZFrmWyXrX3VciY7ShJ4dHzBrw5LdMzf7zdW9Z6Li7o","y":"NtK_4loBeCOX39FAjhAZH4sGYDI6DkNWmxPr_TtF16E","d":"AA"}`,
	} {
		if _, err := device.ParseKey([]byte(form)); !fault.Is(err, device.CodeKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// scene is the small city's people who have to do with handhelds.
type scene struct {
	*testing.T
	ctx                            context.Context
	tx                             *pg.Tx
	worker, other, lead, far, desk *actor.Actor
}

func newScene(t *testing.T) *scene {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	person := func(role actor.Role, region string) *actor.Actor {
		return fixture.Person(t, ctx, tx, fixture.As(role, region, ""))
	}
	return &scene{t, ctx, tx, person(actor.GridWorker, fixture.Nanyuan), person(actor.GridWorker, fixture.Nanyuan),
		person(actor.DutyLead, fixture.Nanyuan), person(actor.DutyLead, fixture.Yuanling), person(actor.DepartmentDesk, fixture.Nanyuan)}
}

func (s *scene) as(who *actor.Actor, do func() error) error {
	s.Helper()
	var err error
	fixture.Do(s.tx, who, func() { err = do() })
	return err
}

func (s *scene) enrol(who *actor.Actor, change func(*device.Enrolment)) error {
	s.Helper()
	h := fixture.NewHandheld(s)
	in := device.Enrolment{ID: h.ID, Name: "手持终端", Key: h.Key(), Proof: h.Proof(s, who.ID)}
	if change != nil {
		change(&in)
	}
	return s.as(who, func() error { _, err := device.Enrol(s.ctx, s.tx, in); return err })
}

func TestAHandheldIsEnrolledByAFieldWorkerWhoHoldsItsKey(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	known := fixture.Enrolled(t, s.ctx, s.tx, s.worker)
	for name, c := range map[string]struct {
		who    *actor.Actor
		change func(*device.Enrolment)
		code   string
	}{
		"a desk":                {s.desk, nil, device.CodeNotAllowed},
		"a random id":           {s.worker, func(in *device.Enrolment) { in.ID = uuid.New() }, device.CodeID},
		"no name":               {s.worker, func(in *device.Enrolment) { in.Name = " " }, device.CodeName},
		"no key":                {s.worker, func(in *device.Enrolment) { in.Key = []byte(`""`) }, device.CodeKey},
		"somebody else's proof": {s.worker, func(in *device.Enrolment) { in.Proof = fixture.NewHandheld(t).Proof(t, s.worker.ID) }, device.CodeProof},
		"a key that is known":   {s.other, func(in *device.Enrolment) { in.Key, in.Proof = known.Key(), signed(t, known, in.ID, s.other.ID) }, device.CodeKeyKnown},
		"an id that is taken": {s.other, func(in *device.Enrolment) {
			h := fixture.NewHandheld(t)
			in.ID, in.Key = known.ID, h.Key()
			in.Proof = signed(t, h, known.ID, s.other.ID)
		}, device.CodeIDReused},
		"for somebody else":       {s.worker, func(in *device.Enrolment) { in.Proof = fixture.NewHandheld(t).Proof(t, s.other.ID) }, device.CodeProof},
		"well":                    {s.worker, nil, ""},
		"the same person's third": {s.worker, nil, ""},
	} {
		if c.code == device.CodeKeyKnown { // a constraint ends the transaction: this one is asked in a savepoint
			exec(t, s, "savepoint s")
		}
		if err := s.enrol(c.who, c.change); c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
		if c.code == device.CodeKeyKnown {
			exec(t, s, "rollback to savepoint s")
		}
	}
	again := device.Enrolment{ID: known.ID, Name: "又一次", Key: known.Key(), Proof: known.Proof(t, s.worker.ID)}
	if err := s.as(s.worker, func() error {
		d, err := device.Enrol(s.ctx, s.tx, again)
		if d.Name != "手持终端" {
			t.Errorf("%+v", d)
		}
		return err
	}); err != nil {
		t.Errorf("the same again: %v", err)
	}
	for range 2 {
		if err := s.enrol(s.worker, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.enrol(s.worker, nil); !fault.Is(err, device.CodeTooMany) {
		t.Errorf("a sixth: %v", err)
	}
}

func signed(t *testing.T, h *fixture.Handheld, id, person uuid.UUID) []byte {
	t.Helper()
	key, err := device.ParseKey(h.Key())
	if err != nil {
		t.Fatal(err)
	}
	return h.Sign(device.EnrolmentText(id, person, key))
}

func exec(t *testing.T, s *scene, sql string) {
	t.Helper()
	if _, err := s.tx.Exec(s.ctx, sql); err != nil {
		t.Fatal(err)
	}
}

func TestARevocationCountsAtOnceAndEndsTheSessions(t *testing.T) {
	t.Parallel()
	db := dbtest.DB(t)
	ctx := t.Context()
	var worker *actor.Actor
	var h *fixture.Handheld
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		worker = fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.SignsIn("worker", identity.HashPassword("a password")))
		h = fixture.Enrolled(t, ctx, tx, worker)
		return nil
	}))
	session, err := identity.SignIn(ctx, db, "worker", "a password", time.Hour)
	must(t, err)

	revoked, err := pg.WriteVal(actor.With(ctx, worker), db, func(tx *pg.Tx) (device.Device, error) {
		return device.Revoke(ctx, tx, device.RevokeInput{Device: h.ID, Reason: "丢失"})
	})
	if err != nil || revoked.RevokedAt == nil || *revoked.RevokedBy != worker.ID {
		t.Fatalf("%+v, %v", revoked, err)
	}
	if _, _, err := identity.NewSessions(db).Enter(ctx, session.Token); !fault.Is(err, "SESSION_OVER") {
		t.Errorf("the session goes on: %v", err)
	}
	known, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (device.Holder, error) { return device.Known(ctx, tx, h.ID) })
	if err != nil || known.Owner.ID != worker.ID || known.Until == nil || !known.Until.Equal(*revoked.RevokedAt) {
		t.Errorf("%+v, %v", known, err)
	}
}

func TestADeviceIsBelievedNoLongerThanItsOwner(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	h := fixture.Enrolled(t, s.ctx, s.tx, s.worker)
	if known, err := device.Known(s.ctx, s.tx, h.ID); err != nil || known.Owner == nil || known.Until != nil {
		t.Fatalf("%+v, %v", known, err)
	}
	exec(t, s, "update people set disabled_at = '2026-01-01' where id = '"+s.worker.ID.String()+"'")
	if known, err := device.Known(s.ctx, s.tx, h.ID); err != nil || known.Owner != nil || known.Until == nil || known.Until.Year() != 2026 {
		t.Fatalf("%+v, %v", known, err)
	}
	if _, err := device.Known(s.ctx, s.tx, pg.NewID()); !fault.Is(err, device.CodeNotFound) {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestADeviceIsSeenAndRevokedByItsOwnerAndByWhoLeadsWhereTheOwnerWorks(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	admin := fixture.Person(t, s.ctx, s.tx, fixture.As(actor.Admin, fixture.CityCode, ""))
	for name, c := range map[string]struct {
		who *actor.Actor
		may bool
	}{"the owner": {s.worker, true}, "the street's lead": {s.lead, true}, "an administrator": {admin, true},
		"another worker": {s.other, false}, "another street's lead": {s.far, false}, "a desk": {s.desk, false}} {
		h := fixture.Enrolled(t, s.ctx, s.tx, s.worker)
		var seen []device.Device
		must(t, s.as(c.who, func() (err error) { seen, err = device.Of(s.ctx, s.tx, s.worker.ID); return err }))
		if (len(seen) > 0) != c.may {
			t.Errorf("%s sees %d devices", name, len(seen))
		}
		err := s.as(c.who, func() error {
			_, err := device.Revoke(s.ctx, s.tx, device.RevokeInput{Device: h.ID, Reason: "x"})
			return err
		})
		if c.may && err != nil || !c.may && !fault.Is(err, device.CodeNotFound) {
			t.Errorf("%s revokes: %v", name, err)
		}
		must(t, s.as(s.lead, func() error {
			_, err := device.Revoke(s.ctx, s.tx, device.RevokeInput{Device: h.ID, Reason: "x"})
			return err
		}))
	}
	if err := s.as(s.lead, func() error { _, err := device.Revoke(s.ctx, s.tx, device.RevokeInput{Device: pg.NewID()}); return err }); !fault.Is(err, device.CodeReason) {
		t.Errorf("without a reason: %v", err)
	}
	var mine []device.Device
	must(t, s.as(s.worker, func() (err error) { mine, err = device.Mine(s.ctx, s.tx); return err }))
	if len(mine) != 6 || mine[0].RevokedAt == nil {
		t.Errorf("%d devices", len(mine))
	}
}
