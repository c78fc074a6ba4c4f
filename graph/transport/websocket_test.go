package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/coder/websocket"

	"gridwork/fault"
	"gridwork/graph/transport"
	"gridwork/test/protocol/tiny"
)

// patience is how long a test waits for what must come; nothing waits for it in a test that passes.
const patience = 10 * time.Second

// client is one socket.
type client struct {
	*testing.T
	conn *websocket.Conn
}

func admit(ctx context.Context, _ map[string]any) (context.Context, error) { return ctx, nil }

// sockets serves the tiny schema with the real settings, changed by the test.
func sockets(t *testing.T, schema tiny.Schema, change func(*transport.Websocket)) string {
	t.Helper()
	errs := transport.Errors{Log: slog.New(slog.DiscardHandler)}
	w := transport.Websocket{
		Session: admit, CrossOrigin: http.NewCrossOriginProtection(), Errors: errs,
		InitTimeout: time.Minute, PingEvery: time.Minute, WriteTimeout: patience, MaxActive: 20, MaxMessage: 64 << 10,
	}
	if change != nil {
		change(&w)
	}
	h := handler.New(schema)
	h.AddTransport(w)
	h.Use(transport.DefaultLimits)
	h.SetErrorPresenter(errs.Present)
	h.SetRecoverFunc(errs.Recover)
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func dial(t *testing.T, url string, protocols ...string) client {
	t.Helper()
	if protocols == nil {
		protocols = []string{"graphql-transport-ws"}
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: protocols})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return client{t, conn}
}

// connected dials and is acknowledged.
func connected(t *testing.T, url string) client {
	t.Helper()
	c := dial(t, url)
	c.say(`{"type":"connection_init"}`)
	c.hears(`{"type":"connection_ack"}`)
	return c
}

func (c client) say(messages ...string) {
	c.Helper()
	for _, m := range messages {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := c.conn.Write(ctx, websocket.MessageText, []byte(m)); err != nil {
			c.Fatalf("say %s: %v", m, err)
		}
	}
}

func (c client) next() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, data, err := c.conn.Read(ctx)
	return string(data), err
}

// hears expects exactly these messages next.
func (c client) hears(messages ...string) {
	c.Helper()
	for _, want := range messages {
		if got, err := c.next(); err != nil || got != want {
			c.Fatalf("heard %q (%v), want %q", got, err, want)
		}
	}
}

// failed expects an error message for the subscription.
func (c client) failed(id, code string) {
	c.Helper()
	got, err := c.next()
	var m struct {
		ID, Type string
		Payload  []struct{ Extensions struct{ Code string } }
	}
	if json.Unmarshal([]byte(got), &m) != nil || m.Type != "error" || m.ID != id || len(m.Payload) == 0 || m.Payload[0].Extensions.Code != code {
		c.Fatalf("heard %q (%v), want an error with code %s for %s", got, err, code, id)
	}
}

// closed expects nothing more than the end.
func (c client) closed(code int, reason string) {
	c.Helper()
	got, err := c.next()
	var end websocket.CloseError
	if !errors.As(err, &end) || int(end.Code) != code || end.Reason != reason {
		c.Fatalf("heard %q (%v), want to be closed with %d %s", got, err, code, reason)
	}
}

func subscribe(id, document string) string {
	return body(map[string]any{"id": id, "type": "subscribe", "payload": map[string]any{"query": document}})
}

func TestASubscriptionStreamsAndCompletes(t *testing.T) {
	t.Parallel()
	ticks := make(chan int)
	c := connected(t, sockets(t, tiny.Schema{Ticks: ticks}, nil))
	c.say(subscribe("a", "subscription { n: ticks }"))
	ticks <- 1
	c.hears(`{"id":"a","type":"next","payload":{"data":{"n":1}}}`)
	ticks <- 2
	c.hears(`{"id":"a","type":"next","payload":{"data":{"n":2}}}`)
	close(ticks)
	c.hears(`{"id":"a","type":"complete"}`)
}

func TestSubscribingBeforeTheAcknowledgementIsUnauthorised(t *testing.T) {
	t.Parallel()
	c := dial(t, sockets(t, tiny.Schema{}, nil))
	c.say(subscribe("a", "subscription { ticks }"))
	c.closed(4401, "Unauthorized")
}

