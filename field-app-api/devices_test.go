package fieldapi_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"gridwork/actor"
	"gridwork/domain/device"
	"gridwork/test/fixture"
)

// enrol asks for a device to be known.
func (s *site) enrol(body any) answer {
	s.Helper()
	text, err := json.Marshal(body)
	s.must(err)
	return s.request("POST", "/field/v1/devices", bytes.NewReader(text), map[string]string{"Content-Type": "application/json"})
}

func enrolment(t *testing.T, h *fixture.Handheld, who *actor.Actor) map[string]any {
	return map[string]any{"id": h.ID, "name": "网格通", "key": json.RawMessage(h.Key()), "proof": base64.RawURLEncoding.EncodeToString(h.Proof(t, who.ID))}
}

func TestAHandheldIntroducesItself(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker := s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	h := fixture.NewHandheld(t)
	in := enrolment(t, h, worker)

	if a := s.enrol(in); a.status != http.StatusUnauthorized || a.code() != "SIGN_IN_NEEDED" {
		t.Errorf("a stranger: %d %s", a.status, a.body)
	}
	s.as = s.volunteer
	if a := s.enrol(in); a.status != http.StatusForbidden || a.code() != device.CodeNotAllowed {
		t.Errorf("a volunteer: %d %s", a.status, a.body)
	}
	s.as = worker
	for range 2 {
		a := s.enrol(in)
		if a.status != http.StatusOK || !strings.Contains(a.body, h.ID.String()) || !strings.Contains(a.body, worker.ID.String()) {
			t.Errorf("the worker: %d %s", a.status, a.body)
		}
	}
	for name, c := range map[string]struct {
		change func(map[string]any)
		code   string
	}{
		"a field too many": {func(in map[string]any) { in["pin"] = "1234" }, "BODY_MALFORMED"},
		"no proof":         {func(in map[string]any) { delete(in, "proof") }, device.CodeProof},
		"no key":           {func(in map[string]any) { delete(in, "key") }, device.CodeKey},
		"no base64":        {func(in map[string]any) { in["proof"] = "%" }, "BODY_MALFORMED"},
		"a long name":      {func(in map[string]any) { in["name"] = strings.Repeat("名", 70_000) }, "BODY_TOO_LARGE"},
	} {
		in := enrolment(t, fixture.NewHandheld(t), worker)
		c.change(in)
		if a := s.enrol(in); a.code() != c.code {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}
