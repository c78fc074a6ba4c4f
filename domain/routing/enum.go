package routing

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

func (s SetState) MarshalGQL(w io.Writer)      { marshal(w, s) }
func (s *SetState) UnmarshalGQL(in any) error  { return unmarshal(s, in, SetStates) }
func (s Severity) MarshalGQL(w io.Writer)      { marshal(w, s) }
func (s *Severity) UnmarshalGQL(in any) error  { return unmarshal(s, in, Severities) }
func (c Condition) MarshalGQL(w io.Writer)     { marshal(w, c) }
func (c *Condition) UnmarshalGQL(in any) error { return unmarshal(c, in, ConditionNames) }

func marshal[T ~string](w io.Writer, value T) {
	_, _ = io.WriteString(w, strconv.Quote(strings.ToUpper(string(value))))
}

func unmarshal[T ~string](to *T, in any, all []T) error {
	s, _ := in.(string)
	if v := T(strings.ToLower(s)); slices.Contains(all, v) && s == strings.ToUpper(s) {
		*to = v
		return nil
	}
	return fmt.Errorf("%q is not a value of the enum", s)
}
