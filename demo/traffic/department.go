package traffic

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/demo/client"
	"gridwork/geo"
)

// accept is a department's desk in the street: it accepts, returns what is not its own, looks at disposals, and leaves
// some cases lying.
func (s *street) accept(department string) work {
	waiting := list{CaseFilter: client.CaseFilter{Region: s.Code, Department: department, States: []string{"ROUTED", "REPORTED"}}}
	return func(ctx context.Context, desk *client.Client) (bool, error) {
		cases, err := waiting.look(ctx, desk)
		return each(ctx, s.world, "accept", cases, func(c client.Case) (bool, error) {
			if c.Department == nil || c.Department.Code != department { // it only assists
				return false, nil
			}
			return s.handle(ctx, desk, c)
		}), err
	}
}

func (s *street) handle(ctx context.Context, desk *client.Client, c client.Case) (bool, error) {
	switch {
	case c.State == "REPORTED" && can(c, "SUBMIT_FOR_CHECK"):
		return s.inspect(ctx, desk, c)
	case !can(c, "ACCEPT"):
		return false, nil
	case s.truth(c) != "" && s.truth(c) != c.Department.Code && len(c.Returns) == 0:
		_, err := desk.Return(ctx, c, "《部门职责清单》：该事项不属本单位职责", s.truth(c))
		if client.Code(err) != "DEPARTMENT_HAS_PART" { // then its owner helps already, and this desk does its own part
			return true, s.counted("returned", err)
		}
	case dice(c.ID, "accept").Float64() < 0.08:
		return false, nil // silent on purpose
	}
	handler, err := s.handlerOf(ctx, desk, c)
	if err != nil {
		return false, err
	}
	_, err = desk.Accept(ctx, c, handler)
	return true, s.counted("accepted", err)
}

// inspect is the desk's own look at a disposal.
func (s *street) inspect(ctx context.Context, desk *client.Client, c client.Case) (bool, error) {
	switch x := dice(c.ID, "inspect").Float64(); {
	case x < 0.08:
		return false, nil // silent on purpose
	case x < 0.12 && len(c.Checks) == 0 && !s.sentBack(c.ID):
		_, err := desk.SendBack(ctx, c, "照片看不清整改情况，请补充")
		return true, s.counted("sent back", err)
	}
	_, err := desk.SubmitForCheck(ctx, c)
	return true, s.counted("checks asked", err)
}

// sentBack reports whether the case's disposal was sent back before, and remembers that it is now.
func (s *street) sentBack(id uuid.UUID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, before := s.returned[id]
	s.returned[id] = true
	return before
}

// nameHandlers finds the cases that were accepted by silence.
func (s *street) nameHandlers(department string) work {
	waiting := list{CaseFilter: client.CaseFilter{Region: s.Code, Department: department, States: []string{"WORKING"}}}
	return func(ctx context.Context, desk *client.Client) (bool, error) {
		cases, err := waiting.look(ctx, desk)
		return each(ctx, s.world, "name handlers", cases, func(c client.Case) (bool, error) {
			if c.Handler != nil || !can(c, "NAME_HANDLER") {
				return false, nil
			}
			handler, err := s.handlerOf(ctx, desk, c)
			if err == nil {
				_, err = desk.NameHandler(ctx, c, handler)
			}
			return true, err
		}), err
	}
}

func (s *street) handlerOf(ctx context.Context, desk *client.Client, c client.Case) (uuid.UUID, error) {
	department := c.Department.Code
	s.mu.Lock()
	people := s.handlers[department]
	s.mu.Unlock()
	if len(people) == 0 {
		var err error
		if people, err = desk.Handlers(ctx, department, s.Code); err != nil || len(people) == 0 {
			return uuid.Nil, err
		}
		s.mu.Lock()
		s.handlers[department] = people
		s.mu.Unlock()
	}
	return people[dice(c.ID, "handler").IntN(len(people))].ID, nil
}

// trips is how many disposals a handler reports between two looks.
const trips = 8

// dispose is a handler who goes there, puts it right and shows the result; a few only pretend.
func (s *street) dispose() work {
	waiting := list{CaseFilter: client.CaseFilter{Mine: true, States: []string{"WORKING"}}}
	return func(ctx context.Context, handler *client.Client) (bool, error) {
		cases, err := waiting.look(ctx, handler)
		ready := slices.DeleteFunc(cases, func(c client.Case) bool { return !s.longEnough(c.ID) })
		return each(ctx, s.world, "dispose", ready[:min(trips, len(ready))], func(c client.Case) (bool, error) {
			return true, s.reportDisposal(ctx, handler, c)
		}), err
	}
}

// longEnough reports whether a handler has had some seconds since first seeing the case.
func (s *street) longEnough(id uuid.UUID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	first, known := s.seen[id]
	if !known {
		s.seen[id] = time.Now()
		return false
	}
	return time.Since(first) > 2*time.Second+time.Duration(dice(id, "work").Float64()*float64(8*time.Second))
}

func (s *street) reportDisposal(ctx context.Context, handler *client.Client, c client.Case) error {
	r := rand.New(rand.NewPCG(uint64(c.Number), uint64(c.Version))) //nolint:gosec // a play, not a secret
	scene := dice(c.ID, "scene").Uint64()
	pretends := len(c.Checks) == 0 && r.Float64() < 0.07
	text, picture := "已派人现场整改完毕，隐患消除。", shot(scene, uint64(c.Version), !pretends)
	if pretends {
		text, picture = "已要求责任人整改。", s.borrowed(picture)
	}
	photo := client.NewPhoto(picture)
	_, err := handler.ReportDisposal(ctx, c, client.Disposed{ID: uuid.Must(uuid.NewV7()), Text: text, Position: nearby(r, c), Photos: []client.Photo{photo}})
	if err != nil {
		return err
	}
	s.world.mu.Lock()
	s.bungled[c.ID] = pretends
	s.world.mu.Unlock()
	s.mu.Lock()
	delete(s.seen, c.ID)
	if !pretends {
		s.shown = picture
	}
	s.mu.Unlock()
	s.tally.count("disposals")
	s.upload(ctx, handler, []client.Photo{photo})
	return nil
}

// borrowed is what whoever pretends shows: the picture of something else that was put right in the street, where there is one.
func (s *street) borrowed(own []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown == nil {
		return own
	}
	return s.shown
}

// nearby is where somebody stands who looks at the case.
func nearby(r *rand.Rand, c client.Case) geo.Position {
	at := geo.Point{}
	if c.Point != nil {
		at = geo.Point(*c.Point)
	}
	p := geo.Position{Datum: geo.GCJ02, Source: geo.SourceGNSS, Accuracy: 8, CapturedAt: time.Now()}
	raw := p.Datum.FromWGS84(away(r, at, 8))
	p.Lon, p.Lat = raw.Lon, raw.Lat
	return p
}
