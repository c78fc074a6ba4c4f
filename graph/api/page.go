package api

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"gridwork/fault"
)

// Codes of the faults about a page.
const (
	CodePageSize = "PAGE_SIZE_OUT_OF_RANGE" // first is not between 1 and the field's limit
	CodeCursor   = "CURSOR_INVALID"         // not the end of a page of this list
)

// PageInfo tells where a page ends.
type PageInfo struct {
	HasNextPage bool
	EndCursor   *string
}

// Connection is one page of a list.
type Connection[T any] struct {
	Nodes    []T
	PageInfo PageInfo
}

// Page makes a connection of what was found; at is a node's place in the list, which its successor starts from.
func Page[T, P any](nodes []T, more bool, at func(T) P) *Connection[T] {
	c := &Connection[T]{Nodes: nodes, PageInfo: PageInfo{HasNextPage: more}}
	if len(nodes) > 0 {
		end := cursor(at(nodes[len(nodes)-1]))
		c.PageInfo.EndCursor = &end
	}
	return c
}

// checkFirst refuses a page size that is not between 1 and max.
func checkFirst(first, max int) error {
	if first < 1 || first > max {
		return PageSize(max)
	}
	return nil
}

// PageSize is the fault of a page that is too large, or none.
func PageSize(max int) error {
	return fault.Invalid(CodePageSize, "a page has 1 to %d entries", max).At("first")
}

// Turn checks what was asked of a page, and reads the place after which it starts.
func Turn[P any](first, max int, after *string) (*P, error) {
	if err := checkFirst(first, max); err != nil {
		return nil, err
	}
	return read[P](after)
}

// read reads a cursor back into the place that it stands for; no cursor is no place.
func read[P any](after *string) (*P, error) {
	if after == nil {
		return nil, nil
	}
	at := new(P)
	text, err := base64.RawURLEncoding.DecodeString(*after)
	if err == nil {
		err = json.Unmarshal(text, at)
	}
	if err != nil {
		return nil, fault.Invalid(CodeCursor, "this is not the end of a page of this list").At("after")
	}
	return at, nil
}

// cursor is opaque to clients, so that the order of a list may change without breaking them.
func cursor(place any) string {
	text, err := json.Marshal(place)
	if err != nil {
		panic(fmt.Sprintf("place %T: %v", place, err)) // a programming error: places are plain structs
	}
	return base64.RawURLEncoding.EncodeToString(text)
}
