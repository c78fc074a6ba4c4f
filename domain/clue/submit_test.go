package clue_test

import (
	"crypto/sha256"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/domain/vault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/prose"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

func TestWhatCannotBeAReportIsRefusedWithACodeAndAPathAndLeavesNothing(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	type change = func(*clue.Submission)
	place := func(lon, lat float64) change {
		return func(s *clue.Submission) { s.Position.Lon, s.Position.Lat = lon, lat }
	}
	photo := media.Declared{ID: pg.NewID(), SHA256: make([]byte, sha256.Size)}
	for name, refused := range map[string]struct {
		change      change
		code, field string
	}{
		"NaN":                     {place(math.NaN(), 22.54), geo.CodeNotFinite, "position.lon"},
		"infinite":                {place(114.05, math.Inf(1)), geo.CodeNotFinite, "position.lat"},
		"181 degrees":             {place(181, 22.54), geo.CodeOutOfRange, "position.lon"},
		"-181 degrees":            {place(-181, 22.54), geo.CodeOutOfRange, "position.lon"},
		"91 degrees south":        {place(114.05, -91), geo.CodeOutOfRange, "position.lat"},
		"0/0":                     {place(0, 0), geo.CodeNullIsland, "position"},
		"swapped":                 {place(22.54, 114.05), geo.CodeSwapped, "position"},
		"another city":            {place(113.26, 23.13), cell.CodeOutsideCity, "position"},
		"an unknown datum":        {func(s *clue.Submission) { s.Position.Datum = "pulkovo" }, geo.CodeUnknownDatum, "position.datum"},
		"an unknown source":       {func(s *clue.Submission) { s.Position.Source = "guess" }, geo.CodeUnknownSource, "position.source"},
		"negative accuracy":       {func(s *clue.Submission) { s.Position.Accuracy = -1 }, geo.CodeAccuracy, "position.accuracy"},
		"NaN accuracy":            {func(s *clue.Submission) { s.Position.Accuracy = math.NaN() }, geo.CodeAccuracy, "position.accuracy"},
		"captured in the future":  {in(5*time.Minute + time.Second), clue.CodeCapturedAt, "position.capturedAt"},
		"an unknown category":     {about("9999"), clue.CodeUnknownCategory, "category"},
		"a category of two bytes": {about("\x00\xff"), clue.CodeUnknownCategory, "category"},
		"2001 characters":         {saying(strings.Repeat("长", 2001)), prose.CodeTooLong, "text"},
		"1 MB":                    {saying(strings.Repeat("x", 1<<20)), prose.CodeTooLong, "text"},
		"broken UTF-8":            {saying("堵\xff住"), prose.CodeEncoding, "text"},
		"nothing said":            {saying(" \n\x00\x1b "), clue.CodeTextMissing, "text"},
		"no id":                   {func(s *clue.Submission) { s.ID = uuid.Nil }, clue.CodeID, "id"},
		"a random id":             {func(s *clue.Submission) { s.ID = uuid.New() }, clue.CodeID, "id"},
		"ten photos":              {func(s *clue.Submission) { s.Photos = make([]media.Declared, 10) }, media.CodeTooMany, "photos"},
		"a photo twice":           {func(s *clue.Submission) { s.Photos = []media.Declared{photo, photo} }, media.CodeDuplicate, "photos[1].id"},
		"a photo without a hash":  {func(s *clue.Submission) { s.Photos = []media.Declared{{ID: photo.ID}} }, media.CodeHash, "photos[0].sha256"},
		"a name of 101 letters":   {func(s *clue.Submission) { s.Contact.Name = strings.Repeat("名", 101) }, prose.CodeTooLong, "contact.name"},
	} {
		t.Run(name, func(t *testing.T) {
			town := town.under(t)
			savepoint(town)
			_, err := town.intake.Submit(town.ctx, town.tx, town.report(refused.change))
			town.wantFault(err, refused.code, refused.field)
			rollback(town)
		})
	}
	if n := town.count("select count(*) from clues"); n != 0 {
		t.Fatalf("%d refused reports were stored", n)
	}
}

func savepoint(t *town) {
	_, err := t.tx.Exec(t.ctx, "savepoint before")
	t.must(err)
}

func rollback(t *town) {
	_, err := t.tx.Exec(t.ctx, "rollback to savepoint before")
	t.must(err)
}

func TestWhatIsOddButHonestIsTaken(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	photo := media.Declared{ID: pg.NewID(), SHA256: make([]byte, sha256.Size)}
	for name, change := range map[string]func(*clue.Submission){
		"captured years ago":        in(-20 * 365 * 24 * time.Hour),
		"a clock 4 minutes ahead":   in(4 * time.Minute),
		"2000 characters":           saying(strings.Repeat("长", 2000)),
		"no category":               about(""),
		"a photo without words":     func(s *clue.Submission) { s.Text, s.Photos = "", []media.Declared{photo} },
		"a feigned position":        func(s *clue.Submission) { s.Position.Mocked = true },
		"an accuracy of 3 km":       func(s *clue.Submission) { s.Position.Accuracy = 3000 },
		"a pin from a map in BD-09": func(s *clue.Submission) { s.Position.Source = geo.SourceMapPin },
	} {
		t.Run(name, func(t *testing.T) {
			if c := town.under(t).submitted(change); c.State != clue.Submitted || c.Cell != fixture.Cell(fixture.Nanyuan, 2) {
				t.Fatalf("got %+v", c)
			}
		})
	}
}

func TestControlCharactersAreStrippedAndLineBreaksStay(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.submitted(saying("  第一行\r\n第\x00二\x1b行\t完\u0085 "))
	if got := town.reload(c).Text; got != "第一行\n第二行\t完" {
		t.Fatalf("kept %q", got)
	}
}

func TestAReportIsKeptWholeWithItsEventAuditClockAndSealedReporter(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	receipt := town.submit(town.report(func(s *clue.Submission) { s.Contact = clue.Contact{Name: "李四", Phone: "+8613800000000"} }))
	c := receipt.Clue

	stored := town.reload(c)
	if stored.Number != c.Number || stored.Street != fixture.Nanyuan || !stored.Urgent || stored.Mark != nil || stored.Source != clue.Anonymous {
		t.Fatalf("stored %+v", stored)
	}
	for what, sql := range map[string]string{
		"event":    "select count(*) from clue_events where clue_id = $1 and kind = 'submitted' and actor_id is null",
		"audit":    "select count(*) from audits where object_id = $1::uuid::text and action = 'clue.submit' and actor_id is null",
		"clock":    "select count(*) from clocks where clue_id = $1 and stage = 'file' and ladder = 'urgent'",
		"deadline": "select count(*) from deadlines where clue_id = $1 and state = 'armed'",
		"job":      "select count(*) from outbox where kind = 'clue.submitted' and payload->>'clue' = $1::uuid::text",
	} {
		if n := town.count(sql, c.ID); n != 1 {
			t.Errorf("%d rows: %s", n, what)
		}
	}
	// The application cannot read the vault. Its owner can, and the key holder alone can open what it reads.
	_, err := town.tx.Exec(town.ctx, "set local role gridwork_vault")
	town.must(err)
	box, err := pg.Val[[]byte](town.ctx, town.tx, "select sealed from sealed_reporters where clue_id = $1", c.ID)
	town.must(err)
	who, err := vault.Open(town.vault, vault.Sealed{Clue: c.ID, Box: box})
	town.must(err)
	if who.Name != "李四" || who.Phone != "+8613800000000" || who.Person != nil {
		t.Fatalf("sealed %+v", who)
	}
}

func TestTheSameReportAgainIsAnsweredAsTheFirstTime(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	report := town.report()
	first := town.submit(report)

	again := town.submit(report)
	if !again.Repeated || first.Repeated || again.Clue.Number != first.Clue.Number || *again.ClaimCode != *first.ClaimCode {
		t.Fatalf("first %+v, again %+v", first, again)
	}
	if n := town.count("select count(*) from clue_events"); n != 1 {
		t.Fatalf("%d events for one report", n)
	}

	// What a reporter adds about themselves does not make it another report; anything else does.
	report.Contact.Name = "李四"
	if !town.submit(report).Repeated {
		t.Fatal("a name made it another report")
	}
	for name, change := range map[string]func(*clue.Submission){
		"text":     saying("别的"),
		"category": about(fixture.Rubbish),
		"place":    at(fixture.Nanyuan, 3),
		"datum":    func(s *clue.Submission) { s.Position.Datum = geo.CGCS2000 },
		"accuracy": func(s *clue.Submission) { s.Position.Accuracy++ },
		"time":     in(-time.Second),
		"mocked":   func(s *clue.Submission) { s.Position.Mocked = true },
		"photos": func(s *clue.Submission) {
			s.Photos = []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, sha256.Size)}}
		},
	} {
		other := report
		change(&other)
		_, err := town.intake.Submit(town.ctx, town.tx, other)
		if err == nil {
			t.Fatalf("another %s passed for the same report", name)
		}
		town.wantFault(err, clue.CodeIDReused, "id")
	}
}

