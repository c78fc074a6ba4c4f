package server

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

type callerKey struct{}

// caller is what a resolver may need of the connection: where to set a cookie, and an address by which floods are slowed
// down, which never leaves memory.
type caller struct {
	answer http.ResponseWriter
	host   string
}

func (p *Process) remembersCaller(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := caller{answer: w, host: p.remoteHost(r)}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
	})
}

func remoteOf(ctx context.Context) string {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c.host
}

// remoteHost is the client's address, believed from X-Forwarded-For only behind a trusted proxy.
func (p *Process) remoteHost(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return p.forwarded(host, r.Header.Values("X-Forwarded-For"))
}

// forwarded walks the X-Forwarded-For chain from the nearest hop outwards, as long as the hops are trusted proxies:
// the first that is not is the client. What a client writes into the header itself lies beyond it and is ignored.
func (p *Process) forwarded(host string, headers []string) string {
	hops := strings.Split(strings.Join(headers, ","), ",")
	for i := len(hops) - 1; i >= 0 && p.trusts(host); i-- {
		hop := strings.TrimSpace(hops[i])
		if _, err := netip.ParseAddr(hop); err != nil {
			break
		}
		host = hop
	}
	return host
}

func (p *Process) trusts(host string) bool {
	address, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, network := range p.Config.TrustedProxies {
		if network.Contains(address.Unmap()) {
			return true
		}
	}
	return false
}
