package visit

import (
	"io"

	"gridwork/enum"
)

func (v Verdict) MarshalGQL(w io.Writer)     { enum.Marshal(w, v) }
func (v *Verdict) UnmarshalGQL(in any) error { return enum.Unmarshal(v, in, Verdicts) }
