package fieldapi

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/refusal"
)

const (
	codeBody  = "BODY_MALFORMED" // no JSON of the form that is asked for
	codeLarge = "BODY_TOO_LARGE" // 413
)

// smallBody is the most that a request may have which is not a batch, in bytes.
const smallBody = 64 << 10

// signedIn refuses strangers.
func signedIn(r *http.Request) error {
	if !actor.From(r.Context()).IsPerson() {
		return refusal.ErrSignIn
	}
	return nil
}

// decode reads a request's JSON. A field that is not known is refused: what is left out silently is lost.
func decode(w http.ResponseWriter, r *http.Request, most int64, into any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, most))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		err = errors.New("something follows")
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault.Invalid(codeLarge, "at most %d bytes", most)
	}
	return malformed(err)
}

// malformed says what of a JSON text is wrong, and where, as far as the decoder knows.
func malformed(err error) *fault.Error {
	f := fault.Invalid(codeBody, "this is not the JSON that is asked for: %v", strings.TrimPrefix(err.Error(), "json: "))
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) && typed.Field != "" {
		return f.At(typed.Field)
	}
	return f
}

// answer writes JSON that nobody keeps.
func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}

// fail answers an error that was met while doing something.
func (d Deps) fail(w http.ResponseWriter, r *http.Request, doing string, err error, details ...any) {
	refusal.Write(w, refusal.Met(r.Context(), d.Log, doing, err, details...))
}
