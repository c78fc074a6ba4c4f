package fieldapi_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
	"gridwork/test/fixture"
)

// A conversation is what a client of one version of the contract said and heard: it is recorded once, when the version is
// made, and never again. Whoever still speaks that version has to be understood, and to find in each answer what it found
// then; more may stand there.
//
//	RECORD=v1.4 go test ./field-app-api -run Conversation
type turn struct {
	Request said `json:"request"`
	Answer  said `json:"answer"`
}

type said struct {
	Method string          `json:"method,omitempty"`
	Path   string          `json:"path,omitempty"`   // {cursor} is that of the last answer to a pull
	Status int             `json:"status,omitempty"` // of an answer
	Body   json.RawMessage `json:"body,omitempty"`
}

// What the recorded requests name.
var (
	speaker      = uuid.MustParse("019ac2a0-0000-7000-8000-00000000a001") // the grid worker
	recordedUnit = uuid.MustParse("019ac2a0-0000-7000-8000-00000000d001") // the handheld
	recordedAsk  = uuid.MustParse("019ac2a0-0000-7000-8000-00000000e001") // the verification
	recordedTask = uuid.MustParse("019ac2a0-0000-7000-8000-00000000f001") // the inspection
	recordedForm = uuid.MustParse("019ac2a0-0000-7000-8000-00000000f002") // the one that asks by what was answered
)

// recordedTown is where every recorded conversation takes place: the worker holds cells 2 and 3, and has work of each kind.
func recordedTown(t *testing.T) *scene {
	t.Helper()
	s := newScene(t)
	worker := s.shift()
	s.write(func(tx *pg.Tx) {
		ctx := t.Context()
		// The worker, and what is asked of them, are called as in the recording.
		for _, sql := range []string{
			`insert into people (id, name, locale, created_at) select $1, '王网格', 'zh', created_at from people where id = $2`,
			`update grants set person_id = $1 where person_id = $2`, `update shifts set person_id = $1 where person_id = $2`,
			`update duties set person_id = $1 where person_id = $2`, `update inspection_tasks set assignee_id = $1 where assignee_id = $2`,
			`update inspection_tasks set offered_to = $1 where offered_to = $2`, `update messages set person_id = $1 where person_id = $2`,
			`update verify_tasks set assignee_id = $1 where assignee_id = $2`,
			`update duty_grids set code = 'G1', name = '南园01网格' where id in (select duty_grid_id from duties where person_id in ($1, $2))`,
		} {
			_, err := tx.Exec(ctx, sql, speaker, worker.ID)
			s.must(err)
		}
		for sql, id := range map[string]uuid.UUID{
			`update verify_tasks set id = $1`: recordedAsk,
			`update inspection_tasks set id = $1 where cell = '` + fixture.Cell(fixture.Nanyuan, 2) + `'`: recordedTask,
		} {
			_, err := tx.Exec(ctx, sql, id)
			s.must(err)
		}
	})
	worker.ID = speaker
	s.as = worker
	s.forms()
	s.write(func(tx *pg.Tx) {
		_, err := tx.Exec(t.Context(), `update inspection_tasks set id = $1 where cell = $2 and id <> $3`, recordedForm, fixture.Cell(fixture.Nanyuan, 2), recordedTask)
		s.must(err)
	})
	return s
}

// converse sends the requests of a conversation, and hands each answer on.
func converse(s *scene, turns []turn, heard func(n int, status int, body []byte)) {
	s.Helper()
	cursor := ""
	for n, t := range turns {
		path := strings.ReplaceAll(t.Request.Path, "{cursor}", cursor)
		header := map[string]string{}
		if t.Request.Body != nil {
			header["Content-Type"] = "application/json"
		}
		a := s.request(t.Request.Method, path, strings.NewReader(string(t.Request.Body)), header)
		var pulled struct{ Cursor string }
		if _ = json.Unmarshal([]byte(a.body), &pulled); pulled.Cursor != "" {
			cursor = pulled.Cursor
		}
		heard(n, a.status, []byte(a.body))
	}
}

