package transport

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	coderws "github.com/coder/websocket"
)

// protocol is the only websocket protocol spoken. Its rules: github.com/enisdenjo/graphql-ws, PROTOCOL.md.
const protocol = "graphql-transport-ws"

// Websocket serves subscriptions, and nothing else, by graphql-transport-ws to the letter. It replaces
// gqlgen's transport of that name, which misses most of the protocol's MUSTs, lets queries and mutations
// past the rules of the POST door, and waits without end for a client that does not read.
//
// All durations and limits are required.
type Websocket struct {
	// Session turns the payload of connection_init, nil if there is none, into the context that all
	// operations on the socket run under. The context must derive from ctx; when it ends, because the
	// session expired or was revoked, the socket is closed with 4401. A fault of kind busy closes it with
	// 1013, other faults with 4403, and any other error with 4500. Nil denies everyone.
	Session func(ctx context.Context, init map[string]any) (context.Context, error)
	// CrossOrigin decides which other origins browsers may connect from.
	CrossOrigin *http.CrossOriginProtection
	Errors      Errors

	InitTimeout  time.Duration // from the handshake to connection_init
	PingEvery    time.Duration // and a client silent for as long is dropped
	WriteTimeout time.Duration // for one message to a client that reads slowly
	MaxActive    int           // subscriptions per socket
	MaxMessage   int64         // bytes
}

var _ graphql.Transport = Websocket{}

// closing is why a socket ends, in the protocol's own codes.
type closing struct {
	code   coderws.StatusCode
	reason string // at most 123 bytes
}

func (c closing) Error() string { return c.reason }

var (
	closeGoingAway    = closing{coderws.StatusGoingAway, "Going away"}
	closeTryLater     = closing{coderws.StatusTryAgainLater, "Try again later"}
	closeInvalid      = closing{4400, "Invalid message"}
	closeUnauthorized = closing{4401, "Unauthorized"}
	closeForbidden    = closing{4403, "Forbidden"}
	closeProtocol     = closing{4406, "Subprotocol not acceptable"}
	closeInitTimeout  = closing{4408, "Connection initialisation timeout"}
	closeTooManyInits = closing{4429, "Too many initialisation requests"}
	closeInternal     = closing{4500, "Internal server error"}

	// errGone ends a socket whose client has left or does not answer: there is nobody to explain it to.
	errGone = errors.New("client gone")
)

// Supports takes the requests that ask for a websocket. Other upgrades, such as h2c, are not its business.
func (Websocket) Supports(r *http.Request) bool {
	for _, header := range r.Header.Values("Upgrade") {
		for name := range strings.SplitSeq(header, ",") {
			if strings.EqualFold(strings.TrimSpace(name), "websocket") {
				return true
			}
		}
	}
	return false
}

// Do serves one socket until it ends.
func (t Websocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	if foreign(t.CrossOrigin, r) {
		a := answer{w: w, media: mediaJSON}
		a.announce()
		a.refuse(http.StatusForbidden, refusal(CodeCrossOrigin, "this origin may not connect"))
		return
	}
	conn, err := coderws.Accept(w, r, &coderws.AcceptOptions{
		Subprotocols:       []string{protocol},
		InsecureSkipVerify: true, // the origin is checked above, by the rule of the POST door
	})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(t.MaxMessage)
	ctx, end := context.WithCancelCause(r.Context())
	s := &socket{
		Websocket: t, conn: conn, exec: exec, headers: r.Header, ctx: ctx, end: end,
		slots: make(chan struct{}, t.MaxActive), active: map[string]*operation{},
	}
	s.serve()
}

// socket is one connection. One goroutine listens and owns the fields without a lock; one guards; each
// subscription has its own.
type socket struct {
	Websocket
	conn    *coderws.Conn
	exec    graphql.GraphExecutor
	headers http.Header

	ctx context.Context // ends with the socket; its cause says how to close it
	end context.CancelCauseFunc

	initTimer *time.Timer
	initiated bool
	session   context.Context // set once acknowledged

	heard atomic.Bool // since the last ping

	wg     sync.WaitGroup // the guard and the subscriptions
	slots  chan struct{}  // one per running subscription, also those the client has completed
	mu     sync.Mutex
	active map[string]*operation // by the client's id
}

func (s *socket) serve() {
	s.initTimer = time.AfterFunc(s.InitTimeout, func() { s.end(closeInitTimeout) })
	defer s.initTimer.Stop()
	s.wg.Go(s.guard)
	if s.conn.Subprotocol() != protocol {
		s.end(closeProtocol)
	}
	s.listen()
	s.end(errGone)
	s.wg.Wait()
}

// guard asks for signs of life and, being the only one who does, closes the connection.
func (s *socket) guard() {
	s.heard.Store(true)
	tick := time.NewTicker(s.PingEvery)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			s.hangUp()
			return
		case <-tick.C:
			if !s.heard.Swap(false) {
				s.end(errGone)
				continue
			}
			s.send(message{Type: "ping"})
		}
	}
}

func (s *socket) hangUp() {
	cause := context.Cause(s.ctx)
	if errors.Is(cause, errGone) {
		_ = s.conn.CloseNow()
		return
	}
	why := closing{}
	if !errors.As(cause, &why) { // the request's own context ended: the server is shutting down
		why = closeGoingAway
	}
	_ = s.conn.Close(why.code, why.reason)
}

func (s *socket) listen() {
	for {
		// Not s.ctx: a read whose context ends drops the connection before the close code is sent.
		kind, data, err := s.conn.Read(context.Background())
		if err != nil || s.ctx.Err() != nil {
			return
		}
		s.heard.Store(true)
		if err := s.receive(kind, data); err != nil {
			s.end(err)
		}
	}
}
