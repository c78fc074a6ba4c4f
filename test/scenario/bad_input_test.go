package scenario

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// internals are words that only the platform's inside knows.
var internals = []string{"SQLSTATE", "pgx", "goroutine", ".go:", "gridwork/", "payload_hash", "insert into", "constraint", "nil pointer"}

// leaks reports what an answer tells of the inside.
func leaks(body []byte) string {
	for _, word := range internals {
		if bytes.Contains(body, []byte(word)) {
			return word
		}
	}
	return ""
}

func TestBadInputIsRefusedByCodeAndPathAndLeavesNoTrace(t *testing.T) {
	t.Parallel()
	s := open(t)
	stranger := s.Anyone()
	good := s.input(tip{Text: "垃圾堆放", Category: fixture.Rubbish, Cell: 3})
	with := func(path string, value any) harness.Vars {
		in := maps.Clone(good)
		in["id"] = pg.NewID()
		if field, ok := strings.CutPrefix(path, "position."); ok {
			position := maps.Clone(in["position"].(harness.Vars))
			position[field] = value
			in["position"] = position
			return in
		}
		in[path] = value
		return in
	}
	photo := harness.Vars{"id": pg.NewID(), "sha256": strings.Repeat("ab", 32)}
	lon, lat := fixture.Centre(fixture.Nanyuan, 3)
	swapped := with("position.lon", lat)
	swapped["position"].(harness.Vars)["lat"] = lon
	nowhere := with("position.lon", 0)
	nowhere["position"].(harness.Vars)["lat"] = 0

	for name, c := range map[string]struct {
		input      harness.Vars
		code, path string
	}{
		"longitude beyond the earth":       {with("position.lon", 181), "POSITION_OUT_OF_RANGE", "position.lon"},
		"latitude beyond the earth":        {with("position.lat", -181), "POSITION_OUT_OF_RANGE", "position.lat"},
		"nowhere":                          {nowhere, "POSITION_NULL_ISLAND", "position"},
		"swapped":                          {swapped, "POSITION_SWAPPED", "position"},
		"outside the city":                 {with("position.lat", 23.1), "OUTSIDE_CITY", "position"},
		"a datum that nobody knows":        {with("position.datum", "NAD27"), "GRAPHQL_VALIDATION_FAILED", "position.datum"},
		"negative accuracy":                {with("position.accuracy", -1), "POSITION_ACCURACY", "position.accuracy"},
		"captured tomorrow":                {with("position.capturedAt", s.Now().Add(24*time.Hour)), "CAPTURED_IN_FUTURE", "position.capturedAt"},
		"unknown category":                 {with("category", "9999"), "UNKNOWN_CATEGORY", "category"},
		"a category that is none":          {with("category", "' or 1=1"), "UNKNOWN_CATEGORY", "category"},
		"2 001 characters":                 {with("text", strings.Repeat("长", 2001)), "TEXT_TOO_LONG", "text"},
		"neither words nor a photo":        {with("text", " \n\t"), "TEXT_MISSING", "text"},
		"an id of version 4":               {with("id", uuid.NewString()), "ID_NOT_UUID_V7", "id"},
		"ten photos":                       {with("photos", tenPhotos()), "TOO_MANY_PHOTOS", "photos"},
		"one photo twice":                  {with("photos", []harness.Vars{photo, photo}), "DUPLICATE_PHOTO", "photos.1.id"},
		"a telephone number of a megabyte": {with("contact", harness.Vars{"phone": strings.Repeat("1", 2000)}), "TEXT_TOO_LONG", "contact.phone"},
	} {
		refused, body := s.refusal(stranger, c.input)
		if refused.Code != c.code || strings.Join(refused.Path, ".") != c.path {
			t.Errorf("%s: refused with %s at %v, expected %s at %s", name, refused.Code, refused.Path, c.code, c.path)
		}
		if word := leaks(body); word != "" {
			t.Errorf("%s: the answer tells of the inside (%s): %s", name, word, body)
		}
	}
	s.nothingStored()
}

func tenPhotos() (photos []harness.Vars) {
	for range 10 {
		photos = append(photos, harness.Vars{"id": pg.NewID(), "sha256": strings.Repeat("cd", 32)})
	}
	return photos
}

// refusal is the first error of a submission, whether the payload says it or the answer as a whole.
func (s *stage) refusal(c *harness.Client, in harness.Vars) (harness.Refusal, []byte) {
	s.t.Helper()
	a := c.Send(submitClue.document(), harness.Vars{"input": in})
	if len(a.Errors) > 0 {
		path := strings.TrimPrefix(a.Errors[0].Extensions.Field, "input.")
		return harness.Refusal{Code: a.Code(), Path: strings.Split(path, ".")}, a.Body
	}
	var payload struct {
		SubmitClue struct{ Errors []harness.Refusal }
	}
	if err := json.Unmarshal(a.Data, &payload); err != nil || len(payload.SubmitClue.Errors) == 0 {
		s.t.Errorf("not refused: %s", a.Body)
		return harness.Refusal{}, a.Body
	}
	return payload.SubmitClue.Errors[0], a.Body
}

func (s *stage) nothingStored() {
	s.t.Helper()
	for _, table := range []string{"clues", "clue_events", "sealed_reporters", "photos", "clocks", "outbox"} {
		if n := s.Rows(table); n != 0 {
			s.t.Errorf("%d rows in %s", n, table)
		}
	}
}

