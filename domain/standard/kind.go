package standard

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Kind is the nature of what is wrong.
type Kind string

const (
	Component Kind = "component" // 部件: a city asset is broken or missing
	Event     Kind = "event"     // 事件: something goes on that should not
	Dispute   Kind = "dispute"   // 矛盾纠纷: people are at odds
)

// Kinds lists every kind.
var Kinds = []Kind{Component, Event, Dispute}

// MarshalGQL writes the kind as its GraphQL enum value, in upper case.
func (k Kind) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(strings.ToUpper(string(k))))
}

// UnmarshalGQL reads a GraphQL enum value.
func (k *Kind) UnmarshalGQL(in any) error {
	s, _ := in.(string)
	if kind := Kind(strings.ToLower(s)); slices.Contains(Kinds, kind) && s == strings.ToUpper(s) {
		*k = kind
		return nil
	}
	return fmt.Errorf("%q is not a kind of category", s)
}
