package casework_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/test/fixture"
)

func TestADisposalIsReportedFromTheSpotOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	from := func(p *geo.Position, reason string) error {
		in := town.disposal(c)
		in.Position, in.AwayReason = p, reason
		_, err := as(town, town.handler, casework.ReportDisposal, in)
		return err
	}
	next, far := town.here(3), town.here(2) // about 103 m east; and a GCJ-02 reading of the same numbers, 500 m off
	far.Datum = geo.GCJ02
	town.refused("from the next cell", from(&next, ""), "OUTSIDE_GEOFENCE", "awayReason")
	town.refused("with another datum's numbers", from(&far, ""), "OUTSIDE_GEOFENCE", "awayReason")
	town.refused("from nowhere", from(nil, ""), "OUTSIDE_GEOFENCE", "awayReason")
	town.must(from(&next, "道路封闭，在路口拍摄"))
	d := last(town, c, casework.DisposalsOf)
	if d.DistanceM == nil || math.Abs(*d.DistanceM-102.7) > 1 || d.AwayReason == nil || d.HandlerID != town.handler.ID {
		t.Errorf("%+v", d)
	}
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "accepted", "disposal_reported"})
}

// Its photos are shown to whoever may see it: an answer with a column too few was an error for everybody.
func TestWhoeverSeesACaseFindsItsDisposalsByID(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	in := town.disposal(town.working())
	_, err := as(town, town.handler, casework.ReportDisposal, in)
	town.must(err)
	found, err := as(town, town.handler, casework.DisposalsByIDs, []uuid.UUID{in.ID})
	town.must(err)
	if len(found) != 1 || found[0].ID != in.ID || found[0].Text != in.Text {
		t.Errorf("found %+v", found)
	}
}

func TestADisposalTakesAPhotoWordsAndASoundPosition(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	for name, bad := range map[string]struct {
		spoil      func(*casework.DisposalInput)
		code, path string
	}{
		"no photo":      {func(d *casework.DisposalInput) { d.Photos = nil }, "PHOTO_MISSING", "photos"},
		"ten photos":    {func(d *casework.DisposalInput) { d.Photos = photos(10) }, media.CodeTooMany, "photos"},
		"half a hash":   {func(d *casework.DisposalInput) { d.Photos[0].SHA256 = []byte{1} }, media.CodeHash, "photos[0].sha256"},
		"no words":      {func(d *casework.DisposalInput) { d.Text = "\x00 " }, "TEXT_MISSING", "text"},
		"a random id":   {func(d *casework.DisposalInput) { d.ID = uuid.New() }, "ID_NOT_UUID_V7", "id"},
		"not a number":  {func(d *casework.DisposalInput) { d.Position.Lon = math.NaN() }, geo.CodeNotFinite, "position.lon"},
		"from tomorrow": {func(d *casework.DisposalInput) { d.Position.CapturedAt = town.tx.Now.Add(time.Hour) }, "CAPTURED_IN_FUTURE", "position.capturedAt"},
	} {
		in := town.disposal(c)
		bad.spoil(&in)
		_, err := as(town, town.handler, casework.ReportDisposal, in)
		town.refused(name, err, bad.code, bad.path)
	}
	town.is(town.now(c), casework.Working)
}

func TestADisposalSentTwiceIsOne(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	in := town.disposal(c)
	in.Version = new(c.Version)
	first := done(town, town.handler, casework.ReportDisposal, in)
	again := done(town, town.handler, casework.ReportDisposal, in)
	if again.Version != first.Version || len(all(town, c, casework.DisposalsOf)) != 1 {
		t.Errorf("version %d became %d", first.Version, again.Version)
	}
	done(town, town.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	if late := done(town, town.handler, casework.ReportDisposal, in); late.State != casework.Checking {
		t.Errorf("repeated after the case moved on: %s", late.State)
	}
	in.Text = "另一份报告"
	_, err := as(town, town.handler, casework.ReportDisposal, in)
	town.refused("the same id, other words", err, "DISPOSAL_ID_REUSED", "id")
	other := town.working()
	in = town.disposal(other)
	in.ID = last(town, c, casework.DisposalsOf).ID
	_, err = as(town, town.handler, casework.ReportDisposal, in)
	town.refused("the same id, another case", err, "DISPOSAL_ID_REUSED", "id")
}

func TestOnlyTheNamedHandlerReports(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	_, err := as(town, town.desk, casework.ReportDisposal, town.disposal(c))
	town.refused("the desk", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.person(fixture.As(actor.Handler, fixture.District, fixture.Fire)), casework.ReportDisposal, town.disposal(c))
	town.refused("another handler", err, "CASE_NOT_FOUND", "case")
	_, err = as(town, town.handler, casework.SubmitForCheck, casework.NoteInput{Target: of(town.disposed())})
	town.refused("the handler passes on their own work", err, "ACTION_NOT_YOURS", "")
}

func TestADisposalSentBackIsWorkedOnAgainOnTheSameClock(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.disposed()
	due := *c.DueAt
	town.tx.Now = town.tx.Now.Add(time.Hour)
	_, err := as(town, town.desk, casework.SendBack, casework.NoteInput{Target: of(c)})
	town.refused("without a reason", err, "TEXT_MISSING", "note")
	c = done(town, town.desk, casework.SendBack, casework.NoteInput{Target: of(c), Note: "照片不清"})
	town.is(c, casework.Working)
	town.runs(c, "dispose total")
	if !c.DueAt.Equal(due) || c.ReportedAt != nil {
		t.Errorf("due %v, reported %v: a false report would buy time", c.DueAt, c.ReportedAt)
	}
	town.same("handler", town.inbox(town.handler), []string{"handler_named", "disposal_sent_back"})
	town.is(done(town, town.handler, casework.ReportDisposal, town.disposal(c)), casework.Reported)
}

func TestAClosedCaseIsActedOnNoMore(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.closed()
	note := casework.NoteInput{Target: of(c), Note: "再看看"}
	for name, try := range map[string]func() error{
		"recall": func() error { _, err := as(town, town.dispatcher, casework.Recall, note); return err },
		"route": func() error {
			_, err := as(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Fire})
			return err
		},
		"accept": func() error {
			_, err := as(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
			return err
		},
		"report": func() error { _, err := as(town, town.handler, casework.ReportDisposal, town.disposal(c)); return err },
		"submit": func() error { _, err := as(town, town.desk, casework.SubmitForCheck, note); return err },
		"decide": func() error {
			_, err := as(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: true})
			return err
		},
		"assign": func() error {
			_, err := as(town, town.dispatcher, casework.AssignCheck, casework.AssignCheckInput{Target: of(c)})
			return err
		},
		"answer": func() error {
			_, err := as(town, town.holder, casework.AnswerCheck, casework.AnswerCheckInput{Task: town.check(c).ID, Fixed: false, Note: "又堵了"})
			return err
		},
		"silence": func() (err error) {
			fixture.Do(town.tx, actor.System("deadline keeper"), func() { err = casework.SubmitBySilence(town.ctx, town.tx, []uuid.UUID{c.ID}) })
			if err == nil && town.now(c).Version == c.Version {
				err = fault.Conflict("ACTION_NOT_POSSIBLE", "silently left alone")
			}
			return err
		},
	} {
		town.refused(name, try(), "ACTION_NOT_POSSIBLE", "")
	}
	if town.now(c).Version != c.Version {
		t.Error("it was changed")
	}
}