func TestAClientWithoutTheProtocolIsNotAccepted(t *testing.T) {
	t.Parallel()
	url := sockets(t, tiny.Schema{}, nil)
	dial(t, url, "graphql-ws").closed(4406, "Subprotocol not acceptable")
	dial(t, url, "").closed(4406, "Subprotocol not acceptable")
	connectedBy := dial(t, url, "graphql-ws", "graphql-transport-ws")
	connectedBy.say(`{"type":"connection_init","payload":{}}`)
	connectedBy.hears(`{"type":"connection_ack"}`)
}

func TestAClientThatNeverInitialisesIsClosed(t *testing.T) {
	t.Parallel()
	url := sockets(t, tiny.Schema{}, func(w *transport.Websocket) { w.InitTimeout = time.Millisecond })
	dial(t, url).closed(4408, "Connection initialisation timeout")
}

func TestASecondInitialisationIsTooMany(t *testing.T) {
	t.Parallel()
	c := connected(t, sockets(t, tiny.Schema{}, nil))
	c.say(`{"type":"connection_init"}`)
	c.closed(4429, "Too many initialisation requests")
}

func TestTheSessionDecidesWhoConnects(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		code   int
		reason string
	}{
		{fault.Denied("NO_SESSION", "sign in first"), 4403, "Forbidden"},
		{fault.Busy("POOL_BUSY", "later"), 1013, "Try again later"},
		{errors.New("dial postgres: refused"), 4500, "Internal server error"},
	} {
		url := sockets(t, tiny.Schema{}, func(w *transport.Websocket) {
			w.Session = func(ctx context.Context, _ map[string]any) (context.Context, error) { return ctx, c.err }
		})
		s := dial(t, url)
		s.say(`{"type":"connection_init"}`)
		s.closed(c.code, c.reason)
	}
	for reason, session := range map[string]func(context.Context, map[string]any) (context.Context, error){
		"Forbidden":             nil,
		"Internal server error": func(context.Context, map[string]any) (context.Context, error) { panic("hook") },
	} {
		s := dial(t, sockets(t, tiny.Schema{}, func(w *transport.Websocket) { w.Session = session }))
		s.say(`{"type":"connection_init"}`)
		s.closed(map[string]int{"Forbidden": 4403}[reason]+map[string]int{"Internal server error": 4500}[reason], reason)
	}
}

func TestTheSessionSeesThePayload(t *testing.T) {
	t.Parallel()
	seen := make(chan map[string]any, 1)
	c := dial(t, sockets(t, tiny.Schema{}, func(w *transport.Websocket) {
		w.Session = func(ctx context.Context, init map[string]any) (context.Context, error) {
			seen <- init
			return ctx, nil
		}
	}))
	c.say(`{"type":"connection_init","payload":{"token":"t"}}`)
	c.hears(`{"type":"connection_ack"}`)
	if got := <-seen; got["token"] != "t" {
		t.Errorf("the session saw %v", got)
	}
}

func TestAnEndedSessionClosesTheSocketAndItsSubscriptions(t *testing.T) {
	t.Parallel()
	revoked := make(chan context.CancelFunc, 1)
	c := connected(t, sockets(t, tiny.Schema{}, func(w *transport.Websocket) {
		w.Session = func(ctx context.Context, _ map[string]any) (context.Context, error) {
			ctx, revoke := context.WithCancel(ctx)
			revoked <- revoke
			return ctx, nil
		}
	}))
	c.say(subscribe("a", "subscription { ticks }"), `{"type":"ping"}`)
	c.hears(`{"type":"pong"}`)
	(<-revoked)()
	c.closed(4401, "Unauthorized")
}

func TestAStoppingServerSaysGoodbye(t *testing.T) {
	t.Parallel()
	base, stop := context.WithCancel(context.Background())
	h := handler.New(tiny.Schema{})
	h.AddTransport(transport.Websocket{Session: admit, CrossOrigin: http.NewCrossOriginProtection(),
		InitTimeout: time.Minute, PingEvery: time.Minute, WriteTimeout: patience, MaxActive: 20, MaxMessage: 1 << 10})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r.WithContext(base)) }))
	t.Cleanup(s.Close)
	c := connected(t, s.URL)
	stop()
	c.closed(1001, "Going away")
}

func TestAnIDIsTakenWhileItsSubscriptionRuns(t *testing.T) {
	t.Parallel()
	c := connected(t, sockets(t, tiny.Schema{}, nil))
	c.say(subscribe("a", "subscription { ticks }"), subscribe("a", "subscription { ticks }"))
	c.closed(4409, "Subscriber for a already exists")

	c = connected(t, sockets(t, tiny.Schema{}, nil))
	long := strings.Repeat("格", 100)
	c.say(subscribe(long, "subscription { ticks }"), subscribe(long, "subscription { ticks }"))
	c.closed(4409, "Subscriber already exists")
}

