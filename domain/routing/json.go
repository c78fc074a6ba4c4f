package routing

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"gridwork/fault"
)

// sizeLimit of one rule's conditions or outcome is in bytes; the longest lists that are allowed take half of it.
const sizeLimit = 64 << 10

// UnmarshalJSON reads conditions and checks them. A field that is not known would be a condition that silently never
// holds anybody back, so it is a fault (RULE_JSON).
func (c *Conditions) UnmarshalJSON(data []byte) error {
	type plain Conditions // without this method
	var read plain
	if err := strict(data, &read); err != nil {
		return err
	}
	if err := Conditions(read).Check(); err != nil {
		return err
	}
	*c = Conditions(read)
	return nil
}

// UnmarshalJSON reads an outcome and checks it, as strictly as conditions.
func (o *Outcome) UnmarshalJSON(data []byte) error {
	type plain Outcome
	var read plain
	if err := strict(data, &read); err != nil {
		return err
	}
	if err := Outcome(read).Check(); err != nil {
		return err
	}
	*o = Outcome(read)
	return nil
}

func strict(data []byte, to any) error {
	if len(data) > sizeLimit || !utf8.Valid(data) {
		return malformed("a rule is UTF-8 text of at most %d bytes", sizeLimit)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return wrongForm(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return malformed("something follows the value")
	}
	return nil
}

func wrongForm(err error) error {
	wrong := malformed("the text does not have the form that is expected").Because(err)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) && mistyped.Field != "" {
		return wrong.At(mistyped.Field)
	}
	return wrong
}

func malformed(format string, args ...any) *fault.Error {
	return fault.Invalid("RULE_JSON", format, args...)
}
