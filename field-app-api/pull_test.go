package fieldapi_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/device"
	"gridwork/domain/handheld"
	"gridwork/domain/inspection"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// pull asks for what follows a cursor.
func (s *site) pull(query url.Values, header map[string]string) (answer, handheld.Delta) {
	s.Helper()
	a := s.request("GET", "/field/v1/pull?"+query.Encode(), nil, header)
	var d handheld.Delta
	if a.status == http.StatusOK {
		s.must(json.Unmarshal([]byte(a.body), &d))
	}
	return a, d
}

// shift gives a grid worker cells 2 and 3 with a place, a building and a lamp in them, and work of each kind.
func (s *scene) shift() (worker *actor.Actor) {
	s.Helper()
	worker = s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	colleague, lead := s.somebody(actor.GridWorker, fixture.Nanyuan, ""), s.somebody(actor.DutyLead, fixture.Nanyuan, "")
	s.write(func(tx *pg.Tx) {
		ctx := s.Context()
		fixture.DutyGrid(s, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 2), fixture.Cell(fixture.Nanyuan, 3)}, worker)
		fixture.DutyGrid(s, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 5)}, colleague)
		lon, lat := fixture.Centre(fixture.Nanyuan, 2)
		for _, sql := range []string{
			`insert into addresses (code, kind, text, terms, floors, point, cell, street, updated_at)
				values ('4403040010010030000000001', 'building', '南园路1号', '{}', 7, st_setsrid(st_makepoint($1, $2), 4326), $3, $4, $5)`,
			`insert into components (code, category, name, point, cell, street, updated_at)
				values ('L-1', '0102', '1号消火栓', st_setsrid(st_makepoint($1, $2), 4326), $3, $4, $5)`,
			`insert into premises (code, name, terms, kind, legal_entity, risk, address, point, cell, street, updated_at)
				values ('P-1', '老王杂货店', '{}', '商铺', '王某', 'red', '4403040010010030000000001', st_setsrid(st_makepoint($1, $2), 4326), $3, $4, $5)`,
		} {
			_, err := tx.Exec(ctx, sql, lon, lat, fixture.Cell(fixture.Nanyuan, 2), fixture.Nanyuan, tx.Now)
			s.must(err)
		}
		list := fixture.Checklist(s, ctx, tx)
		fixture.Do(tx, lead, func() {
			c, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: "排查", Region: fixture.Nanyuan, Checklist: list, DueAt: tx.Now.Add(72 * time.Hour)})
			s.must(err)
			for more := true; more; {
				more, err = inspection.Generate(ctx, tx, c.ID, 100)
				s.must(err)
			}
			_, err = clue.AskVerification(ctx, tx, clue.AskVerificationInput{Target: clue.Target{Clue: s.clue.ID}})
			s.must(err)
		})
		fixture.Do(tx, colleague, func() {
			tasks, _, err := inspection.MyTasks(ctx, tx, nil, 1)
			s.must(err)
			_, err = inspection.Offer(ctx, tx, inspection.OfferInput{Task: tasks[0].ID, To: worker.ID})
			s.must(err)
		})
	})
	return worker
}

// forms gives every cell an inspection that the first handhelds could not ask.
func (s *scene) forms() {
	s.Helper()
	s.write(func(tx *pg.Tx) {
		ctx := s.Context()
		list := fixture.Form(s, ctx, tx)
		fixture.Do(tx, actor.System("test"), func() {
			c, err := inspection.StartCampaign(ctx, tx, inspection.Start{Name: "小场所排查", Region: fixture.Nanyuan, Checklist: list, DueAt: tx.Now.Add(72 * time.Hour)})
			s.must(err)
			_, err = inspection.Generate(ctx, tx, c.ID, 100)
			s.must(err)
		})
	})
}

