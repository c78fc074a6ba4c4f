package client

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"gridwork/geo"
	"gridwork/graph"
	"gridwork/graph/generated"
)

func TestWhateverIsSentIsTrustedAndFitsTheSchema(t *testing.T) {
	t.Parallel()
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	var seen []string
	c := platform(t, func(w http.ResponseWriter, r *http.Request) {
		operation, wrong := judged(schema, r)
		if wrong != nil {
			t.Errorf("%s: %v", operation, wrong)
		}
		seen = append(seen, operation)
		_, _ = io.WriteString(w, `{"data":{}}`)
	})
	ctx, id := t.Context(), uuid.Must(uuid.NewV7())
	at := geo.Position{Lon: 114, Lat: 22.5, Datum: geo.GCJ02, Accuracy: 5, Source: geo.SourceGNSS, CapturedAt: time.Now()}
	photo, clue, of := NewPhoto([]byte("jpeg")), Clue{ID: id, Version: 2}, Case{ID: id, Version: 3}
	for _, call := range []func() error{
		func() error { _, err := c.SignIn(ctx, "a", "b"); return err },
		func() error {
			_, err := c.Submit(ctx, Report{ID: id, Text: "x", Category: "2101", Position: at, Photos: []Photo{photo}, Anonymous: true})
			return err
		},
		func() error { _, err := c.Track(ctx, "0000-0000-0000-0000"); return err },
		func() error { _, err := c.Queue(ctx, "440304001", 20); return err },
		func() error { _, err := c.Ledger(ctx, "4403", nil); return err },
		func() error { _, err := c.AskVerification(ctx, clue); return err },
		func() error { _, err := c.File(ctx, clue, id); return err },
		func() error { return c.Merge(ctx, clue, id) },
		func() error { return c.HandleOnSpot(ctx, clue, "x") },
		func() error { return c.Refuse(ctx, clue, "x") },
		func() error { return c.Refer(ctx, clue, "FIRE_119", "x") },
		func() error { _, err := c.VerifyTasks(ctx); return err },
		func() error { return c.AnswerVerification(ctx, id, true, "x", at) },
		func() error {
			_, err := c.Cases(ctx, CaseFilter{Region: "4403", Department: "fire", States: []string{"ROUTED"}, Mine: true}, nil)
			return err
		},
		func() error { _, err := c.Survey(ctx, CaseFilter{Region: "4403"}, nil); return err },
		func() error { _, err := c.Case(ctx, id); return err },
		func() error { _, err := c.Handlers(ctx, "fire", "440304001"); return err },
		func() error { _, err := c.Route(ctx, of, "fire", "x"); return err },
		func() error { _, err := c.Accept(ctx, of, id); return err },
		func() error { _, err := c.NameHandler(ctx, of, id); return err },
		func() error { _, err := c.Return(ctx, of, "x", "fire"); return err },
		func() error { _, err := c.DecideReturn(ctx, of, true, "x"); return err },
		func() error {
			_, err := c.ReportDisposal(ctx, of, Disposed{ID: id, Text: "x", Position: at, Photos: []Photo{photo}})
			return err
		},
		func() error { _, err := c.SendBack(ctx, of, "x"); return err },
		func() error { _, err := c.SubmitForCheck(ctx, of); return err },
		func() error { _, err := c.CheckTasks(ctx); return err },
		func() error { return c.AnswerCheck(ctx, id, true, "x", at, []Photo{photo}) },
		func() error { _, err := c.DecideCheck(ctx, of, true, "x"); return err },
		func() error { _, err := c.Inbox(ctx); return err },
		func() error { _, err := c.Categories(ctx); return err },
		func() error { _, err := c.Divisions(ctx, nil); return err },
		func() error { _, err := c.Division(ctx, "4403"); return err },
	} {
		if err := call(); err != nil {
			t.Error(err)
		}
	}
	if slices.Sort(seen); len(slices.Compact(seen)) != 32 {
		t.Errorf("%d different operations were sent: %v", len(seen), seen)
	}
}

// judged finds the document of a request by its hash, and tries its variables on the schema.
func judged(schema *ast.Schema, r *http.Request) (operation string, err error) {
	var request struct {
		Query, OperationName string
		Variables            map[string]any
		Extensions           struct{ PersistedQuery struct{ Sha256Hash string } }
	}
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		return "", err
	}
	text, trusted := graph.Documents()[request.Extensions.PersistedQuery.Sha256Hash]
	if !trusted || request.Query != "" {
		return request.OperationName, errors.New("is not a trusted document by its hash")
	}
	document, errs := gqlparser.LoadQueryWithRules(schema, text, rules.NewDefaultRules())
	if len(errs) > 0 {
		return request.OperationName, errs
	}
	op := document.Operations.ForName(request.OperationName)
	if op == nil {
		return request.OperationName, errors.New("is not the operation of its document")
	}
	_, err = validator.VariableValues(schema, op, request.Variables)
	return request.OperationName, err
}

