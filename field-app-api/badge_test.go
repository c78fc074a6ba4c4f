package fieldapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/badge"
	"gridwork/domain/device"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func TestAHandheldFetchesItsBadgeAsTheContractSays(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker, handler := s.somebody(actor.GridWorker, fixture.Nanyuan, ""), s.somebody(actor.Handler, fixture.Nanyuan, fixture.Fire)
	phone, other := s.enrolled(worker), s.enrolled(handler)
	badgeOf := func(who *actor.Actor, device string) answer {
		s.as = who
		return s.request("GET", "/field/v1/badge?device="+device, nil, nil)
	}
	a := badgeOf(worker, phone.ID.String())
	var b struct {
		Path    string
		Until   time.Time
		Seconds int
	}
	if json.Unmarshal([]byte(a.body), &b) != nil || a.status != http.StatusOK || b.Seconds < 590 || b.Seconds > 600 || a.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %s %v", a.status, a.body, a.header)
	}
	s.write(func(tx *pg.Tx) {
		seen, err := badgeKey.Look(t.Context(), tx, strings.TrimPrefix(b.Path, "/badge/"))
		if err != nil || seen.Verdict != badge.OnDuty || !seen.Until.Equal(b.Until) {
			t.Errorf("%+v, %v", seen, err)
		}
	})
	for name, c := range map[string]struct {
		who    *actor.Actor
		device string
		status int
		code   string
	}{
		"a stranger":           {actor.Anonymous, phone.ID.String(), http.StatusUnauthorized, "SIGN_IN_NEEDED"},
		"no handheld":          {worker, "", http.StatusBadRequest, "DEVICE_ID"},
		"another's handheld":   {worker, other.ID.String(), http.StatusNotFound, device.CodeNotFound},
		"a handler's handheld": {handler, other.ID.String(), http.StatusForbidden, badge.CodeNotAllowed},
	} {
		if a := badgeOf(c.who, c.device); a.status != c.status || a.code() != c.code {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	s.write(func(tx *pg.Tx) {
		_, err := tx.Exec(t.Context(), "delete from shifts where person_id = $1", worker.ID)
		s.must(err)
	})
	if a := badgeOf(worker, phone.ID.String()); a.status != http.StatusConflict || a.code() != badge.CodeOffDuty {
		t.Errorf("off duty: %d %s", a.status, a.body)
	}
}
