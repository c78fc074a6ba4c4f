// Package enum writes and reads the words of a closed list as GraphQL's enum values: in lower case in Go and SQL, in upper
// case there.
package enum

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"gridwork/fault"
)

// Marshal writes a word as GraphQL names it, such as "ON_SPOT".
func Marshal[T ~string](w io.Writer, word T) {
	_, _ = io.WriteString(w, strconv.Quote(strings.ToUpper(string(word)))) // gqlgen buffers: its writer cannot fail
}

// Unmarshal reads one of the words by its GraphQL name. ENUM_VALUE for everything else.
func Unmarshal[T ~string](to *T, in any, all []T) error {
	s, _ := in.(string)
	if word := T(strings.ToLower(s)); slices.Contains(all, word) && s == strings.ToUpper(s) {
		*to = word
		return nil
	}
	return fault.Invalid("ENUM_VALUE", "the value is not one of the enum's")
}