func TestBrokenRequestsAreRefusedAtTheDoor(t *testing.T) {
	t.Parallel()
	s := open(t)
	stranger := s.Anyone()
	document := submitClue.document()
	for name, c := range map[string]struct {
		body   []byte
		status int
	}{
		"not a number":       {[]byte(`{"query":"` + document + `","variables":{"input":{"position":{"lon":NaN}}}}`), http.StatusBadRequest},
		"broken UTF-8":       {[]byte("{\"query\":\"{ me { unread } }\",\"variables\":{\"x\":\"\xff\xfe\"}}"), http.StatusBadRequest},
		"a text of 1 MB":     {[]byte(`{"query":"{ me { unread } }","variables":{"x":"` + strings.Repeat("a", 1<<20) + `"}}`), http.StatusRequestEntityTooLarge},
		"no JSON":            {[]byte("<tip/>"), http.StatusBadRequest},
		"two mutations":      {[]byte(`{"query":"mutation { a: signOut { signedOut } b: signOut { signedOut } }"}`), http.StatusBadRequest},
		"eleven levels deep": {[]byte(`{"query":"{ regions { children { children { children { children { children { children { children { children { children { children { code } } } } } } } } } } } }"}`), http.StatusBadRequest},
	} {
		a := stranger.PostRaw(c.body)
		if a.Status != c.status || a.Code() == "" {
			t.Errorf("%s: status %d, code %q, expected %d", name, a.Status, a.Code(), c.status)
		}
		if word := leaks(a.Body); word != "" || bytes.Contains(a.Body, bytes.Repeat([]byte("a"), 100)) {
			t.Errorf("%s: the answer gives away too much: %.200s", name, a.Body)
		}
	}
	s.nothingStored()
}

func TestWhatIsNoPictureIsRejectedAndItsReportStands(t *testing.T) {
	t.Parallel()
	s := open(t)
	for name, c := range map[string]struct {
		content []byte
		reason  string
	}{
		"an SVG named .jpg":        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "PHOTO_UNSUPPORTED"},
		"a bomb of 100 megapixels": {bomb(10_000, 10_000), "PHOTO_TOO_LARGE"},
		"half a picture":           {harness.Picture(t, "").Bytes[:200], "PHOTO_UNREADABLE"},
	} {
		// Given a tip with something that only pretends to be a picture,
		fake := harness.Photo{ID: pg.NewID(), Bytes: c.content}
		stranger := s.Anyone()
		r := s.submit(stranger, tip{Text: "见图：" + name, Cell: 2, Photos: []harness.Photo{fake}})
		stranger.Upload(fake)

		// then the picture is rejected with a code, and the words are there.
		seen := harness.Await(s.Harness, name+" is looked at", func() (clueView, bool) {
			clue := s.clueAs(s.As(s.Dispatcher), r.ID)
			return clue, len(clue.Photos) == 1 && (clue.Photos[0].State == "REJECTED" || clue.Photos[0].State == "READY")
		})
		photo := seen.Photos[0]
		if photo.State != "REJECTED" || photo.Reason == nil || *photo.Reason != c.reason || photo.URL != nil {
			t.Errorf("%s: %s, %v", name, photo.State, photo.Reason)
		}
		if *seen.Text != "见图："+name {
			t.Errorf("%s: the words are %q", name, *seen.Text)
		}
	}
}

// bomb is the beginning of a PNG that promises more pixels than memory holds.
func bomb(width, height uint32) []byte {
	header := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(header[4:], width)
	binary.BigEndian.PutUint32(header[8:], height)
	header[12], header[13] = 8, 2 // 8 bits of red, green and blue
	png := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	png = append(png, header...)
	return binary.BigEndian.AppendUint32(png, crc32.ChecksumIEEE(header))
}

func TestAClosedCaseIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.closed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	desk, dispatcher := s.As(s.Desks[fixture.Urban]), s.As(s.Dispatcher)
	target := harness.Vars{"case": c.ID, "note": "x"}
	for m, in := range map[mutation]harness.Vars{
		submitForCheck: target, recallCase: target, sendBackDisposal: target,
		acceptCase:   {"case": c.ID, "handler": s.Handlers[fixture.Urban].ID},
		returnCase:   {"case": c.ID, "basis": "x", "proposed": fixture.Fire},
		decideReturn: {"case": c.ID, "uphold": true, "note": ""},
		decideCheck:  {"case": c.ID, "pass": true, "note": ""},
		routeCase:    {"case": c.ID, "department": fixture.Fire, "note": ""},
	} {
		for _, client := range []*harness.Client{desk, dispatcher} {
			if _, refused := attempt[struct{}](client, m, in); refused == nil || refused.Code != "ACTION_NOT_POSSIBLE" {
				t.Errorf("%s on a closed case: %v", m.name, refused)
			}
		}
	}
	if again := s.read(dispatcher, c.ID); again.Version != c.Version {
		t.Error("a refused action changed the case")
	}
}

func TestAnOlderViewOfACaseIsToldSo(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.routed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	s.refused(s.As(s.Desks[fixture.Urban]), acceptCase,
		harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Urban].ID, "version": c.Version - 1}, "STALE_VERSION")
	s.refused(s.As(s.Desks[fixture.Urban]), acceptCase,
		harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Fire].ID}, "HANDLER_UNKNOWN")
}