func TestOneReportSent200TimesAtOnceIsOneRecord(t *testing.T) {
	t.Parallel()
	db := dbtest.DB(t)
	var town *town
	if err := db.Write(t.Context(), func(tx *pg.Tx) error { town = settle(t, t.Context(), tx); return nil }); err != nil {
		t.Fatal(err)
	}
	report := town.report()
	crowd := pg.NewCrowd(db, town.intake.Take)
	var answers sync.Map
	var senders sync.WaitGroup
	slots := make(chan struct{}, 16)
	for range 200 {
		senders.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			draft, err := town.intake.Draft(actor.Anonymous, report)
			if err != nil {
				t.Error(err)
				return
			}
			receipt, err := crowd.Write(t.Context(), draft)
			if err != nil || receipt.Refused != nil {
				t.Error(err, receipt.Refused)
				return
			}
			answers.Store([2]any{receipt.Clue.Number, *receipt.ClaimCode}, true)
		})
	}
	senders.Wait()
	different := 0
	answers.Range(func(any, any) bool { different++; return true })
	if different != 1 {
		t.Fatalf("%d different answers to one report", different)
	}
	for _, table := range []string{"clues", "clue_events", "clocks", "deadlines", "audits", "outbox"} {
		n, err := pg.ReadVal(t.Context(), db, func(tx *pg.Tx) (int, error) {
			return pg.Val[int](t.Context(), tx, "select count(*) from "+table)
		})
		if err != nil || n != 1 {
			t.Errorf("%d rows in %s: %v", n, table, err)
		}
	}
}

