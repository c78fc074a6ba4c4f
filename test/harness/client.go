package harness

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"testing"
	"time"

	"gridwork/graph"
)

// Vars are the variables of a GraphQL document.
type Vars = map[string]any

// Client is somebody in front of the platform's doors: one of its people, another system, or a stranger.
type Client struct {
	t   testing.TB
	url string // of the platform

	Authorization string // the header's value; empty for strangers
	Cookie        string // the header's value
	Address       string // where the requests seem to come from, by a trusted proxy's word
}

// outward is shared by all clients; each request has its own deadline.
var outward = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: time.Minute}

// NewClient is a stranger in front of any platform, such as one that runs as a process of its own.
func NewClient(t testing.TB, url, address string) *Client {
	return &Client{t: t, url: url, Address: address}
}

// Anyone is a stranger, at an address that no other one has.
func (h *Harness) Anyone() *Client {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.visitors++
	return NewClient(h.t, h.URL, fmt.Sprintf("10.9.%d.%d", h.visitors/250, h.visitors%250+1))
}

// As is a client signed in as the person, the same one each time.
func (h *Harness) As(p *Person) *Client {
	h.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.client == nil {
		p.client = h.SignIn(p)
	}
	return p.client
}

// SignIn opens a session of its own.
func (h *Harness) SignIn(p *Person) *Client {
	h.t.Helper()
	c := h.Anyone()
	token, refused := c.SignIn(p.Login, Password)
	if refused != nil {
		h.t.Fatalf("%s cannot sign in: %v", p.Login, refused)
	}
	c.Authorization = "Bearer " + token
	return c
}

// ByKey is another system, known by its API key.
func (h *Harness) ByKey() *Client {
	c := h.Anyone()
	c.Authorization = "Bearer " + h.Key
	return c
}

const signInDocument = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { token errors { code message path } } }`

// SignIn returns the session's token, or why there is none.
func (c *Client) SignIn(login, password string) (string, *Refusal) {
	c.t.Helper()
	type payload struct {
		SignIn struct {
			Token  *string   `json:"token"`
			Errors []Refusal `json:"errors"`
		} `json:"signIn"`
	}
	a := c.Send(signInDocument, Vars{"input": Vars{"login": login, "password": password}})
	if len(a.Errors) > 0 {
		return "", &Refusal{Code: a.Code(), Message: a.Errors[0].Message}
	}
	var p payload
	if err := json.Unmarshal(a.Data, &p); err != nil {
		c.t.Fatalf("sign in: %s", a.Body)
	}
	if len(p.SignIn.Errors) > 0 {
		return "", &p.SignIn.Errors[0]
	}
	return *p.SignIn.Token, nil
}

// Refusal is a user error of a payload.
type Refusal struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Path    []string `json:"path"`
}

func (r *Refusal) String() string { return fmt.Sprintf("%s at %v: %s", r.Code, r.Path, r.Message) }

// Answer is what came back for a document.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Data   json.RawMessage
	Errors []Error
}

// Error is an error of the answer as a whole, not of a payload.
type Error struct {
	Message    string `json:"message"`
	Path       []any  `json:"path"`
	Extensions struct {
		Code  string `json:"code"`
		Field string `json:"field"`
	} `json:"extensions"`
}

// response is the form of every GraphQL answer.
type response struct {
	Data   json.RawMessage `json:"data"`
	Errors []Error         `json:"errors"`
}

// Code is that of the first error, or "".
func (a Answer) Code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// Ask sends a document and reads its data; an error fails the test.
func Ask[T any](c *Client, document string, vars Vars) (data T) {
	c.t.Helper()
	a := c.Send(document, vars)
	if len(a.Errors) > 0 || a.Status != http.StatusOK {
		c.t.Fatalf("status %d, errors %+v, for %s", a.Status, a.Errors, document)
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		c.t.Fatalf("unexpected data %s: %v", a.Data, err)
	}
	return data
}

// Send sends a document in full, and returns whatever comes back.
func (c *Client) Send(document string, vars Vars) Answer {
	c.t.Helper()
	return c.Post(Vars{"query": document, "variables": vars})
}

// SendHash sends a trusted document by its hash.
func (c *Client) SendHash(hash string, vars Vars) Answer {
	c.t.Helper()
	return c.Post(Vars{"documentId": "sha256:" + hash, "variables": vars})
}

// Post sends a GraphQL request of any shape.
func (c *Client) Post(request any) Answer {
	c.t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		c.t.Fatalf("request: %v", err)
	}
	return c.PostRaw(body)
}

// PostRaw sends bytes as a GraphQL request.
func (c *Client) PostRaw(body []byte) Answer {
	c.t.Helper()
	a, err := c.Try(c.t.Context(), body)
	if err != nil {
		c.t.Fatalf("the platform does not answer: %v", err)
	}
	return a
}

// Try is PostRaw for a platform that may be away.
func (c *Client) Try(ctx context.Context, body []byte) (Answer, error) {
	header := http.Header{"Content-Type": {"application/json"}, "Accept": {"application/graphql-response+json, application/json;q=0.9"}}
	a, err := c.exchange(ctx, http.MethodPost, "/graphql", header, body)
	if err != nil {
		return a, err
	}
	var answer response
	// What is no JSON, such as a proxy's page, leaves both empty.
	_ = json.Unmarshal(a.Body, &answer)
	a.Data, a.Errors = answer.Data, answer.Errors
	return a, nil
}

// Get fetches a path.
func (c *Client) Get(path string) Answer {
	c.t.Helper()
	a, err := c.exchange(c.t.Context(), http.MethodGet, path, http.Header{}, nil)
	if err != nil {
		c.t.Fatalf("GET %s: %v", path, err)
	}
	return a
}

func (c *Client) exchange(ctx context.Context, method, path string, header http.Header, body []byte) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.url+path, bytes.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	request.Header = c.identified(header)
	response, err := outward.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return Answer{Status: response.StatusCode, Header: response.Header, Body: content}, err
}

// identified adds who asks, and from where.
func (c *Client) identified(header http.Header) http.Header {
	for name, value := range map[string]string{"Authorization": c.Authorization, "Cookie": c.Cookie, "X-Forwarded-For": c.Address} {
		if value != "" {
			header.Set(name, value)
		}
	}
	return header
}

// Trusted finds our own clients' document by the name of its operation.
func Trusted(t testing.TB, operation string) (hash string) {
	t.Helper()
	names := regexp.MustCompile(`\b(query|mutation|subscription) ` + operation + `\b`)
	for hash, document := range graph.Documents() {
		if names.MatchString(document) {
			return hash
		}
	}
	t.Fatalf("there is no trusted document %s", operation)
	return ""
}

// TrustedSignIn is SignIn for a platform that takes no other documents.
func (h *Harness) TrustedSignIn(p *Person) *Client {
	h.t.Helper()
	c := h.Anyone()
	a := c.SendHash(Trusted(h.t, "SignIn"), Vars{"input": Vars{"login": p.Login, "password": Password}})
	var data struct {
		SignIn struct {
			Token *string `json:"token"`
		} `json:"signIn"`
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || data.SignIn.Token == nil {
		h.t.Fatalf("%s cannot sign in: %s", p.Login, a.Body)
	}
	c.Authorization = "Bearer " + *data.SignIn.Token
	return c
}