func TestACompletedSubscriptionIsSilentAndItsIDFree(t *testing.T) {
	t.Parallel()
	ticks := make(chan int)
	c := connected(t, sockets(t, tiny.Schema{Ticks: ticks}, nil))
	for n := range 50 { // reuse at once, while the old one may still be ending
		c.say(subscribe("a", fmt.Sprintf("subscription { n%d: ticks }", n)), `{"id":"a","type":"complete"}`)
	}
	c.say(subscribe("a", "subscription { last: ticks }"), `{"type":"ping"}`)
	c.hears(`{"type":"pong"}`)
	close(ticks)
	c.hears(`{"id":"a","type":"complete"}`)
	c.say(`{"id":"a","type":"complete"}`, `{"id":"never","type":"complete"}`, `{"type":"ping"}`)
	c.hears(`{"type":"pong"}`)
}

func TestPingIsAnsweredAtAnyTimeAndPongIsTaken(t *testing.T) {
	t.Parallel()
	c := dial(t, sockets(t, tiny.Schema{}, nil))
	c.say(`{"type":"pong"}`, `{"type":"ping","payload":{"n":1}}`)
	c.hears(`{"type":"pong","payload":{"n":1}}`)
	c.say(`{"type":"connection_init"}`, `{"type":"pong","payload":null}`, `{"type":"ping"}`)
	c.hears(`{"type":"connection_ack"}`, `{"type":"pong"}`)
}

func TestASilentClientIsDroppedAndATalkingOneKept(t *testing.T) {
	t.Parallel()
	url := sockets(t, tiny.Schema{}, func(w *transport.Websocket) { w.PingEvery = 300 * time.Millisecond })
	c := connected(t, url)
	for range 3 { // three rounds of ping and pong outlast the silence that would end it
		c.hears(`{"type":"ping"}`)
		c.say(`{"type":"pong"}`)
	}
	for {
		m, err := c.next()
		if err != nil {
			if websocket.CloseStatus(err) != -1 {
				t.Errorf("the end of a silent client is %v", err)
			}
			return
		}
		if m != `{"type":"ping"}` {
			t.Errorf("heard %s", m)
		}
	}
}

func TestWhatIsNotInTheProtocolIsInvalid(t *testing.T) {
	t.Parallel()
	url := sockets(t, tiny.Schema{}, nil)
	for _, m := range []string{
		"", "nonsense", "[]", "null", `"ping"`, `{}`, `{"type":1}`, `{"type":"unknown"}`, `{"Type":"ping"}`,
		`{"type":"ping","type":"pong"}`, `{"type":"ping"} {"type":"ping"}`, `{"type":"ping","payload":1}`, `{"type":"pong","payload":[]}`,
		`{"type":"next","id":"a","payload":{}}`, `{"type":"error","id":"a","payload":[]}`, `{"type":"connection_ack"}`,
		`{"type":"start","id":"a","payload":{"query":"subscription { ticks }"}}`, // of the older protocol
		`{"type":"subscribe"}`, `{"type":"subscribe","id":"a"}`, `{"type":"subscribe","id":"","payload":{"query":"{x}"}}`,
		`{"type":"subscribe","id":1,"payload":{"query":"{x}"}}`, `{"type":"subscribe","payload":{"query":"{x}"}}`,
		`{"type":"subscribe","id":"a","payload":{}}`, `{"type":"subscribe","id":"a","payload":null}`,
		`{"type":"subscribe","id":"a","payload":{"query":1}}`, `{"type":"subscribe","id":"a","payload":{"query":"{x}","variables":[]}}`,
		`{"type":"complete"}`, `{"type":"complete","id":2}`, "{\"type\":\"ping\",\"x\":\"\\ud8\"}",
	} {
		c := connected(t, url)
		c.say(m)
		c.closed(4400, "Invalid message")
	}
	c := dial(t, url)
	c.say(`{"type":"connection_init","payload":"token"}`)
	c.closed(4400, "Invalid message")

	c = connected(t, url)
	if err := c.conn.Write(context.Background(), websocket.MessageBinary, []byte(`{"type":"ping"}`)); err != nil {
		t.Fatal(err)
	}
	c.closed(4400, "Invalid message")
}