func TestReportsTakenTogetherAreAnsweredEachForItself(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.Nanyuan, ""))
	earlier := town.report()
	town.submit(earlier)
	fresh, reused := town.report(), town.report(saying("别的"))
	reused.ID = earlier.ID
	drafts := []clue.Draft{
		town.draft(actor.Anonymous, reused), town.draft(volunteer, fresh), town.draft(actor.Anonymous, town.report(about("0000"))),
		town.draft(actor.Anonymous, earlier), town.draft(actor.Anonymous, town.report(in(time.Hour))), town.draft(volunteer, fresh),
		town.draft(actor.Anonymous, town.report()),
	}

	taken, err := town.intake.Take(town.ctx, town.tx, drafts)

	town.must(err)
	town.wantFault(taken[0].Refused, clue.CodeIDReused, "id")
	town.wantFault(taken[2].Refused, clue.CodeUnknownCategory, "category")
	town.wantFault(taken[4].Refused, clue.CodeCapturedAt, "position.capturedAt")
	for _, i := range []int{1, 3, 5, 6} {
		if taken[i].Refused != nil || taken[i].Clue.Number == 0 || (taken[i].ClaimCode == nil) != (taken[i].Clue.Mark != nil) {
			t.Errorf("draft %d: %+v", i, taken[i])
		}
	}
	if taken[1].Repeated == taken[5].Repeated || taken[1].Clue.Number != taken[5].Clue.Number || !taken[3].Repeated || taken[6].Repeated {
		t.Error("a repetition was not known for one, or a first report taken for it")
	}
	if n := town.count("select count(*) from clues"); n != 3 {
		t.Errorf("%d clues", n)
	}
}

func TestOnePlaceReadInThreeDatumsLandsInOneCell(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	lon, lat := fixture.Centre(fixture.Nanyuan, 5)
	for _, datum := range []geo.Datum{geo.WGS84, geo.CGCS2000, geo.GCJ02, geo.BD09} {
		reading := datum.FromWGS84(geo.Point{Lon: lon, Lat: lat})
		c := town.reload(town.submitted(func(s *clue.Submission) {
			s.Position.Datum, s.Position.Lon, s.Position.Lat = datum, reading.Lon, reading.Lat
		}))
		if c.Cell != fixture.Cell(fixture.Nanyuan, 5) || c.BorderM != nil || c.Lon != reading.Lon || c.Datum != datum {
			t.Errorf("%s landed in %s, raw %v", datum, c.Cell, c.Lon)
		}
		if geo.Distance(c.Point, geo.Point{Lon: lon, Lat: lat}) > 0.01 {
			t.Errorf("%s is %v in WGS 84", datum, c.Point)
		}
	}
}

func TestAReportFromJustOutsideTheCityIsLandedWithAFlag(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.reload(town.submitted(func(s *clue.Submission) { s.Position.Lon = fixture.West - 0.001 }))
	if c.Cell != fixture.Cell(fixture.Nanyuan, 0) || c.BorderM == nil || *c.BorderM < 50 || *c.BorderM > 200 {
		t.Fatalf("landed in %s, %v m outside", c.Cell, c.BorderM)
	}
}

