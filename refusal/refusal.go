// Package refusal is how an error looks to whoever asks over plain HTTP: a status, and a code to translate by.
package refusal

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"gridwork/fault"
)

// CodeSignIn is of the fault for somebody who is not signed in: 401.
const CodeSignIn = "SIGN_IN_NEEDED"

// ErrSignIn says that this is for somebody who is signed in.
var ErrSignIn = fault.Denied(CodeSignIn, "sign in first")

// ErrGivenUp answers a request whose client has gone, or their network has: nobody reads it.
var ErrGivenUp = fault.Busy("CANCELLED", "the request was given up")

// retryAfter is when whoever was told "busy" should come again, in seconds.
const retryAfter = "2"

// Refusal is an error as a program reads it. Message is plain English for developers; clients translate by Code.
type Refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Path    string `json:"path,omitempty"` // of the input: a metadata key, a query parameter
}

var statuses = map[fault.Kind]int{
	fault.KindInvalid: http.StatusBadRequest, fault.KindNotFound: http.StatusNotFound, fault.KindConflict: http.StatusConflict,
	fault.KindDenied: http.StatusForbidden, fault.KindStale: http.StatusConflict, fault.KindBusy: http.StatusServiceUnavailable,
}

// own are those of our codes that HTTP has a word of its own for: what is full or too large is so in a moment, too.
var own = map[string]int{
	"STORAGE_FULL": http.StatusInsufficientStorage, "BODY_TOO_LARGE": http.StatusRequestEntityTooLarge, "FILE_TOO_LARGE": http.StatusRequestEntityTooLarge,
	"UPLOAD_CHECKSUM": 460, // as in the tus protocol
}

// Met is what is to be told of an error that a request met while it was doing something. Ours are logged. That somebody went away is
// none: handhelds lose their network, and maps are moved on, all day.
func Met(ctx context.Context, log *slog.Logger, doing string, err error, details ...any) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return ErrGivenUp
	}
	if _, public := fault.As(err); !public {
		log.ErrorContext(ctx, doing, append(details, "cause", err.Error())...)
	}
	return err
}

// Of is what is told of an error: its public face, or nothing but "try again" for one that has none.
func Of(err error) (status int, headers map[string]string, told Refusal) {
	headers = map[string]string{"Content-Type": "application/json", "Cache-Control": "no-store"}
	f, public := fault.As(err)
	if !public {
		return http.StatusInternalServerError, headers, Refusal{Code: "INTERNAL", Message: "something went wrong here, try again"}
	}
	status = statuses[f.Kind]
	word, owned := own[f.Code]
	switch {
	case owned:
		status = word
	case f.Code == CodeSignIn:
		status = http.StatusUnauthorized
	case f.Kind == fault.KindBusy:
		headers["Retry-After"] = retryAfter
	}
	return status, headers, Refusal{f.Code, f.Message, f.Field}
}

// Write answers with it.
func Write(w http.ResponseWriter, err error) {
	status, headers, told := Of(err)
	for name, value := range headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(told) // the client may be gone
}
