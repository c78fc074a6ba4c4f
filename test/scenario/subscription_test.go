package scenario

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const (
	caseChanged  = `subscription Cases($id: UUID) { caseChanged(id: $id) { id state version } }`
	inboxChanged = `subscription Inbox { inboxChanged { id kind case { id } } }`
)

// promptly is how soon a change has to be seen elsewhere.
const promptly = 2 * time.Second

// nextCase is the next case that a subscription tells of.
func nextCase(t *testing.T, s *harness.Stream) (caseView, time.Time) {
	t.Helper()
	e := s.Next()
	var data struct{ CaseChanged caseView }
	if err := json.Unmarshal(e.Data, &data); err != nil || len(e.Errors) > 0 {
		t.Fatalf("event %s, errors %+v, %v", e.Data, e.Errors, err)
	}
	return data.CaseChanged, e.At
}

// until reads events until the case is as wanted, and reports when that was told. Every event must be of that case.
func until(t *testing.T, s *harness.Stream, id uuid.UUID, state string) time.Time {
	t.Helper()
	for {
		c, at := nextCase(t, s)
		if c.ID != id {
			t.Fatalf("told of case %s, which is not for this viewer", c.ID)
		}
		if c.State == state {
			return at
		}
	}
}

func TestAChangeIsSeenElsewhereWithinTwoSecondsAndOnlyWhereItMayBe(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a dispatcher, a desk, and colleagues of another street and department who all watch,
	dispatcher := s.As(s.Dispatcher).Subscribe(caseChanged, nil)
	desk := s.As(s.Desks[fixture.Fire]).Subscribe(caseChanged, nil)
	far := s.As(s.FarDispatcher).Subscribe(caseChanged, nil)
	urban := s.As(s.Desks[fixture.Urban]).Subscribe(caseChanged, nil)

	// when a case comes to be in Nanyuan and goes to the fire department,
	c := s.routed(tip{Text: "消火栓", Category: fixture.Hydrant, Cell: 0})
	begun := time.Now()
	s.done(s.As(s.Desks[fixture.Fire]), acceptCase, harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Fire].ID})
	done := time.Now()

	// then both who may see it see it within two seconds,
	for who, stream := range map[string]*harness.Stream{"the dispatcher": dispatcher, "the desk": desk} {
		if at := until(t, stream, c.ID, "WORKING"); at.Sub(done) > promptly {
			t.Errorf("%s saw it after %s", who, at.Sub(begun))
		}
	}

	// and the others are told of their own case first.
	other := s.submit(s.Anyone(), tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	rubbish := s.file(other, fixture.Rubbish)
	until(t, urban, rubbish.ID, "ROUTED")
	remote := s.submit(s.Anyone(), tip{Text: "垃圾", Category: fixture.Rubbish, Street: fixture.Yuanling, Cell: 0})
	filed := s.clueDone(s.As(s.FarDispatcher), fileClue, harness.Vars{"clue": remote.ID, "standard": s.Standards[fixture.Rubbish]})
	until(t, far, filed.Case.ID, "ROUTED")
}

func TestTheInboxIsToldOfOwnMessagesOnly(t *testing.T) {
	t.Parallel()
	s := open(t)
	mine := s.As(s.Desks[fixture.Urban]).Subscribe(inboxChanged, nil)
	volunteers := s.As(s.Volunteer).Subscribe(inboxChanged, nil)

	c := s.routed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	kind := func(e harness.Event) string {
		var data struct{ InboxChanged message }
		if err := json.Unmarshal(e.Data, &data); err != nil {
			t.Fatalf("event %s: %v", e.Data, err)
		}
		if data.InboxChanged.Case != nil && data.InboxChanged.Case.ID != c.ID {
			t.Errorf("told of case %s", data.InboxChanged.Case.ID)
		}
		return data.InboxChanged.Kind
	}
	if got := kind(mine.Next()); got != "CASE_ASSIGNED" {
		t.Errorf("the desk is told %q", got)
	}
	if got := kind(volunteers.Next()); got != "CLUE_OUTCOME" {
		t.Errorf("the volunteer is told %q", got)
	}
}

func TestAStrangerCannotListen(t *testing.T) {
	t.Parallel()
	s := open(t)
	if code := s.Anyone().SocketRefused(nil); code != 4403 {
		t.Errorf("closed with %d", code)
	}
	if code := s.Anyone().SocketRefused(harness.Vars{"authorization": "Bearer nonsense"}); code != 4403 {
		t.Errorf("closed with %d", code)
	}
}

func TestASocketEndsWithItsSession(t *testing.T) {
	t.Parallel()
	s := open(t)
	client := s.SignIn(s.Dispatcher)
	stream := client.Subscribe(caseChanged, nil)
	harness.Ask[any](client, `mutation { signOut { signedOut } }`, nil)
	stream.Over()
}
