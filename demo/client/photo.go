package client

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"
)

// Photo is a picture on somebody's phone.
type Photo struct {
	ID   uuid.UUID
	JPEG []byte
}

// NewPhoto gives a picture its id.
func NewPhoto(jpeg []byte) Photo { return Photo{ID: uuid.Must(uuid.NewV7()), JPEG: jpeg} }

func (p Photo) sha256() string {
	sum := sha256.Sum256(p.JPEG)
	return hex.EncodeToString(sum[:])
}

func photoInputs(photos []Photo) []map[string]any {
	inputs := make([]map[string]any, len(photos))
	for i, p := range photos {
		inputs[i] = map[string]any{"id": p.ID, "sha256": p.sha256()}
	}
	return inputs
}

const (
	tusVersion = "1.0.0"
	// verifiedHash is the header that says which bytes are safe at the platform.
	verifiedHash = "Photo-Sha256"
)

// Upload sends a photo by tus 1.0.0, and continues where the platform stopped hearing when the connection breaks. It
// returns when the platform has counted and verified the bytes.
func (c *Client) Upload(ctx context.Context, p Photo) error {
	place, err := c.beginUpload(ctx, p)
	if err != nil {
		return err
	}
	for try, offset := 1, 0; ; try++ {
		verified, err := c.continueUpload(ctx, place, offset, p)
		if err != nil && try < tries && ctx.Err() == nil {
			offset, verified, err = c.heardOf(ctx, place)
			if err == nil && verified == "" {
				continue
			}
		}
		if err == nil && verified != p.sha256() {
			err = &Error{Operation: "upload", Message: "the platform verified other bytes"}
		}
		return err
	}
}

func (c *Client) beginUpload(ctx context.Context, p Photo) (place string, err error) {
	for try := 1; ; try++ {
		answer, err := c.tus(ctx, http.MethodPost, c.base+"/field/v1/uploads/", nil, map[string]string{
			"Upload-Length":   strconv.Itoa(len(p.JPEG)),
			"Upload-Metadata": "photo " + base64Of(p.ID.String()) + ",sha256 " + base64Of(p.sha256()),
		})
		if err != nil {
			return "", err
		}
		if answer.status == http.StatusCreated {
			at, err := url.Parse(answer.header.Get("Location"))
			if err != nil {
				return "", err
			}
			return c.base + at.Path, nil
		}
		refused := &Error{Operation: "upload", Status: answer.status, Message: "the upload was not begun", RetryAfter: retryAfter(answer.header)}
		if refused.RetryAfter == 0 || try == tries {
			return "", refused
		}
		if err := wait(ctx, refused.RetryAfter); err != nil {
			return "", err
		}
	}
}

// continueUpload sends the bytes from an offset on, and returns the hash that the platform verified.
func (c *Client) continueUpload(ctx context.Context, place string, offset int, p Photo) (string, error) {
	answer, err := c.tus(ctx, http.MethodPatch, place, bytes.NewReader(p.JPEG[offset:]), map[string]string{
		"Upload-Offset": strconv.Itoa(offset), "Content-Type": "application/offset+octet-stream"})
	if err != nil {
		return "", err
	}
	if answer.status != http.StatusNoContent {
		return "", &Error{Operation: "upload", Status: answer.status, Message: "the bytes were not taken", RetryAfter: retryAfter(answer.header)}
	}
	return answer.header.Get(verifiedHash), nil
}

// heardOf asks how many bytes have arrived, and for the hash once all of them are verified.
func (c *Client) heardOf(ctx context.Context, place string) (offset int, verified string, err error) {
	answer, err := c.tus(ctx, http.MethodHead, place, nil, nil)
	if err != nil {
		return 0, "", err
	}
	if offset, err = strconv.Atoi(answer.header.Get("Upload-Offset")); err != nil {
		return 0, "", fmt.Errorf("upload: status %d without an offset", answer.status)
	}
	return offset, answer.header.Get(verifiedHash), nil
}

// heard is an answer without its body, which says nothing.
type heard struct {
	status int
	header http.Header
}

// tus sends one request of the protocol.
func (c *Client) tus(ctx context.Context, method, url string, body io.Reader, headers map[string]string) (heard, error) {
	all := map[string]string{"Tus-Resumable": tusVersion}
	for name, value := range headers {
		all[name] = value
	}
	response, err := c.send(ctx, method, url, body, all)
	if err != nil {
		return heard{}, err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return heard{response.StatusCode, response.Header}, err
}

func base64Of(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
