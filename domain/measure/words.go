package measure

import (
	"io"

	"gridwork/enum"
)

// Units lists every unit.
var Units = []Unit{Ratio, Second}

func (u Unit) MarshalGQL(w io.Writer)          { enum.Marshal(w, u) }
func (u *Unit) UnmarshalGQL(in any) error      { return enum.Unmarshal(u, in, Units) }
func (d Dimension) MarshalGQL(w io.Writer)     { enum.Marshal(w, d) }
func (d *Dimension) UnmarshalGQL(in any) error { return enum.Unmarshal(d, in, Dimensions) }
func (p Part) MarshalGQL(w io.Writer)          { enum.Marshal(w, p) }
func (p *Part) UnmarshalGQL(in any) error      { return enum.Unmarshal(p, in, Parts) }
func (s Stretch) MarshalGQL(w io.Writer)       { enum.Marshal(w, s) }
func (s *Stretch) UnmarshalGQL(in any) error   { return enum.Unmarshal(s, in, Stretches) }
