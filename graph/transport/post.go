package transport

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"gridwork/fault"
)

// retryAfter is what a busy server asks of clients, in seconds.
const retryAfter = "2"

// POST serves queries and mutations as the GraphQL-over-HTTP specification says, and answers every other
// request that is not a websocket, so that a wrong method or media type gets its own status. GET is not
// offered: no cache would keep what depends on who asks, and a link must not be able to act.
type POST struct {
	MaxBody     int64 // bytes
	CrossOrigin *http.CrossOriginProtection
}

var _ graphql.Transport = POST{}

// Supports takes all that Websocket leaves.
func (POST) Supports(*http.Request) bool { return true }

// Do answers one request with exactly one JSON response.
func (t POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media, acceptable := negotiate(r.Header.Values("Accept"))
	a := answer{w: w, media: media}
	a.announce()
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		a.refuse(http.StatusMethodNotAllowed, refusal(CodeMethod, "send GraphQL requests by POST"))
		return
	case foreign(t.CrossOrigin, r):
		a.refuse(http.StatusForbidden, refusal(CodeCrossOrigin, "this origin may not call here"))
		return
	case !acceptable:
		a.refuse(http.StatusNotAcceptable, refusal(CodeNotAcceptable, "can answer %s or %s", mediaResponse, mediaJSON))
		return
	case !isJSON(r.Header):
		w.Header().Set("Accept-Post", mediaJSON)
		a.refuse(http.StatusUnsupportedMediaType, refusal(CodeMediaType, "the body must be %s in UTF-8", mediaJSON))
		return
	}
	params, status, err := t.read(w, r)
	if err != nil {
		a.refuse(status, err)
		return
	}
	a.execute(r, exec, params)
}

func isJSON(h http.Header) bool {
	media, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	encoding := h.Get("Content-Encoding")
	return err == nil && media == mediaJSON && isUTF8(params["charset"]) &&
		(encoding == "" || strings.EqualFold(encoding, "identity"))
}

func (t POST) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, *gqlerror.Error) {
	start := graphql.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, t.MaxBody))
	if err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return nil, http.StatusRequestEntityTooLarge,
				refusal(CodeTooLarge, "the body may have at most %d bytes", t.MaxBody)
		}
		return nil, http.StatusBadRequest, refusal(CodeMalformed, "the body could not be read")
	}
	params, err := decode(body)
	if err != nil {
		return nil, http.StatusBadRequest, refusal(CodeMalformed, "the body is not a GraphQL request")
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, 0, nil
}

// answer writes one response in the negotiated media type.
type answer struct {
	w     http.ResponseWriter
	media string
}

func (a answer) execute(r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams) {
	ctx := r.Context()
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs == nil && op.Operation.Operation == ast.Subscription {
		errs = gqlerror.List{refusal(CodeNeedsSocket, "subscriptions need a websocket")}
	}
	if errs != nil {
		resp := exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		a.refuse(a.requestError(), resp.Errors...)
		return
	}
	next, ctx := exec.DispatchOperation(ctx, op)
	resp := next(ctx)
	if resp == nil { // the request's time ran out before there was a response
		a.w.Header().Set("Retry-After", retryAfter)
		a.refuse(http.StatusServiceUnavailable, refusal(CodeCancelled, "the request was given up"))
		return
	}
	status := http.StatusOK
	if isNull(resp.Data) && busy(resp.Errors) {
		a.w.Header().Set("Retry-After", retryAfter)
		status = http.StatusServiceUnavailable
	}
	a.write(status, encode(resp))
}

// requestError is the status of a well-formed request that cannot be executed: old clients, who accept
// only application/json, take any other status than 200 for a broken network.
func (a answer) requestError() int {
	if a.media == mediaResponse {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// refuse answers without a data entry, which says that nothing was executed.
func (a answer) refuse(status int, errs ...*gqlerror.Error) {
	a.write(status, fmt.Appendf(nil, `{"errors":%s}`, mustJSON(errs)))
}

// announce sets the headers that every answer has, before anything can panic: gqlgen's own answer to a
// panic sets none.
func (a answer) announce() {
	h := a.w.Header()
	h.Set("Content-Type", a.media+"; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
}

func (a answer) write(status int, body []byte) {
	a.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	a.w.WriteHeader(status)
	_, _ = a.w.Write(body) // a client that left cannot be told so
}

// encode writes an executed response. The data is JSON already and may be large, so it is copied, not
// parsed again as encoding/json would.
func encode(resp *graphql.Response) []byte {
	body := make([]byte, 0, len(resp.Data)+64)
	body = append(body, '{')
	if len(resp.Errors) > 0 {
		body = append(append(append(body, `"errors":`...), mustJSON(resp.Errors)...), ',')
	}
	data := resp.Data
	if len(data) == 0 {
		data = json.RawMessage("null")
	}
	body = append(append(body, `"data":`...), data...)
	if len(resp.Extensions) > 0 {
		body = append(append(body, `,"extensions":`...), mustJSON(resp.Extensions)...)
	}
	return append(body, '}')
}

// mustJSON encodes what this program made itself; a failure is a bug, answered like every panic.
func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("encode %T: %w", v, err))
	}
	return b
}

func isNull(data json.RawMessage) bool { return len(data) == 0 || string(data) == "null" }

func busy(errs gqlerror.List) bool {
	for _, e := range errs {
		if f, ok := fault.As(e); ok && f.Kind == fault.KindBusy {
			return true
		}
	}
	return false
}
