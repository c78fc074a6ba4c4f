// Package api holds what only the API knows: inputs, payloads, pages and views that no domain type stands for, and the
// scalars. Everything else in the schema is a domain type itself.
package api

import (
	"strings"

	"gridwork/fault"
)

// UserError is a refusal of an input, as the payload of a mutation tells it.
type UserError struct {
	Code    string
	Message string
	Path    []string
}

// Refused splits an error of a mutation in two: what the user has to be told about the input, and what the edge answers
// for everybody else, which is "later" for a busy store and "internal error" for the rest.
func Refused(err error) ([]UserError, error) {
	f, ok := fault.As(err)
	switch {
	case err == nil:
		return []UserError{}, nil
	case !ok || f.Kind == fault.KindBusy:
		return nil, err
	default:
		return []UserError{{Code: f.Code, Message: f.Message, Path: steps(f.Field)}}, nil
	}
}

// steps takes a fault's path apart: "steps[0].limit" has the steps steps, 0 and limit.
func steps(field string) []string {
	return strings.FieldsFunc(field, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}
