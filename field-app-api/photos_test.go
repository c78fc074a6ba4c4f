package fieldapi_test

import (
	"bytes"
	"image/jpeg"
	"net/http"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/domain/vault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// scene is a site in the small city, with a volunteer's report and its photo.
type scene struct {
	*site
	keys      *vault.Keys
	volunteer *actor.Actor
	clue      clue.Clue
	shot      shot
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{site: newSite(t), shot: newShot(t, 700)}
	private, err := vault.GenerateKey()
	s.must(err)
	s.keys = &vault.Keys{Seal: private.Public(), Claim: []byte("claim key"), Mark: []byte("mark key")}
	s.write(func(tx *pg.Tx) {
		fixture.City(t, t.Context(), tx)
		fixture.Standards(t, t.Context(), tx)
		s.volunteer = s.person(tx, fixture.As(actor.Volunteer, fixture.Nanyuan, ""))
		atlas, err := cell.LoadAtlas(t.Context(), tx)
		s.must(err)
		s.intake.Atlas, s.intake.Keys = func() *cell.Atlas { return atlas }, s.keys
		lon, lat := fixture.Centre(fixture.Nanyuan, 2)
		fixture.Do(tx, s.volunteer, func() {
			receipt, err := s.intake.Submit(t.Context(), tx, clue.Submission{ID: pg.NewID(), Category: fixture.BlockedExit,
				Position: geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Source: geo.SourceGNSS, CapturedAt: tx.Now},
				Photos:   []media.Declared{{ID: s.shot.id, SHA256: s.shot.sum()}}})
			s.must(err)
			s.clue = receipt.Clue
		})
	})
	return s
}

func (s *scene) write(step func(*pg.Tx)) {
	s.Helper()
	s.must(s.db.Write(s.Context(), func(tx *pg.Tx) error { step(tx); return nil }))
}

func (s *scene) person(tx *pg.Tx, options ...fixture.PersonOption) *actor.Actor {
	a := fixture.Person(s, s.Context(), tx, options...)
	a.Mark = s.keys.MarkOf(a.ID)
	return a
}

func (s *scene) somebody(role actor.Role, region, department string) (a *actor.Actor) {
	s.write(func(tx *pg.Tx) { a = s.person(tx, fixture.As(role, region, department)) })
	return a
}

// uploaded sends the photo's bytes and has them processed.
func (s *scene) uploaded() {
	s.Helper()
	s.wantVerified(s.patch(s.begin(s.shot), 0, s.shot.bytes), s.shot)
	s.must(media.Process(s.Context(), s.db, s.files, s.shot.id))
}

func (s *scene) look(who *actor.Actor, variant string) answer {
	s.Helper()
	s.as = who
	return s.request("GET", "/photos/"+s.shot.id.String()+"/"+variant, nil, nil)
}

func TestAPhotoIsShownToWhoeverSeesTheReportAndToNobodyElse(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.uploaded()
	for name, c := range map[string]struct {
		who    *actor.Actor
		status int
	}{
		"its reporter":              {s.volunteer, 200},
		"the street's dispatcher":   {s.somebody(actor.Dispatcher, fixture.Nanyuan, ""), 200},
		"the street's duty lead":    {s.somebody(actor.DutyLead, fixture.Nanyuan, ""), 200},
		"the district's supervisor": {s.somebody(actor.Supervisor, fixture.District, ""), 200},
		"anybody":                   {actor.Anonymous, 404},
		"another volunteer":         {s.somebody(actor.Volunteer, fixture.Nanyuan, ""), 404},
		"a grid worker not asked":   {s.somebody(actor.GridWorker, fixture.Nanyuan, ""), 404},
		"another street's":          {s.somebody(actor.Dispatcher, fixture.Yuanling, ""), 404},
		"a department without it":   {s.somebody(actor.DepartmentDesk, fixture.Nanyuan, fixture.Fire), 404},
		"an administrator":          {s.somebody(actor.Admin, fixture.CityCode, ""), 404},
	} {
		for _, variant := range []string{"copy", "thumb"} {
			a := s.look(c.who, variant)
			if a.status != c.status {
				t.Errorf("%s, %s: %d %s", name, variant, a.status, a.body)
			}
			if a.status != http.StatusOK {
				continue
			}
			shown, err := jpeg.DecodeConfig(bytes.NewReader([]byte(a.body)))
			if err != nil || variant == "thumb" && shown.Width != 320 || variant == "copy" && shown.Width != 700 {
				t.Errorf("%s, %s: %d pixels wide, %v", name, variant, shown.Width, err)
			}
			if a.header.Get("Cache-Control") != "private, max-age=31536000, immutable" || a.header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s, %s: %v", name, variant, a.header)
			}
		}
	}
}

