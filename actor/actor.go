// Package actor says who acts, and from that alone what they may see and do.
package actor

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Grant makes a person something somewhere: a role within a region (division code; everything whose
// code starts with it) and, where the role belongs to one, a department.
type Grant struct {
	Role       Role
	Region     string
	Department string
}

// Covers reports whether the grant reaches the given region and department. An empty department on
// either side means that departments do not matter.
func (g Grant) Covers(region, department string) bool {
	return strings.HasPrefix(region, g.Region) &&
		(g.Department == "" || department == "" || g.Department == department)
}

// Actor is whoever stands behind a transaction: a person with grants, nobody in particular
// (an anonymous reporter), or the system itself with its reason.
type Actor struct {
	ID     uuid.UUID // the person; zero for anonymous reporters and the system
	Name   string
	Grants []Grant
	System string // why the system acts ("deadline keeper"); empty for people
	Mark   []byte // the pseudonym under which this person's own clues are stored; see domain/vault
}

// Anonymous is the actor of a request that carries no identity.
var Anonymous = &Actor{}

// System is the platform acting by itself, for a stated reason. It may do everything that no person
// has to answer for, and is named in the audit log by its reason.
func System(reason string) *Actor { return &Actor{System: reason} }

// IsPerson reports whether a signed-in person acts.
func (a *Actor) IsPerson() bool { return a.ID != uuid.Nil }

// Has reports whether the actor holds the role anywhere.
func (a *Actor) Has(role Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role })
}

// As reports whether the actor holds the role over the region and department.
func (a *Actor) As(role Role, region, department string) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role && g.Covers(region, department) })
}

// May reports whether some grant gives the permission over the region and department.
func (a *Actor) May(p Permission, region, department string) bool {
	if a.System != "" {
		return true
	}
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return slices.Contains(holders[p], g.Role) && g.Covers(region, department)
	})
}

type key struct{}

// With puts the actor into the request's context.
func With(ctx context.Context, a *Actor) context.Context { return context.WithValue(ctx, key{}, a) }

// From returns the context's actor, or Anonymous.
func From(ctx context.Context) *Actor {
	if a, ok := ctx.Value(key{}).(*Actor); ok {
		return a
	}
	return Anonymous
}
