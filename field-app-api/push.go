package fieldapi

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/google/uuid"

	"gridwork/domain/device"
	"gridwork/domain/fieldwork"
	"gridwork/fault"
	"gridwork/refusal"
)

const (
	batchBody = 2 << 20 // bytes of a batch at most
	batchMost = 100     // operations in it
)

// batch is what a handheld pushes. Its operations are read one by one: one that cannot be read spoils no other.
type batch struct {
	Device     uuid.UUID         `json:"device"`
	Operations []json.RawMessage `json:"operations"`
}

type operation struct {
	ID         uuid.UUID      `json:"id"`
	Kind       fieldwork.Kind `json:"kind"`
	CapturedAt string         `json:"capturedAt"`
	Body       string         `json:"body"`
	Signature  device.Base64  `json:"signature"`
}

type pushed struct {
	Results []fieldwork.Answer `json:"results"`
}

// push takes a batch of operations in, one after the other, and answers each. Who sent them is known by their signatures
// alone: the session may be over, and a revoked handheld is still heard about what it captured before.
func (d Deps) push(w http.ResponseWriter, r *http.Request) {
	var in batch
	if err := decode(w, r, batchBody, &in); err != nil {
		refusal.Write(w, err)
		return
	}
	if len(in.Operations) == 0 || len(in.Operations) > batchMost {
		refusal.Write(w, fault.Invalid("BATCH_SIZE", "1 to %d operations", batchMost).At("operations"))
		return
	}
	out := pushed{Results: make([]fieldwork.Answer, len(in.Operations))}
	for i, text := range in.Operations {
		if r.Context().Err() != nil {
			return // nobody listens any more, and what is done is answered again
		}
		out.Results[i] = d.pushOne(r, in.Device, text)
	}
	answer(w, out)
}

func (d Deps) pushOne(r *http.Request, from uuid.UUID, text json.RawMessage) fieldwork.Answer {
	var op operation
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&op); err != nil {
		f := malformed(err)
		return fieldwork.Answer{ID: named(text), Status: fieldwork.Rejected, Error: &fieldwork.Refusal{Code: f.Code, Message: f.Message, Path: f.Field}}
	}
	a, err := fieldwork.Push(r.Context(), fieldwork.Yard{DB: d.DB, Intake: d.Intake}, from, op.plain())
	if err != nil {
		_ = refusal.Met(r.Context(), d.Log, "push", err, "kind", op.Kind) // the answer says what its handheld may know
	}
	return a
}

func (op operation) plain() fieldwork.Operation {
	return fieldwork.Operation{ID: op.ID, Kind: op.Kind, CapturedAt: op.CapturedAt, Body: op.Body, Signature: op.Signature}
}

// named is what an operation that cannot be read calls itself, so that its handheld knows which one is meant.
func named(text json.RawMessage) string {
	var op struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(text, &op) // then it has no name
	return op.ID
}
