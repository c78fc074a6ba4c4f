// Package refusal is how an error looks to whoever asks over plain HTTP: a status, and a code to translate by.
package refusal

import (
	"encoding/json"
	"net/http"

	"gridwork/fault"
)

// CodeSignIn is of the fault for somebody who is not signed in: 401.
const CodeSignIn = "SIGN_IN_NEEDED"

// ErrSignIn says that this is for somebody who is signed in.
var ErrSignIn = fault.Denied(CodeSignIn, "sign in first")

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

// Of is what is told of an error: its public face, or nothing but "try again" for one that has none.
func Of(err error) (status int, headers map[string]string, told Refusal) {
	headers = map[string]string{"Content-Type": "application/json", "Cache-Control": "no-store"}
	f, public := fault.As(err)
	if !public {
		return http.StatusInternalServerError, headers, Refusal{Code: "INTERNAL", Message: "something went wrong here, try again"}
	}
	status = statuses[f.Kind]
	switch {
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
