package notify

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/SherClockHolmes/webpush-go"
)

// longestPatience is how long a push service is left alone at most when it asks for more.
const longestPatience = time.Hour

// errGone is what a push service says of a subscription that the browser has ended.
var errGone = &refusal{code: "gone", moot: true}

// PushKey is the private half of the pair by which push services know the platform (VAPID, RFC 8292): a scalar of P-256, 32 bytes.
type PushKey []byte

// Public is the other half, an uncompressed point.
func (k PushKey) Public() ([]byte, error) {
	private, err := ecdh.P256().NewPrivateKey(k)
	if err != nil {
		return nil, errors.New("no private key of P-256")
	}
	return private.PublicKey().Bytes(), nil
}

// Push shows notifications on handhelds, by the push services of their browsers' makers: encrypted to the browser (RFC 8291), so that
// the service in between learns how much is sent to whom, and when, and nothing of what it says.
type Push struct {
	private, public string // base64url
	contact         string
	policy          Policy
	client          *http.Client
}

// NewPush makes the caller. The contact, a mailto: or https: address, is told to the push services: they write to it before they shut
// somebody out. Of the policy, no hosts means any; networks that are not public are only called where it lists them.
func NewPush(key PushKey, contact string, policy Policy) (*Push, error) {
	public, err := key.Public()
	if err != nil {
		return nil, err
	}
	encode := base64.RawURLEncoding.EncodeToString
	return &Push{private: encode(key), public: encode(public), contact: strings.TrimPrefix(contact, "mailto:"), policy: policy,
		client: outbound(policy.checkAddress)}, nil
}

// Key is the platform's public key as browsers take it, in base64url. PUSH_OFF where there is none.
func (p *Push) Key() (string, error) {
	if p == nil {
		return "", errPushOff
	}
	return p.public, nil
}

// show hands a notification to the push service.
func (p *Push) show(ctx context.Context, l letter) error {
	if err := p.policy.checkEndpoint(*l.Endpoint); err != nil {
		return err
	}
	n := l.notification()
	body, err := json.Marshal(n)
	if err != nil {
		return err
	}
	urgency := webpush.UrgencyNormal
	if n.Urgent {
		urgency = webpush.UrgencyHigh
	}
	encode := base64.RawURLEncoding.EncodeToString
	answer, err := webpush.SendNotificationWithContext(ctx, body,
		&webpush.Subscription{Endpoint: *l.Endpoint, Keys: webpush.Keys{P256dh: encode(l.P256dh), Auth: encode(l.Auth)}},
		&webpush.Options{HTTPClient: p.client, Subscriber: p.contact, VAPIDPublicKey: p.public, VAPIDPrivateKey: p.private,
			Topic: l.topic(n.Tag), TTL: int(l.life().Seconds()), Urgency: urgency})
	if err != nil {
		return refused(err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer))
	return heardOf(answer, l.Now)
}

// heardOf turns a push service's answer into nil or a refusal.
func heardOf(answer *http.Response, now time.Time) error {
	switch status := answer.StatusCode; {
	case status/100 == 2:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return errGone
	default:
		return &refusal{code: fmt.Sprintf("http_%d", status), final: isFinal(status), after: patience(answer.Header.Get("Retry-After"), now)}
	}
}

// patience reads a Retry-After, of seconds or a date; 0 where it says nothing.
func patience(text string, now time.Time) time.Duration {
	asked := time.Duration(0)
	if seconds, err := strconv.Atoi(text); err == nil {
		asked = time.Duration(min(seconds, int(longestPatience.Seconds()))) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		asked = at.Sub(now)
	}
	return max(0, min(asked, longestPatience))
}

// checkEndpoint refuses an address that no push service has. What is behind its name is checked when it is dialled.
func (p Policy) checkEndpoint(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "https" || u.User != nil || u.Hostname() == "" || u.Fragment != "":
		return &refusal{code: "url", final: true}
	case len(p.Hosts) > 0 && !slices.Contains(p.Hosts, strings.ToLower(u.Hostname())):
		return &refusal{code: "host_not_allowed", final: true}
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		return p.checkAddress(netip.AddrPortFrom(ip, 443).String())
	}
	return nil
}
