package measure

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"gridwork/fault"
)

// Units lists every unit.
var Units = []Unit{Ratio, Second}

func (u Unit) MarshalGQL(w io.Writer)          { marshalEnum(w, u) }
func (u *Unit) UnmarshalGQL(in any) error      { return unmarshalEnum(u, in, Units) }
func (d Dimension) MarshalGQL(w io.Writer)     { marshalEnum(w, d) }
func (d *Dimension) UnmarshalGQL(in any) error { return unmarshalEnum(d, in, Dimensions) }
func (p Part) MarshalGQL(w io.Writer)          { marshalEnum(w, p) }
func (p *Part) UnmarshalGQL(in any) error      { return unmarshalEnum(p, in, Parts) }

func marshalEnum[T ~string](w io.Writer, value T) {
	_, _ = io.WriteString(w, strconv.Quote(strings.ToUpper(string(value)))) // gqlgen buffers: its writer cannot fail
}

func unmarshalEnum[T ~string](to *T, in any, all []T) error {
	s, _ := in.(string)
	if v := T(strings.ToLower(s)); slices.Contains(all, v) && s == strings.ToUpper(s) {
		*to = v
		return nil
	}
	return fault.Invalid("ENUM_VALUE", "the value is not one of the enum's")
}
