package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// Guessing slows down: so many failures of one login within the window, and the answer is "later".
const (
	maxFailures   = 10
	failureWindow = 10 * time.Minute
)

// PasswordWaits is how long a password that an administrator made can be exchanged for one of the person's own.
const PasswordWaits = 3 * 24 * time.Hour

var errSignIn = fault.Denied("SIGN_IN_FAILED", "login or password is wrong")

type credentials struct {
	Person
	PasswordHash  string     `db:"password_hash"`
	PasswordUntil *time.Time `db:"password_until"` // of a password that somebody else made; nil: it is the person's own
	Failures      int        `db:"failures"`
}

// SignIn checks a password and opens a session of the given length. An unknown login gets the same answer, at the
// same cost, as a wrong password. It takes the DB, not a transaction, because hashing takes tens of milliseconds,
// for which no connection should be held.
//
// Faults: SIGN_IN_FAILED, SIGN_IN_SLOWED; PASSWORD_TEMPORARY for a password that somebody else made: Choose another.
func SignIn(ctx context.Context, db *pg.DB, login, password string, ttl time.Duration) (Session, error) {
	found, err := prove(ctx, db, login, password)
	if err != nil {
		return Session{}, err
	}
	if found.PasswordUntil != nil {
		return Session{}, fault.Denied("PASSWORD_TEMPORARY", "choose a password of your own first")
	}
	return pg.WriteVal(ctx, db, func(tx *pg.Tx) (Session, error) { return open(ctx, tx, found.Person, ttl) })
}

// prove finds whoever knows the password of a login.
func prove(ctx context.Context, db *pg.DB, login, password string) (credentials, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	var now time.Time
	found, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (credentials, error) {
		now = tx.Now
		return pg.One[credentials](ctx, tx, credentialsSQL, login, digest(login), tx.Now.Add(-failureWindow))
	})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return found, err
	}
	if found.Failures >= maxFailures {
		return found, fault.Busy("SIGN_IN_SLOWED", "too many failed attempts, try again in ten minutes")
	}
	if !passwordMatches(password, found.PasswordHash) || found.PasswordUntil != nil && now.After(*found.PasswordUntil) {
		return found, errors.Join(errSignIn, db.Write(ctx, func(tx *pg.Tx) error {
			_, err := tx.Exec(ctx, insertFailureSQL, digest(login), tx.Now)
			return err
		}))
	}
	return found, nil
}

func open(ctx context.Context, tx *pg.Tx, person Person, ttl time.Duration) (Session, error) {
	a, err := actorOf(ctx, tx, person)
	if err != nil {
		return Session{}, err
	}
	tx.Actor = a
	s := Session{Token: rand.Text() + rand.Text(), Person: person, Expires: tx.Now.Add(ttl)}
	tx.Queue(insertSessionSQL, digest(s.Token), person.ID, tx.Now, s.Expires)
	audit.Record(tx, "session.open", "person", person.ID.String(), struct{}{})
	return s, nil
}

// entered is a row for each grant of whoever has the token, or one without a grant.
type entered struct {
	entrant
	TokenHash []byte    `db:"token_hash"`
	ExpiresAt time.Time `db:"expires_at"`
}

// Sessions says who stands behind a token. Every request of a signed-in person asks it first, so those that arrive
// together ask in one round trip, without a transaction. A session that was revoked is over with the next request.
type Sessions struct {
	readers *pg.Readers[entered]
}

// NewSessions looks into db. A process has one.
func NewSessions(db *pg.DB) *Sessions {
	return &Sessions{pg.NewReaders(db, enterSQL, func(e entered) []byte { return e.TokenHash })}
}

// Enter returns the actor and the session behind a token.
func (s *Sessions) Enter(ctx context.Context, token string) (*actor.Actor, Session, error) {
	found, now, err := s.readers.Glance(ctx, digest(token))
	if err != nil {
		return nil, Session{}, err
	}
	if len(found) == 0 || !now.Before(found[0].ExpiresAt) {
		return nil, Session{}, fault.Denied("SESSION_OVER", "the session is over: sign in again")
	}
	rows := make([]entrant, len(found))
	for i, row := range found {
		rows[i] = row.entrant
	}
	return actorFrom(rows), Session{Person: found[0].Person, Expires: found[0].ExpiresAt}, nil
}

// SignOut ends the session at once. An unknown token is already out.
func SignOut(ctx context.Context, tx *pg.Tx, token string) error {
	_, err := tx.Exec(ctx, revokeSessionSQL, digest(token), tx.Now)
	return err
}

// EndSessions ends all sessions of a person with the commit.
func EndSessions(tx *pg.Tx, person uuid.UUID) { tx.Queue(revokeSessionsOfSQL, person, tx.Now) }

// SessionsKept is how long a session is kept after it ended, should somebody ask what was done with it.
const SessionsKept = 30 * 24 * time.Hour

// Forget removes sessions that ended long enough ago, and sign-in failures older than their window.
func Forget(ctx context.Context, tx *pg.Tx) error {
	tx.Queue(forgetSessionsSQL, tx.Now.Add(-SessionsKept))
	tx.Queue(forgetFailuresSQL, tx.Now.Add(-failureWindow))
	return nil
}

// NewKey makes an API key for a person with the role integration, and returns it for the only time.
func NewKey(tx *pg.Tx, person uuid.UUID, name string) string {
	key := "gw_" + base64.RawURLEncoding.EncodeToString([]byte(rand.Text()+rand.Text()))
	tx.Queue(insertKeySQL, digest(key), person, name, tx.Now)
	audit.Record(tx, "key.create", "person", person.String(), struct{}{})
	return key
}

// SessionKey is how a session with this token is known in the store.
func SessionKey(token string) []byte { return digest(token) }

// digest is how a secret of high entropy is stored: SHA-256 is enough where guessing is hopeless.
func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
