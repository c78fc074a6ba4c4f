package geo

import (
	"database/sql/driver"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gridwork/fault"
)

// words is the closed vocabulary of an enumeration: lower-case text in SQL and Go, upper-case names in GraphQL.
type words[T ~string] struct {
	code, what string
	known      []T
}

func (ws words[T]) check(w T) error {
	if slices.Contains(ws.known, w) {
		return nil
	}
	return fault.Invalid(ws.code, "unknown %s", ws.what)
}

func (ws words[T]) writeGQL(w io.Writer, word T) {
	_, _ = io.WriteString(w, strconv.Quote(strings.ToUpper(string(word)))) // gqlgen buffers: its writer cannot fail
}

// readGQL takes upper case only, since GraphQL names are case-sensitive.
func (ws words[T]) readGQL(v any) (T, error) {
	name, ok := v.(string)
	if !ok || name != strings.ToUpper(name) {
		return "", fault.Invalid(ws.code, "unknown %s", ws.what)
	}
	word := T(strings.ToLower(name))
	return word, ws.check(word)
}

func (ws words[T]) value(word T) (driver.Value, error) {
	return string(word), ws.check(word)
}

func (ws words[T]) scan(src any) (T, error) {
	var word T
	switch text := src.(type) {
	case string:
		word = T(text)
	case []byte:
		word = T(text)
	default:
		return "", fmt.Errorf("geo: cannot scan %T into a %s", src, ws.what)
	}
	return word, ws.check(word)
}
