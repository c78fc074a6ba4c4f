// Package scenario tells the stories of the platform's people through its public doors: GraphQL over HTTP and
// websocket, resumable uploads, the SMS gateway and webhooks. Each file is a story, named for what it prevents.
package scenario

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// stage is where a story is played: the platform, and its people in front of it.
type stage struct {
	*harness.Harness
	t *testing.T
}

func open(t *testing.T, options ...harness.Option) *stage {
	t.Helper()
	return &stage{harness.New(t, options...), t}
}

// tip is what a reporter sees. Without a street it lies in Nanyuan.
type tip struct {
	Text     string
	Category string
	Street   string
	Cell     int     // from the west, 0–7
	East     float64 // degrees east of the cell's centre
	Datum    geo.Datum
	Photos   []harness.Photo
	// Anonymous keeps the name of a signed-in reporter out.
	Anonymous bool
	Contact   harness.Vars
}

func (s *stage) position(t tip) harness.Vars {
	street := t.Street
	if street == "" {
		street = fixture.Nanyuan
	}
	lon, lat := fixture.Centre(street, t.Cell)
	datum := t.Datum
	if datum == "" {
		datum = geo.WGS84
	}
	p := datum.FromWGS84(geo.Point{Lon: lon + t.East, Lat: lat})
	names := map[geo.Datum]string{geo.WGS84: "WGS84", geo.GCJ02: "GCJ02", geo.BD09: "BD09", geo.CGCS2000: "CGCS2000"}
	return harness.Vars{"lon": p.Lon, "lat": p.Lat, "datum": names[datum], "accuracy": 12.0, "source": "GNSS", "mocked": false, "capturedAt": s.Now()}
}

// input is the tip as a mutation takes it, under an id of its own.
func (s *stage) input(t tip) harness.Vars {
	photos := []harness.Vars{}
	for _, p := range t.Photos {
		photos = append(photos, p.Input())
	}
	in := harness.Vars{"id": pg.NewID(), "text": t.Text, "position": s.position(t), "photos": photos, "anonymous": t.Anonymous}
	if t.Category != "" {
		in["category"] = t.Category
	}
	if t.Contact != nil {
		in["contact"] = t.Contact
	}
	return in
}

// receipt is what a reporter gets.
type receipt struct {
	ID        uuid.UUID
	Number    int
	Cell      string
	ClaimCode *string
	Repeated  bool
}

func (s *stage) submit(c *harness.Client, t tip) receipt {
	s.t.Helper()
	return s.submitInput(c, s.input(t))
}

func (s *stage) submitInput(c *harness.Client, in harness.Vars) receipt {
	s.t.Helper()
	r, refused := attempt[receipt](c, submitClue, in)
	if refused != nil {
		s.t.Fatalf("the tip is refused: %v", refused)
	}
	r.ID = in["id"].(uuid.UUID)
	return r
}

// reported is a case as far as the story needs it.

// filed is a case that a dispatcher made of a volunteer's tip.
func (s *stage) filed(t tip) (caseView, receipt) {
	s.t.Helper()
	r := s.submit(s.As(s.Volunteer), t)
	return s.file(r, t.Category), r
}

func (s *stage) file(r receipt, category string) caseView {
	s.t.Helper()
	return *s.clueDone(s.As(s.Dispatcher), fileClue, harness.Vars{"clue": r.ID, "standard": s.Standards[category]}).Case
}

// routed is a case that the rules have sent to its department.
func (s *stage) routed(t tip) caseView {
	s.t.Helper()
	c, _ := s.filed(t)
	return s.awaitState(c.ID, "ROUTED")
}

// accepted is a case that its department has taken on, with a handler named.
func (s *stage) accepted(t tip) caseView {
	s.t.Helper()
	c := s.routed(t)
	department := c.Department.Code
	return s.done(s.As(s.Desks[department]), acceptCase, harness.Vars{"case": c.ID, "handler": s.Handlers[department].ID})
}

// reported is a case whose handler says that it is fixed.
func (s *stage) reported(t tip) caseView {
	s.t.Helper()
	c := s.accepted(t)
	return s.report(c)
}

func (s *stage) report(c caseView) caseView {
	s.t.Helper()
	handler := s.As(s.Handlers[c.Department.Code])
	after := harness.Picture(s.t, "after")
	handler.Upload(after)
	return s.done(handler, reportDisposal, harness.Vars{
		"id": pg.NewID(), "case": c.ID, "text": "已清理完毕", "position": s.at(c), "photos": []harness.Vars{after.Input()}})
}

// at is a position at the case's own point.
func (s *stage) at(c caseView) harness.Vars {
	return harness.Vars{"lon": c.Point.Lon, "lat": c.Point.Lat, "datum": "WGS84", "accuracy": 5.0, "source": "GNSS", "mocked": false, "capturedAt": s.Now()}
}

// checking is a case that somebody looks at on the spot.
func (s *stage) checking(t tip) caseView {
	s.t.Helper()
	c := s.reported(t)
	return s.done(s.As(s.Desks[c.Department.Code]), submitForCheck, harness.Vars{"case": c.ID})
}

// checked is a case whose check was answered.
func (s *stage) checked(c caseView, fixed bool) caseView {
	s.t.Helper()
	task := c.openCheck(s.t)
	worker := s.worker(*task.Assignee)
	return s.done(s.As(worker), answerCheck, harness.Vars{"task": task.ID, "fixed": fixed, "note": "已到现场", "position": s.at(c)})
}

// worker is the grid worker of that id.
func (s *stage) worker(p person) *harness.Person {
	s.t.Helper()
	for _, w := range []*harness.Person{s.Worker, s.OtherWorker, s.FarWorker} {
		if w.ID == p.ID {
			return w
		}
	}
	s.t.Fatalf("%s is no grid worker of the town", p.ID)
	return nil
}

// closed is a case that was fixed and checked.
func (s *stage) closed(t tip) caseView {
	s.t.Helper()
	c := s.checked(s.checking(t), true)
	return s.done(s.As(s.Dispatcher), decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": "合格"})
}

// awaitState waits until the platform has brought a case somewhere by itself.
func (s *stage) awaitState(id uuid.UUID, state string) caseView {
	s.t.Helper()
	return harness.Await(s.Harness, "the case is "+state, func() (caseView, bool) {
		c := s.read(s.As(s.Supervisor), id)
		return c, c.State == state
	})
}

// read is the case as somebody sees it; nobody's business = test failure.
func (s *stage) read(c *harness.Client, id uuid.UUID) caseView {
	s.t.Helper()
	found := harness.Ask[struct{ Case *caseView }](c, caseQuery, harness.Vars{"id": id}).Case
	if found == nil {
		s.t.Fatalf("case %s is not found", id)
	}
	return *found
}

// inbox is what somebody was told, the newest first.
func (s *stage) inbox(p *harness.Person) []message {
	s.t.Helper()
	type answer struct {
		Inbox struct{ Nodes []message }
	}
	return harness.Ask[answer](s.As(p), inboxQuery, nil).Inbox.Nodes
}

// told is how many messages of a kind somebody has.
func (s *stage) told(p *harness.Person, kind string) int {
	s.t.Helper()
	n := 0
	for _, m := range s.inbox(p) {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

// later lets working time pass in steps short enough that no step of a ladder is skipped.
func (s *stage) later(d, step time.Duration) {
	s.t.Helper()
	for ; d > 0; d -= step {
		s.Advance(min(d, step))
	}
}
