package routing

import (
	"io"

	"gridwork/enum"
)

func (s SetState) MarshalGQL(w io.Writer)      { enum.Marshal(w, s) }
func (s *SetState) UnmarshalGQL(in any) error  { return enum.Unmarshal(s, in, SetStates) }
func (s Severity) MarshalGQL(w io.Writer)      { enum.Marshal(w, s) }
func (s *Severity) UnmarshalGQL(in any) error  { return enum.Unmarshal(s, in, Severities) }
func (c Condition) MarshalGQL(w io.Writer)     { enum.Marshal(w, c) }
func (c *Condition) UnmarshalGQL(in any) error { return enum.Unmarshal(c, in, ConditionNames) }
