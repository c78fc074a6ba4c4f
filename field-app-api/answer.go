package fieldapi

import (
	"encoding/json"
	"net/http"

	"github.com/tus/tusd/v2/pkg/handler"

	"gridwork/fault"
)

// refusal is an error as handhelds read it. Message is plain English for developers; clients translate by Code.
type refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Path    string `json:"path,omitempty"` // of the input: a metadata key, a query parameter
}

var statuses = map[fault.Kind]int{
	fault.KindInvalid: http.StatusBadRequest, fault.KindNotFound: http.StatusNotFound, fault.KindConflict: http.StatusConflict,
	fault.KindDenied: http.StatusForbidden, fault.KindStale: http.StatusConflict, fault.KindBusy: http.StatusServiceUnavailable,
}

// answerTo is the answer to an error: its public face, or nothing but "try again" for one that has none.
func answerTo(err error) handler.HTTPResponse {
	f, public := fault.As(err)
	if !public {
		f = fault.Busy("INTERNAL", "something went wrong here, try again")
	}
	body, _ := json.Marshal(refusal{f.Code, f.Message, f.Field}) // three strings
	answer := handler.HTTPResponse{StatusCode: statuses[f.Kind], Body: string(body), Header: handler.HTTPHeader{
		"Content-Type": "application/json", "Cache-Control": "no-store"}}
	switch {
	case f.Code == codeStorageFull:
		answer.StatusCode = http.StatusInsufficientStorage
	case f.Code == codeSignIn:
		answer.StatusCode = http.StatusUnauthorized
	case f.Code == codeLarge:
		answer.StatusCode = http.StatusRequestEntityTooLarge
	case f.Code == codeChecksum:
		answer.StatusCode = statusChecksum
	case !public:
		answer.StatusCode = http.StatusInternalServerError
	case f.Kind == fault.KindBusy:
		answer.Header["Retry-After"] = "2"
	}
	return answer
}

// refuse writes the answer to an error where tusd does not.
func refuse(w http.ResponseWriter, err error) {
	answer := answerTo(err)
	for name, value := range answer.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = w.Write([]byte(answer.Body)) // the client may be gone
}

// inTus is the error as tusd passes it on.
func inTus(err error) error {
	answer := answerTo(err)
	return handler.Error{ErrorCode: "REFUSED", Message: "refused", HTTPResponse: answer}
}
