package graph

import (
	"context"
	"encoding/json"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/test/fixture"
)

// socket is somebody's open websocket.
type socket struct {
	*town
	conn *websocket.Conn
}

type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func (t *town) dial(token string) (*socket, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(t.url, "http"), &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	t.must(err)
	t.Cleanup(func() { _ = conn.CloseNow() })
	s := &socket{t, conn}
	payload, err := json.Marshal(map[string]string{"authorization": "Bearer " + token})
	t.must(err)
	t.must(wsjson.Write(ctx, conn, message{Type: "connection_init", Payload: payload}))
	var ack message
	return s, wsjson.Read(ctx, conn, &ack)
}

// listen opens a socket and subscribes.
func (t *town) listen(who, document string, variables vars) *socket {
	t.Helper()
	s, err := t.dial(who)
	t.must(err)
	payload, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	t.must(err)
	t.must(wsjson.Write(t.Context(), s.conn, message{ID: "1", Type: "subscribe", Payload: payload}))
	t.settled(who)
	return s
}

// settled waits until the subscription listens, so that the test's next commit is news to it.
func (t *town) settled(who string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		t.edge.feed.mu.Lock()
		for _, topic := range t.edge.feed.topics {
			for l := range topic.listeners {
				if l.viewer == t.people[who] {
					t.edge.feed.mu.Unlock()
					return
				}
			}
		}
		t.edge.feed.mu.Unlock()
		runtime.Gosched()
	}
	t.Fatalf("%s does not listen", who)
}

// next is the data of the next event.
func next[T any](s *socket) (data T) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), 10*time.Second)
	defer cancel()
	for {
		var m message
		s.must(wsjson.Read(ctx, s.conn, &m))
		if m.Type == "ping" {
			continue
		}
		if m.Type != "next" {
			s.Fatalf("%s %s", m.Type, m.Payload)
		}
		var event struct{ Data T }
		s.must(json.Unmarshal(m.Payload, &event))
		return event.Data
	}
}

type changed struct {
	CaseChanged struct {
		ID, State string
		Text      *string
	}
}

const onCaseChanged = `subscription { caseChanged { id state text department { code } } }`

func TestAChangeIsSeenWithinTwoSecondsByThoseWhoMaySeeTheCase(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.db.OnCommit(town.edge.feed.Wake)
	near, far := town.listen("desk", onCaseChanged, nil), town.listen("far dispatcher", onCaseChanged, nil)

	begun := time.Now()
	mine := town.routed(town.submit("anonymous", fixture.BlockedExit, town.position(0, 0)), fixture.BlockedExit)
	got := next[changed](near)
	if got.CaseChanged.ID != mine.ID.String() || got.CaseChanged.State != "ROUTED" || got.CaseChanged.Text == nil {
		t.Errorf("the desk hears %+v", got)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("after %v", took)
	}

	// Silence is proved by what comes next: the first that the neighbour hears of is a case of their own.
	lon, lat := fixture.Centre(fixture.Yuanling, 0)
	there := town.position(0, 0)
	there.Lon, there.Lat = lon, lat
	c := town.submit("anonymous", fixture.Rubbish, there)
	theirs := do(town, "far dispatcher", casework.File, casework.FileInput{Target: clue.Target{Clue: c.ID}, Standard: town.standard(fixture.Rubbish)})
	if got := next[changed](far); got.CaseChanged.ID != theirs.ID.String() {
		t.Errorf("the neighbour hears of %s first", got.CaseChanged.ID)
	}
}

func TestAnotherWindowIsToldThatAMessageWasRead(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	id := town.message("dispatcher")
	window := town.listen("dispatcher", `subscription { inboxChanged { id readAt ackedAt } }`, nil)

	town.ask("dispatcher", `mutation ($id: UUID!) { markRead(id: $id) { errors { code } } }`, vars{"id": id})
	got := next[struct {
		InboxChanged struct{ ID, ReadAt string }
	}](window)
	if got.InboxChanged.ID != id.String() || got.InboxChanged.ReadAt == "" {
		t.Errorf("the other window hears %+v", got)
	}
}

func TestNobodyListensWithoutASession(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for _, token := range []string{"stranger", "anonymous"} {
		if _, err := town.dial(token); websocket.CloseStatus(err) != 4403 {
			t.Errorf("%s: %v", token, err)
		}
	}
}
