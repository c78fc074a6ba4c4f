package fieldapi_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/fieldwork"
	"gridwork/domain/handheld"
	"gridwork/pg"
	"gridwork/test/fixture"
)

type vars = map[string]any

func (s *site) push(phone *fixture.Handheld, operations ...any) (answer, []fieldwork.Answer) {
	s.Helper()
	text, err := json.Marshal(vars{"device": phone.ID, "operations": operations})
	s.must(err)
	a := s.request("POST", "/field/v1/push", bytes.NewReader(text), map[string]string{"Content-Type": "application/json"})
	var out struct{ Results []fieldwork.Answer }
	s.must(json.Unmarshal([]byte(a.body), &out))
	return a, out.Results
}

// enrolled is a handheld of somebody's.
func (s *scene) enrolled(who *actor.Actor) (h *fixture.Handheld) {
	s.write(func(tx *pg.Tx) { h = fixture.Enrolled(s, s.Context(), tx, who) })
	return h
}

func reported(text string) vars {
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	return vars{"text": text, "category": fixture.BlockedExit, "position": vars{"lon": lon, "lat": lat, "datum": "wgs84", "accuracy": 5,
		"source": "gnss", "mocked": false, "capturedAt": time.Now()}}
}

func TestABatchIsAnsweredItemByItemAndABadOneSpoilsNoOther(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	phone := s.enrolled(s.somebody(actor.GridWorker, fixture.Nanyuan, ""))
	now := time.Now()
	first := phone.Operation(pg.NewID(), "clue.submit", now, reported("一"))
	forged := phone.Operation(pg.NewID(), "clue.submit", now, reported("二"))
	forged["body"] = strings.Replace(forged["body"].(string), "二", "三", 1)
	unknown := phone.Operation(pg.NewID(), "tea.make", now, vars{})
	extra := phone.Operation(pg.NewID(), "clue.submit", now, reported("四"))
	extra["pin"] = 1
	bad := phone.Operation(pg.NewID(), "clue.submit", now, vars{"text": "五"})
	last := phone.Operation(pg.NewID(), "clue.submit", now, reported("六"))

	// Nobody is signed in: the session may be over by the time there is a network.
	s.as = actor.Anonymous
	a, results := s.push(phone, first, 7, forged, unknown, extra, bad, last, first)
	if a.status != http.StatusOK || len(results) != 8 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for i, want := range []struct {
		status fieldwork.Status
		code   string
	}{{"accepted", ""}, {"rejected", "BODY_MALFORMED"}, {"rejected", "SIGNATURE_WRONG"}, {"rejected", "KIND_UNKNOWN"}, {"rejected", "BODY_MALFORMED"},
		{"rejected", "UNKNOWN_DATUM"}, {"accepted", ""}, {"duplicate", ""}} {
		code := ""
		if results[i].Error != nil {
			code = results[i].Error.Code
		}
		if results[i].Status != want.status || code != want.code && !(i == 5 && code != "") {
			t.Errorf("item %d: %+v %+v", i, results[i], results[i].Error)
		}
	}
	if results[4].ID != extra["id"] {
		t.Errorf("what cannot be read is called %q", results[4].ID)
	}
}

func TestTasksAreAskedForAndGivenBackAsTheContractSays(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	worker := s.shift()
	phone := s.enrolled(worker)
	s.as = worker
	_, whole := s.pull(nil, nil)
	var task, offer string
	for _, item := range whole.Items {
		switch item.Kind {
		case handheld.Task:
			task = item.ID
		case handheld.Offer:
			offer = item.ID
		}
	}
	now := time.Now()
	a, results := s.push(phone, phone.Operation(pg.NewID(), "task.give_back", now, vars{"task": task, "reason": "unsafe", "note": "有恶犬"}),
		phone.Operation(pg.NewID(), "task.claim", now, vars{"task": task}),
		phone.Operation(pg.NewID(), "task.answer_offer", now, vars{"task": offer, "accept": true}))
	for i, r := range results {
		if r.Status != fieldwork.Accepted {
			t.Errorf("item %d: %+v %+v", i, r, r.Error)
		}
	}
	if _, then := s.pull(url.Values{"cursor": {whole.Cursor}}, nil); len(results) != 3 || !slices.Contains(then.Removed, handheld.Key{Kind: handheld.Offer, ID: offer}) {
		t.Errorf("%s, then %+v", a.body, then)
	}
}

func TestABatchThatIsNoneIsRefusedWhole(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for body, code := range map[string]string{
		`{`: "BODY_MALFORMED", `{"device":"x","operations":[]}`: "BODY_MALFORMED", `{"operations":[]}`: "BATCH_SIZE",
		`{"operations":[` + strings.Repeat("0,", 100) + `0]}`: "BATCH_SIZE", `{"operations":["` + strings.Repeat("0", 3<<20) + `"]}`: "BODY_TOO_LARGE",
	} {
		if a := s.request("POST", "/field/v1/push", strings.NewReader(body), map[string]string{"Content-Type": "application/json"}); a.code() != code {
			t.Errorf("%.40s: %d %.100s", body, a.status, a.body)
		}
	}
}