func TestAHandheldPullsWhatAShiftNeedsAndThenWhatChanged(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.as = s.shift()
	s.forms()
	phone := s.enrolled(s.as)
	query := url.Values{"device": {phone.ID.String()}}

	a, whole := s.pull(query, nil)
	if a.status != http.StatusOK || !whole.Reset {
		t.Fatalf("%d %.300s", a.status, a.body)
	}
	met := map[handheld.Kind]int{}
	for _, item := range whole.Items {
		met[item.Kind]++
	}
	for _, kind := range handheld.Kinds {
		if met[kind] == 0 && kind != handheld.Check && kind != handheld.Hazard && kind != handheld.Claimable && kind != handheld.Alarm {
			t.Errorf("no %s in the whole", kind)
		}
	}

	query.Set("cursor", whole.Cursor)
	for header, want := range map[string]int{"": http.StatusOK, `W/"` + whole.Cursor + `"`: http.StatusNotModified, `"x", "` + whole.Cursor + `"`: http.StatusNotModified, `"x"`: http.StatusOK} {
		a, d := s.pull(query, map[string]string{"If-None-Match": header})
		if a.status != want || len(d.Items) > 0 || a.header.Get("ETag") != `W/"`+whole.Cursor+`"` {
			t.Errorf("If-None-Match %s: %d, %d items", header, a.status, len(d.Items))
		}
	}

	s.write(func(tx *pg.Tx) {
		_, err := tx.Exec(s.Context(), `update premises set name = '老王便利店' where code = 'P-1'`)
		s.must(err)
		_, err = tx.Exec(s.Context(), `delete from components`)
		s.must(err)
	})
	a, d := s.pull(query, map[string]string{"If-None-Match": a.header.Get("ETag")})
	if a.status != http.StatusOK || d.Reset || len(d.Items) != 1 || d.Items[0].ID != "P-1" || len(d.Removed) != 1 || d.Removed[0].Kind != handheld.Components {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestAnAnswerIsCompressedForWhoeverTakesItSo(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.as = s.shift()
	s.http.Client().Transport = http.DefaultTransport // the witness reads plain answers
	plain, _ := s.pull(nil, map[string]string{"Accept-Encoding": "identity, gzip;q=0"})
	packed, err := http.NewRequestWithContext(s.Context(), "GET", s.http.URL+"/field/v1/pull", nil)
	s.must(err)
	packed.Header.Set("Accept-Encoding", "br, gzip")
	got, err := s.http.Client().Do(packed)
	s.must(err)
	defer got.Body.Close()
	zip, err := gzip.NewReader(got.Body)
	s.must(err)
	text, err := io.ReadAll(zip)
	s.must(err)
	if got.Header.Get("Content-Encoding") != "gzip" || plain.header.Get("Content-Encoding") != "" || string(text) != plain.body || !strings.Contains(got.Header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("packed %v: %.100s; plain %v: %.100s", got.Header, text, plain.header, plain.body)
	}
}

func TestWhoMayNotPullIsToldWhy(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker := s.somebody(actor.GridWorker, fixture.Nanyuan, "")
	phone := s.enrolled(worker)
	if a, _ := s.pull(nil, nil); a.status != http.StatusUnauthorized || a.code() != "SIGN_IN_NEEDED" {
		t.Errorf("a stranger: %d %s", a.status, a.body)
	}
	s.as = s.volunteer
	if a, _ := s.pull(nil, nil); a.status != http.StatusForbidden || a.code() != handheld.CodeNotAllowed {
		t.Errorf("a volunteer: %d %s", a.status, a.body)
	}
	s.as = worker
	for device, want := range map[string]string{"x": "DEVICE_ID", pg.NewID().String(): device.CodeNotFound} {
		if a, _ := s.pull(url.Values{"device": {device}}, nil); a.code() != want || !strings.Contains(a.body, `"path":"device"`) {
			t.Errorf("device %s: %d %s", device, a.status, a.body)
		}
	}
	s.write(func(tx *pg.Tx) {
		fixture.Do(tx, worker, func() {
			_, err := device.Revoke(s.Context(), tx, device.RevokeInput{Device: phone.ID, Reason: "丢失"})
			s.must(err)
		})
	})
	if a, _ := s.pull(url.Values{"device": {phone.ID.String()}}, nil); a.status != http.StatusForbidden || a.code() != device.CodeRevoked {
		t.Errorf("a revoked handheld: %d %s", a.status, a.body)
	}
	if strings.Contains(s.log.String(), "ERROR") {
		t.Error(s.log.String())
	}
}
