package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/google/uuid"
)

// Gateway is an SMS provider that takes one text per HTTP request:
//
//	POST <url>
//	Authorization: Bearer <token>
//	Idempotency-Key: <delivery id>
//	Content-Type: application/json
//	{"id": "<delivery id>", "phone": "+86…", "text": "…"}
//
// Any 2xx means taken.
type Gateway struct {
	url, token string
	client     *http.Client
}

// NewGateway checks the address: https, or http for a gateway on the same machine or in the same house.
func NewGateway(address, token string) (*Gateway, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil {
		return nil, fmt.Errorf("SMS gateway: %q is not an http(s) URL", address)
	}
	return &Gateway{url: address, token: token, client: outbound(nil)}, nil
}

// Send hands a text to the provider. A refusal carries a code, never the number or the text.
func (g *Gateway) Send(ctx context.Context, id uuid.UUID, phone, text string) error {
	body, err := json.Marshal(map[string]any{"id": id, "phone": phone, "text": text})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+g.token)
	request.Header.Set("Idempotency-Key", id.String())
	return exchange(g.client, request)
}
