package notify

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

const (
	sendTimeout    = 10 * time.Second // the whole exchange with another system
	connectTimeout = 3 * time.Second
	maxAnswer      = 64 << 10 // bytes read of an answer; nothing in it is used
	maxHeader      = 16 << 10
)

// outbound is how this process calls other systems: bounded in time and size, and never led elsewhere by a redirect
// or a proxy of the environment. check, when given, sees the address that is really dialled.
func outbound(check func(address string) error) *http.Client {
	dialer := &net.Dialer{Timeout: connectTimeout}
	if check != nil {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return check(address) }
	}
	return &http.Client{
		Timeout:       sendTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    connectTimeout,
			ResponseHeaderTimeout:  sendTimeout,
			MaxResponseHeaderBytes: maxHeader,
			MaxIdleConnsPerHost:    4,
			IdleConnTimeout:        time.Minute,
			ForceAttemptHTTP2:      true,
		},
	}
}

// exchange sends a request and turns the answer into nil or a refusal.
func exchange(client *http.Client, request *http.Request) error {
	answer, err := client.Do(request)
	if err != nil {
		return refused(err)
	}
	defer answer.Body.Close()
	// Read what little there is, so that the connection can be used again.
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer))
	if answer.StatusCode/100 == 2 {
		return nil
	}
	return &refusal{code: fmt.Sprintf("http_%d", answer.StatusCode), final: isFinal(answer.StatusCode)}
}

// isFinal reports whether the other side says that this very request will never do. Missing rights are not final:
// somebody may grant them while we try.
func isFinal(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone,
		http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return true
	}
	return status/100 == 3 // a redirect is never followed
}

func refused(err error) error {
	var known *refusal
	var timeout net.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &timeout) && timeout.Timeout():
		return &refusal{code: "timeout"}
	}
	return &refusal{code: "unreachable"}
}
