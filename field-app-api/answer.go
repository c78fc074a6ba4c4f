package fieldapi

import (
	"encoding/json"
	"net/http"

	"github.com/tus/tusd/v2/pkg/handler"

	"gridwork/refusal"
)

// statuses are those of our own codes that HTTP has a word of its own for.
var statuses = map[string]int{
	codeStorageFull: http.StatusInsufficientStorage, codeLarge: http.StatusRequestEntityTooLarge, codeChecksum: statusChecksum,
}

// answerTo is the answer to an error, as tusd takes it.
func answerTo(err error) handler.HTTPResponse {
	status, headers, told := refusal.Of(err)
	if own, known := statuses[told.Code]; known {
		status = own
		delete(headers, "Retry-After") // what is full or too large is so in a moment, too
	}
	body, _ := json.Marshal(told) // three strings
	return handler.HTTPResponse{StatusCode: status, Body: string(body), Header: headers}
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
