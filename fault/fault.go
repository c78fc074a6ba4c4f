// Package fault is the one vocabulary for errors that a user may see.
//
// An *Error carries a stable code, a message in plain English and the path of the input it is about.
// Every other error is internal: the edges log it and answer "internal error", nothing more.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what the caller can do about an error; edges map it to their own status codes.
type Kind uint8

const (
	KindInvalid  Kind = iota + 1 // the input is wrong: change it
	KindNotFound                 // no such object for this viewer, whether it exists or not
	KindConflict                 // the input contradicts what is stored
	KindDenied                   // signed in, but this action is not theirs
	KindStale                    // the object has moved on since it was read: read it again
	KindBusy                     // not now: try again later
)

var kindNames = map[Kind]string{
	KindInvalid: "invalid", KindNotFound: "not found", KindConflict: "conflict",
	KindDenied: "denied", KindStale: "stale", KindBusy: "busy",
}

func (k Kind) String() string { return kindNames[k] }

// Error is an error with a public face. Cause is private: logged, never shown.
type Error struct {
	Kind    Kind
	Code    string // SCREAMING_SNAKE_CASE, stable: clients translate by it
	Message string
	Field   string // path of the input, such as "position.lon" or "steps[0].limit"
	Cause   error
}

func (e *Error) Error() string {
	if e.Field == "" {
		return e.Code + ": " + e.Message
	}
	return e.Code + " at " + e.Field + ": " + e.Message
}

func (e *Error) Unwrap() error { return e.Cause }

// At returns a copy of e that names the input path. A path already set becomes its tail,
// so that each level of a nested input adds only its own step.
func (e *Error) At(path string) *Error {
	c := *e
	switch {
	case c.Field == "":
		c.Field = path
	case strings.HasPrefix(c.Field, "["):
		c.Field = path + c.Field
	default:
		c.Field = path + "." + c.Field
	}
	return &c
}

// Because returns a copy of e with its private cause.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.Cause = cause
	return &c
}

func Invalid(code, format string, args ...any) *Error {
	return newError(KindInvalid, code, format, args)
}
func NotFound(code, format string, args ...any) *Error {
	return newError(KindNotFound, code, format, args)
}
func Conflict(code, format string, args ...any) *Error {
	return newError(KindConflict, code, format, args)
}
func Denied(code, format string, args ...any) *Error { return newError(KindDenied, code, format, args) }
func Stale(code, format string, args ...any) *Error  { return newError(KindStale, code, format, args) }
func Busy(code, format string, args ...any) *Error   { return newError(KindBusy, code, format, args) }

func newError(kind Kind, code, format string, args []any) *Error {
	return &Error{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...)}
}

// As finds the public error in err's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Is reports whether err carries the given code.
func Is(err error, code string) bool {
	e, ok := As(err)
	return ok && e.Code == code
}

// Under puts err, if it is public, below the given input path; other errors pass unchanged.
func Under(path string, err error) error {
	if e, ok := As(err); ok {
		return e.At(path)
	}
	return err
}
