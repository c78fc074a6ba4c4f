package transport

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	coderws "github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"gridwork/fault"
)

// message is one message of the protocol, in either direction.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// operation is one subscription. It stays the same when the client completes it and reuses its id for
// another, so that what the old one still has to say is not taken for the new one's.
type operation struct {
	id     string
	ctx    context.Context // ends when the client completes it, or with the session
	cancel context.CancelFunc
}

// receive handles one message; its error ends the socket.
func (s *socket) receive(kind coderws.MessageType, data []byte) error {
	m, ok := parse(data)
	if !ok || kind != coderws.MessageText {
		return closeInvalid
	}
	switch m.Type {
	case "connection_init":
		return s.initiate(m)
	case "ping":
		s.send(message{Type: "pong", Payload: m.Payload})
		return nil
	case "pong":
		return nil
	case "subscribe":
		return s.subscribe(m)
	case "complete":
		s.forget(m.ID)
		return nil
	default:
		return closeInvalid
	}
}

func parse(data []byte) (m message, ok bool) {
	err := members(data, func(name string) any {
		switch name {
		case "id":
			return &m.ID
		case "type":
			return &m.Type
		case "payload":
			return &m.Payload
		}
		return nil
	})
	switch {
	case err != nil:
		return m, false
	case m.Type == "subscribe" || m.Type == "complete":
		return m, m.ID != ""
	default:
		return m, len(m.Payload) == 0 || string(m.Payload) == "null" || m.Payload[0] == '{'
	}
}

func (s *socket) initiate(m message) error {
	if s.initiated {
		return closeTooManyInits
	}
	s.initiated = true
	s.initTimer.Stop()
	var payload map[string]any
	if len(m.Payload) > 0 && json.Unmarshal(m.Payload, &payload) != nil {
		return closeInvalid
	}
	session, err := s.open(payload)
	if err != nil {
		return err
	}
	s.session = session
	context.AfterFunc(session, func() { s.end(closeUnauthorized) })
	s.send(message{Type: "connection_ack"})
	return nil
}

// open asks for the session. It runs outside of gqlgen, so it catches panics itself.
func (s *socket) open(payload map[string]any) (session context.Context, err error) {
	if s.Session == nil {
		return nil, closeForbidden
	}
	defer func() {
		if v := recover(); v != nil {
			_ = s.Errors.Recover(s.ctx, v)
			err = closeInternal
		}
	}()
	session, err = s.Session(s.ctx, payload)
	if err == nil {
		return session, nil
	}
	f, isFault := fault.As(err)
	switch {
	case !isFault:
		_ = s.Errors.Present(s.ctx, err)
		return nil, closeInternal
	case f.Kind == fault.KindBusy:
		return nil, closeTryLater
	default:
		return nil, closeForbidden
	}
}

func (s *socket) subscribe(m message) error {
	if s.session == nil {
		return closeUnauthorized
	}
	start := graphql.Now()
	params, err := decode(m.Payload)
	if err != nil {
		return closeInvalid
	}
	params.Headers = s.headers
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}

	s.mu.Lock()
	_, taken := s.active[m.ID]
	full := len(s.active) >= s.MaxActive
	s.mu.Unlock()
	switch {
	case taken:
		return alreadyExists(m.ID)
	case full:
		s.send(message{ID: m.ID, Type: "error", Payload: mustJSON(gqlerror.List{
			refusal(CodeTooManyStreams, "at most %d subscriptions on one socket", s.MaxActive)})})
	default:
		s.start(m.ID, params)
	}
	return nil
}

// start waits where the client has completed subscriptions faster than they can end, so that doing so in a
// loop does not make more of them than MaxActive.
func (s *socket) start(id string, params *graphql.RawParams) {
	select {
	case s.slots <- struct{}{}:
	case <-s.ctx.Done():
		return
	}
	op := &operation{id: id}
	op.ctx, op.cancel = context.WithCancel(graphql.StartOperationTrace(s.session))
	s.mu.Lock()
	s.active[id] = op
	s.mu.Unlock()
	s.wg.Go(func() {
		defer func() { <-s.slots }()
		s.run(op, params)
	})
}

func alreadyExists(id string) closing {
	reason := fmt.Sprintf("Subscriber for %s already exists", id)
	if len(reason) > 123 { // all that fits into a close frame
		reason = "Subscriber already exists"
	}
	return closing{4409, reason}
}

// forget ends a subscription at the client's wish. Its id is free from here on.
func (s *socket) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if op := s.active[id]; op != nil {
		op.cancel()
		delete(s.active, id)
	}
}

func (s *socket) run(op *operation, params *graphql.RawParams) {
	ctx := op.ctx
	defer func() {
		if v := recover(); v != nil {
			s.finish(op, "error", mustJSON(gqlerror.List{s.Errors.Present(ctx, s.Errors.Recover(ctx, v))}))
		}
	}()
	opCtx, errs := s.exec.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, opCtx)
	if errs == nil && opCtx.Operation.Operation != ast.Subscription {
		errs = gqlerror.List{refusal(CodeSubscriptionsOnly, "send queries and mutations by POST")}
	}
	if errs != nil {
		s.finish(op, "error", mustJSON(s.exec.DispatchError(ctx, errs).Errors))
		return
	}
	next, ctx := s.exec.DispatchOperation(ctx, opCtx)
	for resp := next(ctx); resp != nil; resp = next(ctx) {
		if len(resp.Data) == 0 && len(resp.Errors) > 0 { // it could not be started
			s.finish(op, "error", mustJSON(resp.Errors))
			return
		}
		s.speak(op, "next", encode(resp))
	}
	s.finish(op, "complete", nil)
}

// finish ends an operation with its last message. Its id is free before the client can hear of it.
func (s *socket) finish(op *operation, kind string, payload json.RawMessage) {
	defer op.cancel()
	s.mu.Lock()
	if s.active[op.id] == op {
		delete(s.active, op.id)
	}
	s.mu.Unlock()
	s.speak(op, kind, payload)
}

// speak sends a message of an operation that nobody has ended: neither the client, who wants to hear no
// more, nor the session, whose end must not look like a completed stream.
func (s *socket) speak(op *operation, kind string, payload json.RawMessage) {
	if op.ctx.Err() == nil {
		s.send(message{ID: op.id, Type: kind, Payload: payload})
	}
}

// send writes one message; a client that does not take it in time is gone. Nothing follows a close.
func (s *socket) send(m message) {
	if s.ctx.Err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), s.WriteTimeout)
	defer cancel()
	if s.conn.Write(ctx, coderws.MessageText, mustJSON(m)) != nil {
		s.end(errGone)
	}
}
