package scenario

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"gridwork/domain/fieldwork"
	"gridwork/domain/handheld"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// phone is a grid worker's handheld with what it holds.
type phone struct {
	*fixture.Handheld
	client *harness.Client
	cursor string
	held   map[handheld.Key]json.RawMessage
}

func (s *stage) phone(of *harness.Person) *phone {
	s.t.Helper()
	p := &phone{Handheld: fixture.NewHandheld(s.t), client: s.SignIn(of), held: map[handheld.Key]json.RawMessage{}}
	enrolled := p.client.Call(http.MethodPost, "/field/v1/devices", harness.Vars{"id": p.ID, "name": "网格通", "key": json.RawMessage(p.Key()),
		"proof": base64.RawURLEncoding.EncodeToString(p.Proof(s.t, of.ID))})
	if enrolled.Status != http.StatusOK {
		s.t.Fatalf("enrol: %d %s", enrolled.Status, enrolled.Body)
	}
	return p
}

// pull puts the next answer in, and returns its status.
func (p *phone) pull(t *testing.T) int {
	t.Helper()
	a := p.client.Call(http.MethodGet, "/field/v1/pull?device="+p.ID.String()+"&cursor="+p.cursor, nil)
	if a.Status != http.StatusOK {
		return a.Status
	}
	var d handheld.Delta
	if err := json.Unmarshal(a.Body, &d); err != nil {
		t.Fatal(err)
	}
	for _, k := range d.Removed {
		delete(p.held, k)
	}
	for _, i := range d.Items {
		p.held[i.Key] = i.Body
	}
	p.cursor = d.Cursor
	return a.Status
}

func (p *phone) ids(kind handheld.Kind) (ids []string) {
	for k := range p.held {
		if k.Kind == kind {
			ids = append(ids, k.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// push sends operations as whoever found the handheld's outbox: no session goes with them.
func (s *stage) push(p *phone, operations ...any) []fieldwork.Answer {
	s.t.Helper()
	a := s.Anyone().Call(http.MethodPost, "/field/v1/push", harness.Vars{"device": p.ID, "operations": operations})
	var out struct{ Results []fieldwork.Answer }
	if err := json.Unmarshal(a.Body, &out); err != nil || a.Status != http.StatusOK {
		s.t.Fatalf("push: %d %s", a.Status, a.Body)
	}
	return out.Results
}

// Prevents: a grid worker in a cellar without the checklist, and an evening on which the day's work is refused because the session is over.
func TestAShiftIsWorkedWithoutNetwork(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.campaign(fixture.Nanyuan, 8)

	// Given a handheld that was brought up to date in the morning,
	p := s.phone(s.Worker)
	if status := p.pull(t); status != http.StatusOK {
		t.Fatalf("pull: %d", status)
	}
	tasks := p.ids(handheld.Task)
	var task struct{ Cell, Checklist string }
	if err := json.Unmarshal(p.held[handheld.Key{Kind: handheld.Task, ID: tasks[0]}], &task); err != nil {
		t.Fatal(err)
	}
	for _, k := range []handheld.Key{{Kind: handheld.Checklist, ID: task.Checklist}, {Kind: handheld.Cell, ID: task.Cell}} {
		if p.held[k] == nil {
			t.Errorf("the task is held without its %s", k.Kind)
		}
	}

	// when the day's work is done offline, and sent once the session is over,
	position := s.position(tip{})
	position["datum"], position["source"] = "wgs84", "gnss"
	done := p.Operation(pg.NewID(), "inspection.submit", s.Now(), harness.Vars{"task": tasks[0], "position": position, "photos": []harness.Vars{},
		"answers": []harness.Vars{{"item": fixture.ItemExit, "outcome": "pass"}, {"item": fixture.ItemEdge, "outcome": "pass"},
			{"item": fixture.ItemRooms, "outcome": "pass", "number": 12}}})
	back := p.Operation(pg.NewID(), "task.give_back", s.Now(), harness.Vars{"task": tasks[1], "reason": "nobody_there"})
	signedIn := p.client
	p.client = s.Anyone()
	if status := p.pull(t); status != http.StatusUnauthorized {
		t.Errorf("a pull without a session: %d", status)
	}
	for range 2 { // the first answer is lost
		for _, a := range s.push(p, done, back) {
			if a.Status != fieldwork.Accepted && a.First != fieldwork.Accepted {
				t.Errorf("%+v %+v", a, a.Error)
			}
		}
	}

	// then both are taken in, and leave the handheld at the next pull.
	p.client = signedIn
	p.pull(t)
	if left := p.ids(handheld.Task); slices.Contains(left, tasks[0]) || slices.Contains(left, tasks[1]) || len(left) != len(tasks)-2 {
		t.Errorf("of %v are left %v", tasks, left)
	}
	if free := p.ids(handheld.Claimable); !slices.Contains(free, tasks[1]) {
		t.Errorf("what was given back may be claimed: %v", free)
	}
}
