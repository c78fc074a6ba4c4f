package server

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestAClientCannotHideBehindAForwardedHeader(t *testing.T) {
	t.Parallel()
	p := &Process{Config: Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	for name, c := range map[string]struct{ remote, header, want string }{
		"without a proxy the header is ignored":   {"203.0.113.7:1000", "198.51.100.1", "203.0.113.7"},
		"behind a proxy the nearest hop is right": {"10.0.0.1:1000", "198.51.100.1", "198.51.100.1"},
		"what the client wrote lies beyond":       {"10.0.0.1:1000", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
		"two proxies":                             {"10.0.0.1:1000", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		"a mangled header":                        {"10.0.0.1:1000", "nonsense", "10.0.0.1"},
		"no header":                               {"10.0.0.1:1000", "", "10.0.0.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		if c.header != "" {
			r.Header.Set("X-Forwarded-For", c.header)
		}
		if got := p.remoteHost(r); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