func TestAConversationOfAnEarlierVersionIsStillUnderstood(t *testing.T) {
	t.Parallel()
	if version := os.Getenv("RECORD"); version != "" {
		record(t, filepath.Join("testdata", version))
	}
	recorded, err := filepath.Glob("testdata/v*")
	if err != nil || len(recorded) == 0 {
		t.Fatalf("no conversation is recorded: %v", err)
	}
	for _, dir := range recorded {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			s, turns := recordedTown(t), readTurns(t, dir)
			converse(s, turns, func(n, status int, body []byte) {
				want := turns[n].Answer
				var then, now any
				if status != want.Status || json.Unmarshal(want.Body, &then) != nil || json.Unmarshal(body, &now) != nil {
					t.Errorf("turn %d was answered with %d, and now with %d: %.300s", n+1, want.Status, status, body)
				}
				for _, lost := range missing(then, now, "") {
					t.Errorf("turn %d: %s", n+1, lost)
				}
			})
		})
	}
}

func readTurns(t *testing.T, dir string) (turns []turn) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no turns, %v", dir, err)
	}
	for _, file := range files { // in the order of their names
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var one turn
		if err := json.Unmarshal(text, &one); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		turns = append(turns, one)
	}
	return turns
}

// missing lists what a client found in an answer then, and would not find now.
func missing(then, now any, at string) (lost []string) {
	switch was := then.(type) {
	case map[string]any:
		is, ok := now.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s is no object any more: %v", at, now)}
		}
		for _, name := range slices.Sorted(maps.Keys(was)) {
			value, there := is[name]
			if !there {
				lost = append(lost, fmt.Sprintf("%s.%s is gone", at, name))
				continue
			}
			lost = append(lost, missing(was[name], value, at+"."+name)...)
		}
	case []any:
		is, ok := now.([]any)
		if !ok {
			return []string{fmt.Sprintf("%s is no list any more: %v", at, now)}
		}
		for i, element := range was {
			other := counterpart(element, is, i)
			if other == nil {
				lost = append(lost, fmt.Sprintf("%s[%d] is gone: %v", at, i, element))
				continue
			}
			lost = append(lost, missing(element, other, fmt.Sprintf("%s[%d]", at, i))...)
		}
	default:
		if !alike(at[strings.LastIndex(at, ".")+1:], then, now) {
			return []string{fmt.Sprintf("%s was %v, and is %v", at, then, now)}
		}
	}
	return lost
}

// counterpart finds a thing by its kind and id. One whose id is made anew is the one of its kind that has most of it. Anything
// else is found by its place.
func counterpart(element any, list []any, i int) any {
	thing, _ := element.(map[string]any)
	if thing["kind"] == nil || thing["id"] == nil {
		if i < len(list) {
			return list[i]
		}
		return nil
	}
	var found any
	for _, other := range list {
		o, _ := other.(map[string]any)
		switch {
		case o["kind"] != thing["kind"]:
		case o["id"] == thing["id"]:
			return other
		case isID(o["id"]) && isID(thing["id"]) && (found == nil || len(missing(element, other, "")) < len(missing(element, found, ""))):
			found = other
		}
	}
	return found
}

// anew are fields that each run makes anew.
var anew = []string{"cursor", "claimCode", "number", "bodyZh", "bodyEn"}

// alike reports whether two values are the same, or both what each run makes anew.
func alike(field string, then, now any) bool {
	if reflect.DeepEqual(then, now) {
		return true
	}
	if slices.Contains(anew, field) {
		return reflect.TypeOf(then) == reflect.TypeOf(now)
	}
	return isID(then) && isID(now) || isTime(then) && isTime(now)
}

func isID(v any) bool {
	text, _ := v.(string)
	_, err := uuid.Parse(text)
	return err == nil
}

func isTime(v any) bool {
	text, _ := v.(string)
	_, err := time.Parse(time.RFC3339Nano, text)
	return err == nil
}

