package api

import (
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"gridwork/fault"
)

// CodeInvalidValue is the code of a value that does not fit its scalar.
const CodeInvalidValue = "INVALID_VALUE"

// MarshalTime writes an instant in UTC, whatever zone it was reckoned in.
func MarshalTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339Nano)))
	})
}

// UnmarshalTime reads RFC 3339 with an offset: a local time without one would be another instant for every reader.
func UnmarshalTime(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fault.Invalid(CodeInvalidValue, "a time is RFC 3339 with offset, such as 2026-02-17T08:30:00+08:00")
	}
	return t.UTC(), nil
}

// MarshalUUID writes an id in its canonical form.
func MarshalUUID(id uuid.UUID) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(id.String())) })
}

// canonical is the length of an id's canonical form, the only one read: the parser would also take braces and URNs,
// and two spellings of one key of idempotency help nobody.
const canonical = 36

// UnmarshalUUID reads an id in its canonical form.
func UnmarshalUUID(v any) (uuid.UUID, error) {
	if v == nil {
		return uuid.Nil, nil // null, where the schema allows it
	}
	s, _ := v.(string)
	id, err := uuid.Parse(s)
	if err != nil || len(s) != canonical || id == uuid.Nil {
		return uuid.Nil, fault.Invalid(CodeInvalidValue, "an id is a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057")
	}
	return id, nil
}

// MarshalString writes a text.
func MarshalString(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalString reads a text, without the one character that Postgres cannot keep. Null, where the schema allows it,
// is no text.
func UnmarshalString(v any) (string, error) {
	s, err := graphql.UnmarshalString(v)
	return strings.ReplaceAll(s, "\x00", ""), err
}

// MarshalSha256 writes a hash in hexadecimal.
func MarshalSha256(sum []byte) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(hex.EncodeToString(sum))) })
}

// UnmarshalSha256 reads 64 hexadecimal digits.
func UnmarshalSha256(v any) ([]byte, error) {
	s, _ := v.(string)
	sum, err := hex.DecodeString(s)
	if err != nil || len(sum) != 32 {
		return nil, fault.Invalid(CodeInvalidValue, "a SHA-256 is 64 hexadecimal digits")
	}
	return sum, nil
}

// MarshalFacts writes facts as they are stored.
func MarshalFacts(facts json.RawMessage) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		if len(facts) == 0 {
			facts = json.RawMessage("{}")
		}
		_, _ = w.Write(facts)
	})
}

// UnmarshalFacts refuses: the API hands facts out and takes none in.
func UnmarshalFacts(any) (json.RawMessage, error) {
	return nil, fault.Invalid(CodeInvalidValue, "facts are not taken as input")
}

// MarshalSeconds writes a duration in whole seconds, rounded towards zero.
func MarshalSeconds(d time.Duration) graphql.Marshaler {
	return graphql.MarshalInt64(int64(d / time.Second))
}

// UnmarshalSeconds reads whole seconds.
func UnmarshalSeconds(v any) (time.Duration, error) {
	s, err := graphql.UnmarshalInt64(v)
	return time.Duration(s) * time.Second, err
}
