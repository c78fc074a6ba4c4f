package transport_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"gridwork/graph/transport"
	"gridwork/test/protocol/tiny"
)

func hash(document string) string {
	h := sha256.Sum256([]byte(document))
	return hex.EncodeToString(h[:])
}

const (
	own   = `query Own($id: Int = 1) { name find(id: $id) }`
	other = `{ name }`
)

// ownOnly is what a browser session may do.
func ownOnly() transport.Options {
	o := developer
	o.MayFreeText = nil
	o.Documents = map[string]string{hash(own): own}
	return o
}

func TestOwnDocumentsRunByTheirHash(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, ownOnly())
	const data = `{"name":"tiny","find":null}`
	for _, request := range []map[string]any{
		{"documentId": hash(own)},
		{"documentId": "sha256:" + hash(own), "variables": map[string]any{"id": 2}},
		{"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash(own)}}},
		{"extensions": map[string]any{"persistedQuery": map[string]any{"sha256Hash": hash(own)}}, "query": ""},
		{"query": own, "documentId": hash(own)},
		{"query": own}, // the same document, spelt out
	} {
		d.send(body(request)).answered(t, 200, data)
	}
}

func TestOtherDocumentsAreNotTrusted(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, ownOnly())
	for _, request := range []map[string]any{
		{"query": other},
		{"query": own + " "},
		{"query": other, "documentId": hash(other)}, // an automatic registration
		{"documentId": hash(other)},
		{"documentId": ""},
		{"documentId": "md5:" + hash(own)},
	} {
		d.send(body(request)).refused(t, 400, transport.CodeNotTrusted)
	}
}

func TestAHashMustBeThatOfTheDocument(t *testing.T) {
	t.Parallel()
	o := ownOnly()
	o.MayFreeText = yes
	d := open(t, tiny.Schema{}, o)
	d.send(body(map[string]any{"query": other, "documentId": hash(own)})).refused(t, 400, transport.CodeMalformed)
	d.send(body(map[string]any{"query": other, "extensions": map[string]any{"persistedQuery": "x"}})).refused(t, 400, transport.CodeMalformed)
	d.send(body(map[string]any{"query": other, "documentId": hash(other)})).answered(t, 200, `{"name":"tiny"}`)
}

func TestFreeTextIsDecidedPerCaller(t *testing.T) {
	t.Parallel()
	o := ownOnly()
	o.MayFreeText = func(ctx context.Context) bool { return ctx.Value(key{}) != nil }
	h := transport.New(tiny.Schema{}, o)
	request := body(map[string]any{"query": other})
	for _, allowed := range []bool{true, false, true} { // a cached document is no permission
		ctx := context.Background()
		if allowed {
			ctx = context.WithValue(ctx, key{}, true)
		}
		if got := serveAs(ctx, h, request).Code; (got == 200) != allowed {
			t.Errorf("allowed: %v, got status %d", allowed, got)
		}
	}
}

type key struct{}

func TestADocumentListedUnderAWrongHashStopsTheStart(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("it started")
		}
	}()
	transport.New(tiny.Schema{}, transport.Options{Documents: map[string]string{hash(own): other}})
}
