package notify

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
)

// Trust lets a test's push service show a certificate of its own.
func (p *Push) Trust(pool *x509.CertPool) {
	transport, _ := p.client.Transport.(*http.Transport)
	transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}
