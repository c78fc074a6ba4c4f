package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Headers of a call to another system. The signature is hex HMAC-SHA256 with the hook's secret over
// "<timestamp>.<body>"; the receiver compares it, and refuses timestamps that are older than a few minutes.
const (
	HeaderSignature = "Gridwork-Signature" // v1=<hex>
	HeaderTimestamp = "Gridwork-Timestamp" // seconds since 1970
	HeaderKey       = "Idempotency-Key"    // the case event's id, the same for each try
)

// Policy says whom this installation may call.
type Policy struct {
	Hosts []string // host names in lower case, at any port; nothing else is called
	// Private lists networks that may be called although they are not public, such as the city's own. Into them plain
	// http is allowed too.
	Private []netip.Prefix
}

// Hooks calls other systems.
type Hooks struct {
	policy        Policy
	secure, plain *http.Client // plain reaches private networks only
}

// NewHooks makes the caller.
func NewHooks(policy Policy) *Hooks {
	return &Hooks{policy: policy, secure: outbound(policy.checkAddress), plain: outbound(policy.checkPrivate)}
}

// call tells a hook of its event.
func (h *Hooks) call(ctx context.Context, l letter) error {
	if err := h.policy.checkURL(*l.URL); err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, *l.URL, bytes.NewReader(l.Body))
	if err != nil {
		return &refusal{code: "url", final: true}
	}
	stamp := strconv.FormatInt(l.Now.Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(HeaderTimestamp, stamp)
	request.Header.Set(HeaderSignature, "v1="+Sign(l.Secret, l.Now, l.Body))
	request.Header.Set(HeaderKey, l.Event.String())
	if request.URL.Scheme == "http" {
		return exchange(h.plain, request)
	}
	return exchange(h.secure, request)
}

// Sign is the signature of a body sent at a time.
func Sign(secret []byte, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// checkURL refuses what is not on the list. The address behind the name is checked when it is dialled.
func (p Policy) checkURL(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.User != nil || (u.Scheme != "https" && u.Scheme != "http"):
		return &refusal{code: "url", final: true}
	case !slices.Contains(p.Hosts, strings.ToLower(u.Hostname())):
		return &refusal{code: "host_not_allowed", final: true}
	}
	return nil
}

// notPublic are networks that netip does not count as private, and that are no public ones either.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	// Addresses that carry an IPv4 address, and so lead anywhere.
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("::/96"),
}

// checkAddress sees what a name resolved to, at the moment of dialling: a name on the list that points inside would
// otherwise open the inside.
func (p Policy) checkAddress(address string) error {
	ip, err := dialled(address)
	if err != nil || p.isPrivate(ip) {
		return err
	}
	special := slices.ContainsFunc(notPublic, func(network netip.Prefix) bool { return network.Contains(ip) })
	if special || !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return &refusal{code: "address_not_public", final: true}
	}
	return nil
}

// checkPrivate lets plain http go only where nobody outside listens.
func (p Policy) checkPrivate(address string) error {
	ip, err := dialled(address)
	if err == nil && !p.isPrivate(ip) {
		return &refusal{code: "not_https", final: true}
	}
	return err
}

func (p Policy) isPrivate(ip netip.Addr) bool {
	return slices.ContainsFunc(p.Private, func(network netip.Prefix) bool { return network.Contains(ip) })
}

func dialled(address string) (netip.Addr, error) {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return netip.Addr{}, &refusal{code: "address", final: true}
	}
	return to.Addr().Unmap().WithZone(""), nil
}