// record holds a conversation as a client of today does, and writes it down.
func record(t *testing.T, dir string) {
	t.Helper()
	s, h := recordedTown(t), fixture.NewHandheld(t)
	h.ID = recordedUnit
	task, ask, now := recordedTask, recordedAsk, time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	here := vars{"lon": lon, "lat": lat, "datum": "wgs84", "accuracy": 8, "source": "gnss", "mocked": false, "capturedAt": now}
	sum := sha256.Sum256([]byte("photo"))
	photo := vars{"id": "019ac2a0-0000-7000-8000-00000000b001", "sha256": hex.EncodeToString(sum[:])}
	signed := vars{"id": "019ac2a0-0000-7000-8000-00000000b002", "sha256": hex.EncodeToString(sum[:])}
	operation := func(n int, kind string, body vars) any {
		return h.Operation(uuid.MustParse(fmt.Sprintf("019ac2a0-0000-7000-8000-0000000000%02d", n)), kind, now, body)
	}
	text := func(v any) json.RawMessage {
		out, err := json.Marshal(v)
		s.must(err)
		return out
	}
	pull := said{Method: http.MethodGet, Path: "/field/v1/pull?device=" + h.ID.String()}
	then := pull
	then.Path += "&cursor={cursor}"
	push := said{Method: http.MethodPost, Path: "/field/v1/push", Body: text(vars{"device": h.ID, "operations": []any{
		operation(1, "clue.submit", vars{"text": "井盖缺失", "category": fixture.Manhole, "position": here, "photos": []vars{}, "anonymous": false}),
		operation(2, "inspection.submit", vars{"task": task, "position": here, "photos": []vars{photo}, "answers": []vars{
			{"item": fixture.ItemExit, "outcome": "pass"}, {"item": fixture.ItemEdge, "outcome": "fail", "note": "已装护栏", "fixed": true},
			{"item": fixture.ItemRooms, "outcome": "pass", "number": 12}}}),
		operation(3, "verification.answer", vars{"task": ask, "confirmed": true, "note": "通道已堵", "position": here}),
		operation(4, "premises.update", vars{"code": "P-1", "fields": []vars{{"field": "name", "was": "老王杂货店", "now": "老王便利店"}}}),
		operation(5, "check.answer", vars{"task": "019ac2a0-0000-7000-8000-000000000999", "fixed": true, "note": "看过"}),
		operation(6, "inspection.submit", vars{"task": recordedForm, "position": here, "photos": []vars{signed}, "answers": []vars{
			{"item": "use", "outcome": "pass", "choices": []string{"shop", "home"}}, {"item": "sleepers", "outcome": "pass", "number": 2},
			{"item": fixture.ItemExit, "outcome": "pass"}, {"item": "valve", "outcome": "pass", "location": here},
			{"item": "sign", "outcome": "pass", "signature": signed["id"]}}}),
		operation(7, "alarm.raise", vars{"position": here}),
	}})}
	turns := []turn{
		{Request: said{Method: http.MethodPost, Path: "/field/v1/devices", Body: text(vars{"id": h.ID, "name": "网格通", "key": json.RawMessage(h.Key()),
			"proof": base64.RawURLEncoding.EncodeToString(h.Proof(t, speaker))})}},
		{Request: pull}, {Request: push}, {Request: push}, {Request: then}, {Request: then}, {Request: said{Method: http.MethodGet, Path: "/field/v1/notifications"}},
	}
	s.must(os.MkdirAll(dir, 0o750))
	converse(s, turns, func(n, status int, body []byte) {
		turns[n].Answer = said{Status: status, Body: body}
		written, err := json.MarshalIndent(turns[n], "", " ")
		s.must(err)
		name := []string{"enrol", "pull", "push", "push-again", "pull-changes", "pull-nothing", "notifications"}[n]
		s.must(os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d-%s.json", n+1, name)), append(written, '\n'), 0o600))
	})
}

func TestWhatAnAnswerHasLostIsNoticed(t *testing.T) {
	t.Parallel()
	then := `{"results":[{"id":"1","status":"accepted","result":{"state":"done"}}],"items":[{"kind":"cell","id":"4","body":{"held":true}}]}`
	for now, lost := range map[string]int{
		then: 0,
		`{"results":[{"id":"1","status":"accepted","result":{"state":"done","more":1}},{}],"items":[{"kind":"tree","id":"1"},{"kind":"cell","id":"4","body":{"held":true}}]}`: 0,
		`{"results":[{"id":"1","status":"accepted","result":{}}],"items":[{"kind":"cell","id":"4","body":{"held":"yes"}}]}`:                                                   2,
		`{"results":[],"items":[{"kind":"cell","id":"5","body":{"held":true}}]}`:                                                                                              2,
		`{"items":{}}`: 2,
	} {
		var was, is any
		if json.Unmarshal([]byte(then), &was) != nil || json.Unmarshal([]byte(now), &is) != nil {
			t.Fatal("no JSON")
		}
		if found := missing(was, is, ""); len(found) != lost {
			t.Errorf("%s: %v", now, found)
		}
	}
}
