package badge

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Key signs badges: 32 bytes. Changing it ends every badge that is shown, and the handhelds fetch another.
type Key []byte

const (
	untilSize = 4  // bytes: seconds since 1970, until the year 2106
	macSize   = 12 // bytes: 96 bits
	bodySize  = len(uuid.UUID{}) + untilSize
)

// strict takes one text for one code only.
var strict = base64.RawURLEncoding.Strict()

// sign makes a code of 43 characters: the handheld's id and the end, with a MAC over both. The id opens nothing.
func (k Key) sign(handheld uuid.UUID, until time.Time) string {
	body := binary.BigEndian.AppendUint32(slices.Clone(handheld[:]), uint32(until.Unix()))
	return strict.EncodeToString(slices.Concat(body, k.mac(body)))
}

// open reads a code; ours reports whether this key made it. Whatever else is wrong with it is not told.
func (k Key) open(code string) (handheld uuid.UUID, until time.Time, ours bool) {
	raw, err := strict.DecodeString(code)
	if err != nil || len(raw) != bodySize+macSize || len(code) != strict.EncodedLen(len(raw)) { // line feeds are passed over in decoding
		raw = make([]byte, bodySize+macSize) // goes the same way, and is found wanting
	}
	body, mac := raw[:bodySize], raw[bodySize:]
	if !hmac.Equal(mac, k.mac(body)) {
		return uuid.Nil, time.Time{}, false
	}
	return uuid.UUID(body[:len(uuid.UUID{})]), time.Unix(int64(binary.BigEndian.Uint32(body[len(uuid.UUID{}):])), 0).UTC(), true
}

func (k Key) mac(body []byte) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte("gridwork-badge-1\n"))
	h.Write(body)
	return h.Sum(nil)[:macSize]
}
