package identity

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is argon2id's, after RFC 9106's second recommendation: 64 MiB is too much for a burst of sign-ins on a small
// machine, so memory is 19 MiB with two passes, OWASP's equal-strength choice.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var usualCost = cost{memory: 19 * 1024, passes: 2, threads: 1}

const (
	saltLength = 16
	keyLength  = 32
)

// hashing bounds how many passwords are hashed at once, and so the memory that a flood of sign-ins may take.
var hashing = make(chan struct{}, 4)

// nobody's hash is what unknown logins are compared with, so that they cost the same.
var nobody = HashPassword(rand.Text())

// HashPassword returns a PHC string of argon2id with a fresh salt.
func HashPassword(password string) string {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	return encode(usualCost, salt, derive(password, salt, usualCost, keyLength))
}

func passwordMatches(password, hash string) bool {
	known := hash != ""
	if !known {
		hash = nobody
	}
	c, salt, key, err := decode(hash)
	if err != nil {
		return false
	}
	got := derive(password, salt, c, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1 && known
}

func derive(password string, salt []byte, c cost, length uint32) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, length)
}

func encode(c cost, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decode(hash string) (c cost, salt, key []byte, err error) {
	part := strings.Split(hash, "$")
	if len(part) != 6 || part[1] != "argon2id" {
		return c, nil, nil, fmt.Errorf("not an argon2id hash")
	}
	if _, err = fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return c, nil, nil, err
	}
	if salt, err = base64.RawStdEncoding.DecodeString(part[4]); err != nil {
		return c, nil, nil, err
	}
	key, err = base64.RawStdEncoding.DecodeString(part[5])
	return c, salt, key, err
}
