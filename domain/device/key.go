package device

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"

	"gridwork/enum"
	"gridwork/fault"
)

// Algorithm is what a device signs with.
type Algorithm string

const (
	ECDSAP256 Algorithm = "ecdsa_p256" // ECDSA on P-256 with SHA-256; signatures as WebCrypto makes them: r and s, 32 bytes each
	Ed25519   Algorithm = "ed25519"    // RFC 8032
)

// Algorithms lists every algorithm.
var Algorithms = []Algorithm{ECDSAP256, Ed25519}

func (a Algorithm) MarshalGQL(w io.Writer)     { enum.Marshal(w, a) }
func (a *Algorithm) UnmarshalGQL(in any) error { return enum.Unmarshal(a, in, Algorithms) }

// Key is a device's public key.
type Key struct {
	Algorithm Algorithm
	DER       []byte // SubjectPublicKeyInfo
	public    any
}

// jwk is the part of RFC 7517 that a public key of ours needs.
type jwk struct {
	Type  string `json:"kty"`
	Curve string `json:"crv"`
	X     string `json:"x"`
	Y     string `json:"y"`
	D     string `json:"d"` // has to be absent: it is the private half
}

var errKey = fault.Invalid(CodeKey, "a key is a JSON Web Key or a SubjectPublicKeyInfo in base64, of P-256 or Ed25519")

// ParseKey reads a public key as WebCrypto exports it, in JSON: a JSON Web Key (exportKey "jwk"), or a text that is the
// base64, of either alphabet, of "spki" or, for P-256, of "raw" (an uncompressed point).
func ParseKey(text []byte) (Key, error) {
	var encoded string
	if json.Unmarshal(text, &encoded) == nil {
		return parseText(encoded)
	}
	var k jwk
	if json.Unmarshal(text, &k) != nil || k.D != "" {
		return Key{}, errKey
	}
	x, errX := decode(k.X)
	y, errY := decode(k.Y)
	switch {
	case errX != nil || errY != nil:
	case k.Type == "EC" && k.Curve == "P-256" && len(x) == coordinate && len(y) == coordinate:
		return parsePoint(append(append([]byte{4}, x...), y...))
	case k.Type == "OKP" && k.Curve == "Ed25519" && len(x) == ed25519.PublicKeySize:
		return keyOf(ed25519.PublicKey(x))
	}
	return Key{}, errKey
}

const coordinate = 32 // bytes of a coordinate on P-256, and of either half of a signature

func parseText(encoded string) (Key, error) {
	raw, err := decode(encoded)
	if err != nil {
		return Key{}, errKey
	}
	if len(raw) == 1+2*coordinate {
		return parsePoint(raw)
	}
	return parseDER(raw)
}

func parsePoint(raw []byte) (Key, error) {
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		return Key{}, errKey
	}
	return keyOf(public)
}

func parseDER(der []byte) (Key, error) {
	public, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return Key{}, errKey
	}
	return keyOf(public)
}

// keyOf writes every key in one form, so that the same key is known again however it came.
func keyOf(public any) (Key, error) {
	k := Key{public: public}
	switch p := public.(type) {
	case *ecdsa.PublicKey:
		if p.Curve != elliptic.P256() {
			return Key{}, errKey
		}
		k.Algorithm = ECDSAP256
	case ed25519.PublicKey:
		k.Algorithm = Ed25519
	default:
		return Key{}, errKey
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return Key{}, fmt.Errorf("write a public key: %w", err)
	}
	k.DER = der
	return k, nil
}

// Verify reports whether the key made the signature over a text. The signature of P-256 is r and s, as in IEEE P1363.
func (k Key) Verify(text string, signature []byte) bool {
	switch p := k.public.(type) {
	case *ecdsa.PublicKey:
		if len(signature) != 2*coordinate {
			return false
		}
		sum := sha256.Sum256([]byte(text))
		r, s := new(big.Int).SetBytes(signature[:coordinate]), new(big.Int).SetBytes(signature[coordinate:])
		return ecdsa.Verify(p, sum[:], r, s)
	case ed25519.PublicKey:
		return ed25519.Verify(p, []byte(text), signature)
	}
	return false
}

// Base64 is bytes that travel in JSON as base64 of either alphabet, padded or not.
type Base64 []byte

// UnmarshalJSON reads a text.
func (b *Base64) UnmarshalJSON(text []byte) error {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	raw, err := decode(s)
	*b = raw
	return err
}

// decode reads base64 of either alphabet, padded or not.
func decode(s string) ([]byte, error) {
	s = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(s, "="))
	return base64.RawURLEncoding.DecodeString(s)
}