func TestWhatIsRefusedIsATypedError(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Error{
		`{"errors":[{"message":"no","path":["case",0],"extensions":{"code":"DENIED"}}]}`: {Operation: "Case", Status: 200, Code: "DENIED", Message: "no"},
		`{"data":{"fileClue":{"clue":null,"errors":[{"code":"STALE_VERSION","message":"changed","path":["version"]}]}}}`: {
			Operation: "Case", Status: 200, Code: "STALE_VERSION", Message: "changed"},
		`<html>`: {Operation: "Case", Status: 200, Message: "the answer is no GraphQL response"},
	} {
		c := platform(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
		_, err := c.Case(t.Context(), uuid.Nil)
		var got *Error
		if !errors.As(err, &got) || got.Code != want.Code || got.Message != want.Message || got.Status != want.Status || Code(err) != want.Code {
			t.Errorf("%s became %+v", body, err)
		}
	}
}

func TestABusyPlatformIsAskedAgainAfterTheTimeItNames(t *testing.T) {
	t.Parallel()
	asked := 0
	c := platform(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked < 3 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, `{"errors":[{"message":"busy","extensions":{"code":"STORE_BUSY"}}]}`)
			return
		}
		_, _ = io.WriteString(w, `{"data":{"case":{"number":7}}}`)
	})
	found, err := c.Case(t.Context(), uuid.Nil)
	if err != nil || asked != 3 || found.Number != 7 {
		t.Errorf("asked %d times: %+v, %v", asked, found, err)
	}
}

func TestATokenIsSentByWhoeverHasOneOnly(t *testing.T) {
	t.Parallel()
	var sent []string
	c := platform(t, func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.Header.Get("Authorization"))
		_, _ = io.WriteString(w, `{"data":{"signIn":{"token":"secret","errors":[]}}}`)
	})
	signed, err := c.SignIn(t.Context(), "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []*Client{signed, c} {
		if _, err := who.Case(t.Context(), uuid.Nil); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"", "Bearer secret", ""}; !slices.Equal(sent, want) {
		t.Errorf("sent %q", sent)
	}
}

// A connection that breaks in the middle: the platform heard half, and the rest is sent from there.
func TestAnUploadThatIsCutGoesOnWhereThePlatformStoppedHearing(t *testing.T) {
	t.Parallel()
	var got []byte
	cut := false
	photo := NewPhoto([]byte(strings.Repeat("picture", 1000)))
	sum := sha256.Sum256(photo.JPEG)
	c := platform(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodPost:
			if meta := r.Header.Get("Upload-Metadata"); !strings.Contains(meta, "photo "+base64.StdEncoding.EncodeToString([]byte(photo.ID.String()))) {
				t.Errorf("metadata %q", meta)
			}
			w.Header().Set("Location", "/field/v1/uploads/0123")
			w.WriteHeader(http.StatusCreated)
		case http.MethodHead:
			w.Header().Set("Upload-Offset", strconv.Itoa(len(got)))
		case http.MethodPatch:
			if r.Header.Get("Upload-Offset") != strconv.Itoa(len(got)) {
				t.Errorf("continues at %s, but %d bytes were heard", r.Header.Get("Upload-Offset"), len(got))
			}
			body, _ := io.ReadAll(r.Body)
			if !cut {
				cut, got = true, body[:len(body)/2]
				panic(http.ErrAbortHandler)
			}
			got = append(got, body...)
			w.Header().Set("Photo-Sha256", hex.EncodeToString(sum[:]))
			w.WriteHeader(http.StatusNoContent)
		}
	})
	if err := c.Upload(t.Context(), photo); err != nil {
		t.Fatal(err)
	}
	if string(got) != string(photo.JPEG) {
		t.Errorf("%d bytes arrived of %d", len(got), len(photo.JPEG))
	}
}

func TestBytesThatAnotherHashIsVerifiedOfAreAnError(t *testing.T) {
	t.Parallel()
	c := platform(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.Header().Set("Location", "/field/v1/uploads/0123")
			w.WriteHeader(http.StatusCreated)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Photo-Sha256", strings.Repeat("0", 64))
		w.WriteHeader(http.StatusNoContent)
	})
	if err := c.Upload(t.Context(), NewPhoto([]byte("picture"))); err == nil {
		t.Error("nothing was said")
	}
}

func TestAContextThatEndsIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := platform(t, func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, `{"errors":[{"message":"busy"}]}`)
	})
	if _, err := c.Case(ctx, uuid.Nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func platform(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return New(s.URL)
}
