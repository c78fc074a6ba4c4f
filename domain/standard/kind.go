package standard

import (
	"io"

	"gridwork/enum"
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

func (k Kind) MarshalGQL(w io.Writer)     { enum.Marshal(w, k) }
func (k *Kind) UnmarshalGQL(in any) error { return enum.Unmarshal(k, in, Kinds) }
