// Package client speaks the platform's API as its own apps do: trusted documents by hash, bearer tokens, resumable photo
// uploads. The demo's traffic and story see nothing of the platform but this.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gridwork/graph"
)

// Client is one party: nobody in particular, somebody who signed in, or another system with its key.
type Client struct {
	base  string
	http  *http.Client
	token string
}

// New is nobody's client of the platform at base, such as http://127.0.0.1:8080.
func New(base string) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 128
	transport.Proxy = nil
	return &Client{base: strings.TrimSuffix(base, "/"), http: &http.Client{Transport: transport, Timeout: time.Minute}}
}

// With is the same platform seen by whoever has the token of a session, or a key.
func (c *Client) With(token string) *Client {
	other := *c
	other.token = token
	return &other
}

// soon is the least that a client waits before it comes again.
const soon = 50 * time.Millisecond

// tries bounds how often a call is made again when the platform is busy: it says so itself, and did nothing.
const tries = 8

// Call runs a trusted document and decodes its data into `into`. Errors of the request and of a payload are *Error.
func (c *Client) Call(ctx context.Context, operation string, variables, into any) error {
	hash, ok := graph.DocumentHash(operation)
	if !ok {
		return fmt.Errorf("there is no trusted document %s", operation)
	}
	body, err := json.Marshal(map[string]any{"operationName": operation, "variables": variables,
		"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}})
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		err := c.post(ctx, operation, body, into)
		var refused *Error
		if !errors.As(err, &refused) || refused.RetryAfter == 0 || try == tries {
			return err
		}
		if err := wait(ctx, refused.RetryAfter); err != nil {
			return err
		}
	}
}

func (c *Client) post(ctx context.Context, operation string, body []byte, into any) error {
	response, err := c.send(ctx, http.MethodPost, c.base+"/graphql", bytes.NewReader(body), map[string]string{
		"Content-Type": "application/json", "Accept": "application/graphql-response+json"})
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors []struct {
			Message    string `json:"message"`
			Path       []any  `json:"path"`
			Extensions struct {
				Code string `json:"code"`
			} `json:"extensions"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return &Error{Operation: operation, Status: response.StatusCode, Message: "the answer is no GraphQL response", RetryAfter: retryAfter(response.Header)}
	}
	if len(answer.Errors) > 0 {
		first := answer.Errors[0]
		return &Error{Operation: operation, Status: response.StatusCode, Code: first.Extensions.Code, Message: first.Message,
			Path: words(first.Path), RetryAfter: retryAfter(response.Header)}
	}
	if err := userError(operation, answer.Data); err != nil {
		return err
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer.Data, into)
}

func (c *Client) send(ctx context.Context, method, url string, body io.Reader, headers map[string]string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	return c.http.Do(request)
}

// userError finds the first error that a mutation's payload carries.
func userError(operation string, data json.RawMessage) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	for _, field := range fields {
		var payload struct {
			Errors []struct {
				Code    string   `json:"code"`
				Message string   `json:"message"`
				Path    []string `json:"path"`
			} `json:"errors"`
		}
		if json.Unmarshal(field, &payload) == nil && len(payload.Errors) > 0 {
			e := payload.Errors[0]
			return &Error{Operation: operation, Status: http.StatusOK, Code: e.Code, Message: e.Message, Path: e.Path}
		}
	}
	return nil
}

// Error is why the platform did not do what it was asked.
type Error struct {
	Operation  string
	Status     int      // of HTTP
	Code       string   // SCREAMING_SNAKE_CASE; "" where none was given
	Message    string   // English
	Path       []string // of the input or the document
	RetryAfter time.Duration
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s: %s", e.Operation, e.Message)
	if e.Code != "" {
		text += " (" + e.Code + ")"
	}
	if len(e.Path) > 0 {
		text += " at " + strings.Join(e.Path, ".")
	}
	return text
}

// Code is the code of an *Error, or "".
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return max(time.Duration(seconds)*time.Second, soon)
}

func words(path []any) []string {
	var list []string
	for _, step := range path {
		list = append(list, fmt.Sprint(step))
	}
	return list
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