func TestASignedInReporterIsKnownByAMarkAlone(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for role, source := range map[actor.Role]clue.Source{actor.Volunteer: clue.Volunteer, actor.GridWorker: clue.GridWorker,
		actor.Integration: clue.Machine, actor.Dispatcher: clue.Hotline} {
		somebody := town.person(fixture.As(role, fixture.Nanyuan, ""))
		town.as(somebody, func() {
			receipt := town.submit(town.report(about(fixture.Rubbish)))
			if receipt.ClaimCode != nil || receipt.Clue.Source != source {
				t.Errorf("%s: %+v", role, receipt)
			}
			mine, more, err := clue.Mine(town.ctx, town.tx, clue.Page{First: 5})
			if err != nil || more || len(mine) != 1 || mine[0].ID != receipt.Clue.ID {
				t.Errorf("%s sees %v of their own: %v", role, mine, err)
			}
			// A wish for anonymity is granted: neither mark nor source tells.
			hidden := town.submit(town.report(func(s *clue.Submission) { s.Anonymous = true }))
			if hidden.ClaimCode == nil || hidden.Clue.Mark != nil || hidden.Clue.Source != clue.Anonymous {
				t.Errorf("%s, anonymously: %+v", role, hidden)
			}
		})
		for _, table := range []string{"clues", "clue_events", "audits", "messages", "outbox", "clocks"} {
			if n := town.count("select count(*) from "+table+" x where to_jsonb(x)::text like '%' || $1 || '%'", somebody.ID.String()); n != 0 {
				t.Errorf("%s: %d rows of %s name the reporter", role, n, table)
			}
		}
	}
}

func TestWithoutNextYearsHolidaysAReportIsTakenAndItsClockRunsProvisionallyDayAndNight(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.tx.Now = time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC) // 17:00 on the last day that the calendar covers
	c := town.submitted(about(fixture.Rubbish))
	if n := town.count("select count(*) from clocks where clue_id = $1 and limit_unit = 'urgent_hour' and meant_unit = 'working_hour' and calendar_version = 1", c.ID); n != 1 {
		t.Fatalf("%d clocks that run day and night, and say that working hours are meant", n)
	}
}

func TestAReportThatNobodyHasJudgedDoesNotWaitForMonday(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	saturday := time.Date(2026, 11, 21, 14, 0, 0, 0, time.UTC)
	town.tx.Now = saturday
	c := town.submitted(about(""))
	town.must(town.tx.Flush(town.ctx))
	due, err := pg.Val[time.Time](town.ctx, town.tx, "select due_at from clocks where clue_id = $1", c.ID)
	town.must(err)
	if want := saturday.Add(time.Hour); !due.Equal(want) || c.Urgent {
		t.Fatalf("due %s, want %s; urgent %v", due, want, c.Urgent)
	}
}

func TestBeforeAnythingIsPublishedAReportIsTakenWithoutAPromise(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	_, err := town.tx.Exec(town.ctx, "delete from stage_limits")
	town.must(err)
	c := town.submitted(about(""))
	if n := town.count("select count(*) from clocks where clue_id = $1", c.ID); n != 0 {
		t.Fatalf("%d clocks on a limit that nobody published", n)
	}
}

func TestAnUrgentReportIsAnnouncedToWhoIsOnDuty(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	working := town.dispatcher()
	resting := town.person(fixture.As(actor.Dispatcher, fixture.Nanyuan, ""), fixture.OffDuty())
	elsewhere := town.person(fixture.As(actor.Dispatcher, fixture.Yuanling, ""))
	c := town.submitted()

	town.must(clue.Announce(town.ctx, town.tx, c.ID))
	told := func(a *actor.Actor) int {
		return town.count("select count(*) from messages where person_id = $1 and kind = 'clue_submitted'", a.ID)
	}
	if told(working) != 1 || told(resting) != 0 || told(elsewhere) != 0 {
		t.Fatalf("on duty %d, off duty %d, elsewhere %d", told(working), told(resting), told(elsewhere))
	}

	// Decided meanwhile: there is nothing left to say.
	town.as(working, func() {
		_, err := clue.Refer(town.ctx, town.tx, clue.ReferInput{Target: clue.Target{Clue: c.ID}, To: clue.Fire119})
		town.must(err)
	})
	town.must(clue.Announce(town.ctx, town.tx, c.ID))
	if told(working) != 1 {
		t.Fatal("announced although it was decided")
	}
}
