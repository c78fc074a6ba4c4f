package fieldapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	schemas "github.com/pb33f/libopenapi-validator/schema_validation"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"

	fieldapi "gridwork/field-app-api"
)

// promised is the contract, ready to be held against exchanges.
var promised = sync.OnceValues(func() (*v3.Document, validator.Validator) {
	document, err := libopenapi.NewDocument(fieldapi.Contract)
	if err != nil {
		panic(err)
	}
	model, err := document.BuildV3Model()
	if err != nil {
		panic(err)
	}
	v, errs := validator.NewValidator(document)
	if len(errs) > 0 {
		panic(errs[0])
	}
	return &model.Model, v
})

// witness holds every exchange of a test against the contract: each answer, and each request that was not refused.
type witness struct {
	t  testing.TB
	to http.RoundTripper
}

func (w witness) RoundTrip(r *http.Request) (*http.Response, error) {
	var sent []byte
	if r.Body != nil {
		sent, _ = io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(sent))
	}
	answered, err := w.to.RoundTrip(r)
	if err != nil {
		return answered, err
	}
	body, err := io.ReadAll(answered.Body)
	answered.Body.Close()
	if err != nil {
		return nil, err
	}
	w.hold(r, sent, answered, body)
	answered.Body = io.NopCloser(bytes.NewReader(body))
	return answered, nil
}

func (w witness) hold(r *http.Request, sent []byte, answered *http.Response, body []byte) {
	_, v := promised()
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(sent))
	answered.Body = io.NopCloser(bytes.NewReader(body))
	if known := w.knows(r); !known {
		return
	}
	if answered.StatusCode < http.StatusBadRequest {
		again.Header.Set("Cookie", "__Host-gridwork=x") // the tests' own door names the person instead
		if ok, errs := v.ValidateHttpRequest(again); !ok {
			for _, e := range errs {
				w.t.Errorf("%s %s was taken, against the contract: %s: %s", r.Method, r.URL.Path, e.Message, e.Reason)
			}
		}
	}
	if r.URL.Path == "/field/v1/push" && answered.StatusCode == http.StatusOK {
		w.holdOperations(sent, body)
	}
	if r.URL.Path == "/field/v1/pull" && answered.StatusCode == http.StatusOK {
		w.holdItems(body)
	}
	if ok, errs := v.ValidateHttpResponse(again, answered); !ok {
		for _, e := range errs {
			w.t.Errorf("%s %s was answered with %d, against the contract: %s: %s %v", r.Method, r.URL.Path, answered.StatusCode, e.Message, e.Reason, e.SchemaValidationErrors)
		}
	}
}

// bodies are the schemas of what the kinds ask for.
var bodies = map[string]string{"clue.submit": "ClueBody", "inspection.submit": "InspectionBody", "verification.answer": "VerificationBody",
	"check.answer": "CheckBody", "disposal.report": "DisposalBody", "premises.update": "PremisesBody",
	"task.claim": "ClaimBody", "task.give_back": "GiveBackBody", "task.answer_offer": "AnswerOfferBody",
	"alarm.raise": "AlarmBody", "alarm.answer": "AnswerAlarmBody", "alarm.end": "EndAlarmBody",
	"timer.begin": "TimerBody", "timer.extend": "ExtendTimerBody", "timer.end": "EndTimerBody"}

// holdOperations holds each operation that was taken, and its body, against the contract.
func (w witness) holdOperations(sent, body []byte) {
	var in struct{ Operations []json.RawMessage }
	var out struct{ Results []struct{ Status string } }
	if json.Unmarshal(sent, &in) != nil || json.Unmarshal(body, &out) != nil {
		w.t.Errorf("a batch and its answer are JSON: %s, %s", sent, body)
		return
	}
	for i, text := range in.Operations {
		if out.Results[i].Status == "rejected" {
			continue
		}
		var op struct{ Kind, Body string }
		_ = json.Unmarshal(text, &op) // it was taken
		w.holdSchema("Operation", string(text))
		w.holdSchema(bodies[op.Kind], op.Body)
	}
}

// things are the schemas of what a handheld holds.
var things = map[string]string{"category": "HeldCategory", "checklist": "HeldChecklist", "form": "HeldForm", "duty_grid": "HeldDutyGrid", "cell": "HeldCell",
	"buildings": "HeldBuildings", "components": "HeldComponents", "premises": "HeldPremises", "task": "HeldTask", "offer": "HeldOffer", "claimable": "HeldClaimable",
	"verification": "HeldVerification", "check": "HeldCheck", "hazard": "HeldHazard", "message": "HeldMessage", "alarm": "HeldAlarm", "help": "HeldHelp"}

// holdItems holds each thing that was sent against the contract.
func (w witness) holdItems(body []byte) {
	var out struct {
		Items []struct {
			Kind string
			Body json.RawMessage
		}
	}
	if json.Unmarshal(body, &out) != nil {
		w.t.Errorf("a delta is JSON: %.100s", body)
	}
	for _, item := range out.Items {
		w.holdSchema(things[item.Kind], string(item.Body))
	}
}

func (w witness) holdSchema(name, text string) {
	model, _ := promised()
	proxy, known := model.Components.Schemas.Get(name)
	if !known {
		w.t.Errorf("the contract has no %s", name)
		return
	}
	if ok, errs := schemas.NewSchemaValidator().ValidateSchemaString(proxy.Schema(), text); !ok {
		w.t.Errorf("%s was taken, against the contract's %s: %v", text, name, errs[0].SchemaValidationErrors)
	}
}

// knows reports whether the contract has the operation: what it does not have is 404 or 405, and says so without it.
func (w witness) knows(r *http.Request) bool {
	path := r.URL.EscapedPath()
	return slices.ContainsFunc(fieldapi.Routes(), func(route string) bool {
		method, pattern, _ := strings.Cut(route, " ")
		return method == r.Method && fits(pattern, path)
	})
}

func fits(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !(strings.HasPrefix(want[i], "{") && got[i] != "") {
			return false
		}
	}
	return true
}

func TestTheContractIsValidAndHasEveryRoute(t *testing.T) {
	t.Parallel()
	model, v := promised()
	if ok, errs := v.ValidateDocument(); !ok {
		for _, e := range errs {
			t.Errorf("%s: %s %v", e.Message, e.Reason, e.SchemaValidationErrors)
		}
	}
	var written []string
	for path, item := range model.Paths.PathItems.FromOldest() {
		for method, operation := range item.GetOperations().FromOldest() {
			written = append(written, strings.ToUpper(method)+" "+path)
			if operation.OperationId == "" || operation.Summary == "" {
				t.Errorf("%s %s says neither its name nor what it does", method, path)
			}
		}
	}
	served := fieldapi.Routes()
	slices.Sort(served)
	slices.Sort(written)
	if !slices.Equal(served, written) {
		t.Errorf("served: %v\nwritten: %v", served, written)
	}
}

func TestTheContractIsServed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first := s.request("GET", "/field/v1/openapi.yaml", nil, nil)
	if first.status != http.StatusOK || first.body != string(fieldapi.Contract) {
		t.Fatalf("%d, %d bytes", first.status, len(first.body))
	}
	again := s.request("GET", "/field/v1/openapi.yaml", nil, map[string]string{"If-None-Match": first.header.Get("ETag")})
	if again.status != http.StatusNotModified {
		t.Fatalf("again: %d", again.status)
	}
}
