package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// Stream is a subscription under way.
type Stream struct {
	t     testing.TB
	conn  *websocket.Conn
	nexts chan Event
}

// Event is one answer of a subscription, and when it came.
type Event struct {
	At     time.Time
	Data   json.RawMessage
	Errors []Error
}

type envelope struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// Subscribe opens a socket and starts a subscription on it. Both end with the test.
func (c *Client) Subscribe(document string, vars Vars) *Stream {
	c.t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(c.t.Context()))
	c.t.Cleanup(stop)
	s := &Stream{t: c.t, conn: c.socket(ctx), nexts: make(chan Event, 100)}
	payload, err := json.Marshal(Vars{"query": document, "variables": vars})
	if err != nil {
		c.t.Fatalf("subscription: %v", err)
	}
	s.say(ctx, envelope{ID: "1", Type: "subscribe", Payload: payload})
	go s.listen(ctx)
	return s
}

// socket connects and waits until it is acknowledged. Who asks is said in the first message, as browsers must.
func (c *Client) socket(ctx context.Context) *websocket.Conn {
	c.t.Helper()
	conn := c.dial(ctx)
	if err := c.hello(ctx, conn, Vars{"authorization": c.Authorization}); err != nil {
		c.t.Fatalf("socket: %v", err)
	}
	return conn
}

func (c *Client) dial(ctx context.Context) *websocket.Conn {
	c.t.Helper()
	header := http.Header{}
	if c.Address != "" {
		header.Set("X-Forwarded-For", c.Address)
	}
	conn, response, err := websocket.Dial(ctx, strings.Replace(c.url, "http", "ws", 1)+"/graphql",
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header})
	if err != nil {
		c.t.Fatalf("socket: %v", err)
	}
	if response.Body != nil {
		response.Body.Close()
	}
	c.t.Cleanup(func() { _ = conn.CloseNow() })
	return conn
}

// hello introduces the client, and waits for the answer.
func (c *Client) hello(ctx context.Context, conn *websocket.Conn, payload Vars) error {
	said, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	if err := wsjson.Write(ctx, conn, envelope{Type: "connection_init", Payload: said}); err != nil {
		return err
	}
	var answer envelope
	if err := wsjson.Read(ctx, conn, &answer); err != nil {
		return err
	}
	if answer.Type != "connection_ack" {
		return fmt.Errorf("answered with %q", answer.Type)
	}
	return nil
}

// SocketRefused introduces the client with a payload that should not do, and returns the code of the refusal.
func (c *Client) SocketRefused(payload Vars) int {
	c.t.Helper()
	err := c.hello(c.t.Context(), c.dial(c.t.Context()), payload)
	if err == nil {
		c.t.Fatal("the socket is not refused")
	}
	return int(websocket.CloseStatus(err))
}

func (s *Stream) say(ctx context.Context, e envelope) {
	s.t.Helper()
	if err := wsjson.Write(ctx, s.conn, e); err != nil {
		s.t.Fatalf("socket: %v", err)
	}
}

func (s *Stream) listen(ctx context.Context) {
	defer close(s.nexts)
	for {
		var e envelope
		if wsjson.Read(ctx, s.conn, &e) != nil {
			return
		}
		switch e.Type {
		case "ping":
			_ = wsjson.Write(ctx, s.conn, envelope{Type: "pong"}) // a socket that is gone ends the next read
		case "next":
			var answer response
			_ = json.Unmarshal(e.Payload, &answer) // what does not fit shows as an empty event
			s.nexts <- Event{At: time.Now(), Data: answer.Data, Errors: answer.Errors}
		case "error":
			var errors []Error
			_ = json.Unmarshal(e.Payload, &errors)
			s.nexts <- Event{At: time.Now(), Errors: errors}
		}
	}
}

// Next waits for the next event.
func (s *Stream) Next() Event {
	s.t.Helper()
	select {
	case e, open := <-s.nexts:
		if open {
			return e
		}
		s.t.Fatal("the socket was closed")
	case <-time.After(patience):
		s.t.Fatalf("no event within %s", patience)
	}
	return Event{}
}

// Over waits until the platform closes the socket.
func (s *Stream) Over() {
	s.t.Helper()
	deadline := time.After(2 * patience) // an open socket looks now and then whether its session still stands
	for {
		select {
		case _, open := <-s.nexts:
			if !open {
				return
			}
		case <-deadline:
			s.t.Fatalf("the socket is still open after %s", 2*patience)
		}
	}
}
