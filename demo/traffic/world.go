package traffic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/google/uuid"

	"gridwork/demo"
	"gridwork/demo/client"
	"gridwork/demo/picture"
	"gridwork/geo"
)

// world is what the players know of the city and of one another.
type world struct {
	Options
	anyone *client.Client
	tally  *Tally
	began  time.Time // by this machine's clock

	streets    []*street
	volunteers []*client.Client
	supervisor *client.Client // of the city

	tips       map[string]demo.Tip          // by what is told
	categories map[string]client.Category   // by code
	standards  map[string][]client.Standard // by category

	errands *errands

	mu      sync.Mutex
	ledger  map[uuid.UUID]client.Receipt // what was acknowledged
	bungled map[uuid.UUID]bool           // cases whose handlers only pretended
}

// incident is something that is wrong somewhere.
type incident struct {
	tip   demo.Tip
	at    geo.Point
	scene uint64 // what it looks like there
}

// street is one that takes part, with those who work there.
type street struct {
	*world
	client.Region
	shape geo.MultiPolygon

	mu        sync.Mutex
	incidents []incident

	workers  map[uuid.UUID]string // logins of grid workers who may be asked, by id
	handlers map[string][]client.Person
	seen     map[uuid.UUID]time.Time // when a handler first saw a case
	returned map[uuid.UUID]bool      // disposals that a desk has sent back
	shown    []byte                  // the last picture of something that was put right
}

// shot is a picture that somebody takes: of the same scene from another spot each time.
func shot(scene, view uint64, fixed bool) []byte {
	return picture.JPEG(picture.Scene{Place: scene, View: view, Fixed: fixed, Small: true, Caption: "GRIDWORK DEMO"})
}

// open signs everybody in and learns what they know.
func (w *world) open(ctx context.Context) error {
	w.ledger, w.bungled = map[uuid.UUID]client.Receipt{}, map[uuid.UUID]bool{}
	w.began = time.Now()
	var err error
	if w.supervisor, err = w.signIn(ctx, "supervisor.4403"); err != nil {
		switch {
		case client.Code(err) == "SIGN_IN_FAILED":
			return errors.New("nobody of the demo city can sign in there: is it a demo city?")
		case errors.Is(err, syscall.ECONNREFUSED):
			return fmt.Errorf("nothing answers at %s: start `gridwork up` first", w.URL)
		}
		return err
	}
	if err := w.learn(ctx); err != nil {
		return err
	}
	for i := range 10 {
		volunteer, err := w.signIn(ctx, fmt.Sprintf("volunteer.%03d", i+1))
		if err != nil {
			return err
		}
		w.volunteers = append(w.volunteers, volunteer)
	}
	return w.choose(ctx)
}

func (w *world) signIn(ctx context.Context, login string) (*client.Client, error) {
	return w.anyone.SignIn(ctx, login, demo.Password)
}

// learn reads the categories and their standards, and remembers what each telling is about.
func (w *world) learn(ctx context.Context) error {
	list, err := w.supervisor.Categories(ctx)
	if err != nil {
		return err
	}
	w.categories, w.standards = map[string]client.Category{}, map[string][]client.Standard{}
	for _, c := range list {
		w.categories[c.Code] = c
		w.standards[c.Code] = c.Standards
	}
	w.tips = map[string]demo.Tip{}
	for _, tip := range demo.Tips() {
		for _, text := range tip.Tellings {
			w.tips[text] = tip
		}
	}
	return nil
}

// favourite is the district whose streets take part first: the one of the examples.
const favourite = "440304"

// choose finds the streets that take part.
func (w *world) choose(ctx context.Context) error {
	city, err := w.supervisor.Divisions(ctx, nil)
	if err != nil || len(city) == 0 {
		return errors.Join(err, errors.New("the city has no divisions"))
	}
	districts, err := w.supervisor.Divisions(ctx, &city[0].Code)
	if err != nil {
		return err
	}
	slices.SortStableFunc(districts, func(a, b client.Region) int { return strings.Compare(place(a), place(b)) })
	for _, d := range districts {
		streets, err := w.supervisor.Divisions(ctx, &d.Code)
		if err != nil {
			return err
		}
		for _, s := range streets {
			if len(w.streets) == w.Streets {
				return nil
			}
			if err := w.enter(ctx, s.Code, streets); err != nil {
				return err
			}
		}
	}
	return nil
}

// place orders districts: the favourite, then by code.
func place(d client.Region) string {
	if d.Code == favourite {
		return ""
	}
	return d.Code
}

// enter adds a street.
func (w *world) enter(ctx context.Context, code string, siblings []client.Region) error {
	region, err := w.supervisor.Division(ctx, code)
	if err != nil {
		return err
	}
	s := &street{world: w, Region: *region, workers: map[uuid.UUID]string{},
		handlers: map[string][]client.Person{}, seen: map[uuid.UUID]time.Time{}, returned: map[uuid.UUID]bool{}}
	if err := json.Unmarshal(region.Shape, &s.shape); err != nil {
		return fmt.Errorf("outline of %s: %w", code, err)
	}
	for i := range 99 {
		login := fmt.Sprintf("worker.%s.%02d", code, i+1)
		s.workers[demo.PersonID(login)] = login
	}
	for _, other := range siblings { // a patrol of the night is named for the first of its streets
		for i := range 3 {
			login := fmt.Sprintf("patrol.%s.%d", other.Code, i+1)
			s.workers[demo.PersonID(login)] = login
		}
	}
	w.streets = append(w.streets, s)
	return nil
}

// somewhere is a point in the street.
func (s *street) somewhere(r *rand.Rand) geo.Point {
	box := s.shape.Box()
	for range 10_000 {
		p := geo.Point{Lon: box.West + r.Float64()*(box.East-box.West), Lat: box.South + r.Float64()*(box.North-box.South)}
		if s.shape.Covers(p) {
			return p
		}
	}
	return geo.Point(s.Seat)
}

// border is a corner of the street's outline.
func (s *street) border(r *rand.Rand) geo.Point {
	parts := s.shape.Polygons()
	ring := parts[r.IntN(len(parts))].Rings()[0]
	return ring[r.IntN(len(ring))]
}

// away is a point some metres from another.
func away(r *rand.Rand, p geo.Point, metres float64) geo.Point {
	const perDegree = 111_195.0 // metres of latitude
	const cosine = 0.924        // of the city's latitude
	return geo.Point{Lon: p.Lon + r.NormFloat64()*metres/perDegree/cosine, Lat: p.Lat + r.NormFloat64()*metres/perDegree}
}

// remembered is how many incidents of a street are reported again.
const remembered = 200

func (s *street) remember(i incident) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.incidents = append(s.incidents, i)
	if len(s.incidents) > remembered {
		s.incidents = s.incidents[1:]
	}
}

// another is an incident that somebody has reported already.
func (s *street) another(r *rand.Rand) (incident, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.incidents) == 0 {
		return incident{}, false
	}
	return s.incidents[r.IntN(len(s.incidents))], true
}

// dice are the same whenever somebody thinks about the same thing again: who is silent on a case stays silent.
func dice(id uuid.UUID, question string) *rand.Rand {
	var a, b uint64
	for i := range 8 {
		a, b = a<<8|uint64(id[i]), b<<8|uint64(id[8+i])
	}
	for _, c := range question {
		b = b*31 + uint64(c)
	}
	return rand.New(rand.NewPCG(a, b)) //nolint:gosec // a play, not a secret
}