func TestADepartmentSeesThePhotosOfWhatIsRoutedToIt(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.uploaded()
	fire, safety := s.somebody(actor.DepartmentDesk, fixture.Nanyuan, fixture.Fire), s.somebody(actor.DepartmentDesk, fixture.Nanyuan, fixture.Safety)
	s.write(func(tx *pg.Tx) {
		caseID := pg.NewID()
		_, err := tx.Exec(t.Context(), `insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text,
				point, cell, street, standard_id, department, restricted, clue_count, filed_at)
			select $1, 'event', 'routed', 1, 1, 0, 0, category, urgent, 2, 'clue', text, point, cell, street,
				(select id from filing_standards limit 1), $3, false, 1, $4 from clues where id = $2`, caseID, s.clue.ID, fixture.Fire, tx.Now)
		s.must(err)
		_, err = tx.Exec(t.Context(), "update clues set case_id = $2, state = 'filed' where id = $1", s.clue.ID, caseID)
		s.must(err)
	})
	if a := s.look(fire, "copy"); a.status != http.StatusOK {
		t.Errorf("its department: %d %s", a.status, a.body)
	}
	if a := s.look(safety, "copy"); a.status != http.StatusNotFound {
		t.Errorf("another department: %d", a.status)
	}
}

func TestAnOriginalIsForItsReporterAndForStaffWithAReason(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.uploaded()
	if a := s.look(s.volunteer, "original"); a.status != http.StatusOK || a.body != string(s.shot.bytes) || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("its reporter: %d, %d bytes, %v", a.status, len(a.body), a.header)
	}
	dispatcher := s.somebody(actor.Dispatcher, fixture.Nanyuan, "")
	if a := s.look(dispatcher, "original"); a.status != http.StatusBadRequest || a.code() != "REASON_MISSING" {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	if a := s.look(dispatcher, "original?reason=核对"); a.status != http.StatusOK {
		t.Errorf("with a reason: %d %s", a.status, a.body)
	}
	if a := s.look(actor.Anonymous, "original?reason=x"); a.status != http.StatusNotFound {
		t.Errorf("anybody: %d %s", a.status, a.body)
	}
	s.write(func(tx *pg.Tx) {
		n, err := pg.Val[int](t.Context(), tx, "select count(*) from audits where action = 'photo.reveal' and actor_id = $1", dispatcher.ID)
		if err != nil || n != 1 {
			t.Errorf("%d lines on the record: %v", n, err)
		}
	})
}

func TestWhatCannotBeShownSaysWhy(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	if a := s.look(s.volunteer, "copy"); a.status != http.StatusConflict || a.code() != media.CodeNotReady {
		t.Errorf("before its bytes are here: %d %s", a.status, a.body)
	}
	s.uploaded()
	for _, path := range []string{"/photos/" + uuid.NewString() + "/copy", "/photos/x/copy", "/photos/" + s.shot.id.String() + "/blurred"} {
		if a := s.request("GET", path, nil, nil); a.status != http.StatusNotFound || a.code() != media.CodeNotFound {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	stray := newShot(t, 60) // uploaded, and nobody says what it belongs to
	s.wantVerified(s.patch(s.begin(stray), 0, stray.bytes), stray)
	if a := s.request("GET", "/photos/"+stray.id.String()+"/original", nil, nil); a.status != http.StatusNotFound {
		t.Errorf("a photo of nothing: %d %s", a.status, a.body)
	}
}

func TestTheGridWorkerWhoVerifiesSeesTheReportsPhotosAndTheDeskTheAnswers(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.uploaded()
	worker, dispatcher := s.somebody(actor.GridWorker, fixture.Nanyuan, ""), s.somebody(actor.Dispatcher, fixture.Nanyuan, "")
	answer := newShot(t, 60)
	s.write(func(tx *pg.Tx) {
		fixture.Do(tx, dispatcher, func() {
			_, err := clue.AskVerification(t.Context(), tx, clue.AskVerificationInput{Target: clue.Target{Clue: s.clue.ID}, Assignee: &worker.ID})
			s.must(err)
		})
		fixture.Do(tx, worker, func() {
			tasks, _, err := clue.Tasks(t.Context(), tx, clue.Page{First: 1})
			s.must(err)
			_, err = clue.AnswerVerification(t.Context(), tx, clue.AnswerVerificationInput{Task: tasks[0].ID, Confirmed: true,
				Photos: []media.Declared{{ID: answer.id, SHA256: answer.sum()}}})
			s.must(err)
		})
	})
	if a := s.look(worker, "copy"); a.status != http.StatusOK {
		t.Errorf("the report's photo, to who verifies: %d %s", a.status, a.body)
	}
	s.wantVerified(s.patch(s.begin(answer), 0, answer.bytes), answer)
	s.must(media.Process(t.Context(), s.db, s.files, answer.id))
	for name, c := range map[string]struct {
		who    *actor.Actor
		status int
	}{"who answered": {worker, 200}, "the desk": {dispatcher, 200}, "the reporter": {s.volunteer, 404}, "anybody": {actor.Anonymous, 404}} {
		s.as = c.who
		if a := s.request("GET", "/photos/"+answer.id.String()+"/copy", nil, nil); a.status != c.status {
			t.Errorf("the answer's photo, to %s: %d %s", name, a.status, a.body)
		}
	}
}
