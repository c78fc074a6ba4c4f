package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// errMalformed never says what was wrong where: the answer must not carry any of the body back.
var errMalformed = errors.New("malformed request")

// members reads one JSON object strictly: valid UTF-8, names matched exactly, none twice, nothing after it.
// encoding/json alone would accept all four. slot returns where a member's value goes, or nil to skip it.
func members(body []byte, slot func(name string) any) error {
	if !utf8.Valid(body) {
		return errMalformed
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errMalformed
	}
	seen := make(map[string]bool, 4)
	for dec.More() {
		t, err := dec.Token()
		name, _ := t.(string)
		if err != nil || seen[name] {
			return errMalformed
		}
		seen[name] = true
		into := slot(name)
		if into == nil {
			into = new(json.RawMessage)
		}
		if dec.Decode(into) != nil {
			return errMalformed
		}
	}
	if _, err := dec.Token(); err != nil {
		return errMalformed
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errMalformed
	}
	return nil
}

// decode reads the parameters of a GraphQL request, the same for an HTTP body and a subscribe payload.
// A documentId is folded into extensions.persistedQuery, so that one rule judges both spellings.
func decode(body []byte) (*graphql.RawParams, error) {
	var query, operationName, documentID *string
	p := &graphql.RawParams{}
	err := members(body, func(name string) any {
		switch name {
		case "query":
			return &query
		case "operationName":
			return &operationName
		case "documentId":
			return &documentID
		case "variables":
			return &p.Variables
		case "extensions":
			return &p.Extensions
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if documentID != nil {
		if p.Extensions[persistedQuery] != nil {
			return nil, errMalformed
		}
		if p.Extensions == nil {
			p.Extensions = make(map[string]any, 1)
		}
		p.Extensions[persistedQuery] = map[string]any{"sha256Hash": strings.TrimPrefix(*documentID, "sha256:")}
	}
	if query == nil && p.Extensions[persistedQuery] == nil {
		return nil, errMalformed
	}
	if query != nil {
		p.Query = *query
	}
	if operationName != nil {
		p.OperationName = *operationName
	}
	return p, nil
}
