package escalation

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"gridwork/fault"
)

// sizeLimit is in bytes; the most steps that are allowed take a third of it.
const sizeLimit = 64 << 10

// UnmarshalJSON reads a ladder's steps and checks them. Unknown fields, doubtful triggers and steps out of order are
// faults with their path (LADDER_…), and nothing is changed by a faulty input.
func (s *Steps) UnmarshalJSON(data []byte) error {
	if len(data) > sizeLimit || !utf8.Valid(data) {
		return malformed("the steps are UTF-8 text of at most %d bytes", sizeLimit)
	}
	var raw []json.RawMessage
	if err := strict(data, &raw); err != nil {
		return err
	}
	read := make(Steps, len(raw))
	for i := range raw {
		if err := strict(raw[i], &read[i]); err != nil {
			return fault.Under(at(i), err)
		}
	}
	if err := read.Check(); err != nil {
		return err
	}
	*s = read
	return nil
}

// strict decodes one JSON value whose every field is known.
func strict(data []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(to)
	if err == nil {
		if _, err = d.Token(); err == io.EOF {
			return nil
		}
		return malformed("something follows the value")
	}
	var public *fault.Error
	if errors.As(err, &public) {
		return public
	}
	wrong := malformed("the text does not have the form that is expected").Because(err)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) && mistyped.Field != "" {
		return wrong.At(mistyped.Field)
	}
	return wrong
}

func malformed(format string, args ...any) *fault.Error {
	return fault.Invalid("LADDER_JSON", format, args...)
}