func TestAMessageOverTheLimitEndsTheSocket(t *testing.T) {
	t.Parallel()
	c := connected(t, sockets(t, tiny.Schema{}, func(w *transport.Websocket) { w.MaxMessage = 1 << 10 }))
	c.say(`{"type":"ping","payload":{"x":"` + strings.Repeat("a", 1<<10) + `"}}`)
	if _, err := c.next(); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("ended by %v", err)
	}
}

func TestOnlySubscriptionsRunOnTheSocket(t *testing.T) {
	t.Parallel()
	c := connected(t, sockets(t, tiny.Schema{}, nil))
	c.say(subscribe("q", "{ name }"))
	c.failed("q", transport.CodeSubscriptionsOnly)
	c.say(subscribe("m", `mutation { submit(text: "x") }`))
	c.failed("m", transport.CodeSubscriptionsOnly)
}

func TestARequestErrorIsOneErrorMessageAndTheSocketLives(t *testing.T) {
	t.Parallel()
	c := connected(t, sockets(t, tiny.Schema{Fail: fail}, nil))
	for document, code := range map[string]string{
		"subscription {":                                           "GRAPHQL_PARSE_FAILED",
		"subscription { unknown }":                                 "GRAPHQL_VALIDATION_FAILED",
		"subscription { ticks refused }":                           "GRAPHQL_VALIDATION_FAILED",
		"subscription { ticks " + strings.Repeat("@a ", 100) + "}": transport.CodeDocumentTooLarge,
		"subscription { refused }":                                 transport.CodeInternal,
		"subscription { panics }":                                  transport.CodeInternal,
	} {
		c.say(subscribe("a", document))
		c.failed("a", code)
	}
	c.say(`{"type":"ping"}`)
	c.hears(`{"type":"pong"}`)
}

func TestOneSocketHasABoundedNumberOfSubscriptions(t *testing.T) {
	t.Parallel()
	c := connected(t, sockets(t, tiny.Schema{}, nil))
	for n := range 20 {
		c.say(subscribe(fmt.Sprint(n), "subscription { ticks }"))
	}
	c.say(subscribe("more", "subscription { ticks }"))
	c.failed("more", transport.CodeTooManyStreams)
}

func TestAClientThatDoesNotReadIsDropped(t *testing.T) {
	t.Parallel()
	ticks, done := make(chan int), make(chan struct{})
	url := sockets(t, tiny.Schema{Ticks: ticks}, func(w *transport.Websocket) {
		w.WriteTimeout = 50 * time.Millisecond
		w.Session = func(ctx context.Context, _ map[string]any) (context.Context, error) {
			context.AfterFunc(ctx, func() { close(done) })
			return ctx, nil
		}
	})
	c := connected(t, url)
	c.say(subscribe("a", "subscription { "+strings.Repeat("a", 1000)+": ticks }"))
	for n := 0; ; n++ {
		select {
		case ticks <- n:
		case <-done:
			return
		}
	}
}

func TestOtherOriginsCannotConnectUnlessTrusted(t *testing.T) {
	t.Parallel()
	policy := http.NewCrossOriginProtection()
	if err := policy.AddTrustedOrigin("https://map.example"); err != nil {
		t.Fatal(err)
	}
	url := sockets(t, tiny.Schema{}, func(w *transport.Websocket) { w.CrossOrigin = policy })
	for origin, want := range map[string]int{"https://evil.example": 403, "https://map.example": 101, url: 101, "": 101, "null": 403} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		conn, res, err := websocket.Dial(context.Background(), url, &websocket.DialOptions{HTTPHeader: header, Subprotocols: []string{"graphql-transport-ws"}})
		if res == nil || res.StatusCode != want {
			t.Errorf("from %q: %v, want status %d", origin, err, want)
		}
		if err == nil {
			_ = conn.CloseNow()
		}
	}
}

func TestTrustedDocumentsHoldOnTheSocketToo(t *testing.T) {
	t.Parallel()
	const ownStream = "subscription { n: ticks }"
	o := ownOnly()
	o.Documents[hash(ownStream)] = ownStream
	o.Session = admit
	ticks := make(chan int, 1)
	c := connected(t, open(t, tiny.Schema{Ticks: ticks}, o).url)
	c.say(subscribe("a", "subscription { m: ticks }"))
	c.failed("a", transport.CodeNotTrusted)
	ticks <- 1
	c.say(body(map[string]any{"id": "b", "type": "subscribe", "payload": map[string]any{"documentId": hash(ownStream)}}))
	c.hears(`{"id":"b","type":"next","payload":{"data":{"n":1}}}`)
}
