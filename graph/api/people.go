package api

import (
	"time"

	"gridwork/actor"
	"gridwork/domain/identity"
)

// Me is whoever asks.
type Me struct {
	Viewer         *actor.Actor
	Person         *identity.Person
	SessionExpires *time.Time // nil: a key, which does not end by itself
}

// Grants is what the person was granted.
func (m Me) Grants() []actor.Grant { return m.Viewer.Grants }

// SignInInput is a login with its password.
type SignInInput struct {
	Login    string
	Password string
}

// SignInPayload is what signing in gives.
type SignInPayload struct {
	Token  *string
	Me     *Me
	Errors []UserError
}

// SignOutPayload is what signing out gives.
type SignOutPayload struct{ SignedOut bool }
