package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
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

// leastPassword is NIST SP 800-63B's for a password that stands alone, with a little more; what it consists of is its owner's.
const (
	leastPassword = 10 // characters
	mostPassword  = 200
)

// Choice exchanges a password for another one.
type Choice struct {
	Login    string
	Password string // the one so far, such as one that an administrator made
	Chosen   string // 10 to 200 characters
}

// Choose takes a new password and signs in with it. All other sessions of the person end.
//
// Faults: those of SignIn; PASSWORD_WEAK at "chosen" for one that is too short, the one so far, or the login.
func Choose(ctx context.Context, db *pg.DB, c Choice, ttl time.Duration) (Session, error) {
	if n := utf8.RuneCountInString(c.Chosen); n < leastPassword || n > mostPassword || c.Chosen == c.Password ||
		strings.EqualFold(c.Chosen, strings.TrimSpace(c.Login)) {
		return Session{}, fault.Invalid("PASSWORD_WEAK", "a password has %d to %d characters, and is neither the one so far nor the login",
			leastPassword, mostPassword).At("chosen")
	}
	found, err := prove(ctx, db, c.Login, c.Password)
	if err != nil {
		return Session{}, err
	}
	hash := HashPassword(c.Chosen)
	return pg.WriteVal(ctx, db, func(tx *pg.Tx) (Session, error) {
		EndSessions(tx, found.ID)
		tx.Queue(chooseSQL, found.ID, hash)
		s, err := open(ctx, tx, found.Person, ttl)
		audit.Record(tx, "password.choose", "person", found.ID.String(), struct{}{})
		return s, err
	})
}

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
