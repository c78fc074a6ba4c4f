// Package identity knows the people who work on the platform: who they are, what they were granted, how they sign in
// and when they are on duty. Reporters without an account never appear here.
package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/pg"
)

// Person is somebody with an account.
type Person struct {
	ID     uuid.UUID `db:"id"`
	Name   string    `db:"name"`
	Login  *string   `db:"login"`
	Locale string    `db:"locale"` // zh or en
}

// Grant is what a person is, where, and for which department.
type Grant struct {
	Person     uuid.UUID  `db:"person_id"`
	Role       actor.Role `db:"role"`
	Region     string     `db:"region"`
	Department string     `db:"department"` // "" = none
}

// ByIDs finds people for those who see their names beside the work: one query for any number.
func ByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Person, error) {
	return pg.All[Person](ctx, tx, peopleByIDSQL, ids)
}

// GrantsOf returns the live grants of people, ordered by person, role and region.
func GrantsOf(ctx context.Context, tx *pg.Tx, people []uuid.UUID) ([]Grant, error) {
	return pg.All[Grant](ctx, tx, grantsSQL, people)
}

// Holders finds the people who hold a role in a region (or anywhere that covers it) for a department: those a desk
// may name as handler, whether or not they are on duty.
func Holders(ctx context.Context, tx *pg.Tx, role actor.Role, region, department string) ([]Person, error) {
	return pg.All[Person](ctx, tx, holdersSQL, role, region, department)
}

// OfRole are all who hold a role anywhere, on duty or not.
func OfRole(ctx context.Context, tx *pg.Tx, role actor.Role) ([]uuid.UUID, error) {
	return pg.Vals[uuid.UUID](ctx, tx, ofRoleSQL, role)
}

// actorOf makes the actor of a person from the live grants.
func actorOf(ctx context.Context, tx *pg.Tx, person Person) (*actor.Actor, error) {
	grants, err := GrantsOf(ctx, tx, []uuid.UUID{person.ID})
	if err != nil {
		return nil, err
	}
	a := &actor.Actor{ID: person.ID, Name: person.Name}
	for _, g := range grants {
		a.Grants = append(a.Grants, actor.Grant{Role: g.Role, Region: g.Region, Department: g.Department})
	}
	return a, nil
}

// Behind returns the actor of a person who proved by something else than a session who they are, such as the key of their
// handheld; nil for somebody whose account is disabled.
func Behind(ctx context.Context, tx *pg.Tx, person uuid.UUID) (*actor.Actor, error) {
	found, err := pg.All[entrant](ctx, tx, behindSQL, person)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return actorFrom(found), nil
}

// entrant is a person with one of the live grants; Role is "" for somebody without any.
type entrant struct {
	Person
	Role       actor.Role `db:"role"`
	Region     string     `db:"region"`
	Department string     `db:"department"`
}

// actorFrom makes the actor of the one person whose grants the rows are.
func actorFrom(rows []entrant) *actor.Actor {
	a := &actor.Actor{ID: rows[0].ID, Name: rows[0].Name}
	for _, row := range rows {
		if row.Role != "" {
			a.Grants = append(a.Grants, actor.Grant{Role: row.Role, Region: row.Region, Department: row.Department})
		}
	}
	return a
}

// EnterWithKey returns the actor behind another system's API key.
func EnterWithKey(ctx context.Context, tx *pg.Tx, key string) (*actor.Actor, error) {
	found, err := pg.All[entrant](ctx, tx, enterWithKeySQL, digest(key))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.Denied("KEY_UNKNOWN", "the API key is not valid")
	}
	return actorFrom(found), nil
}

// Session is a signed-in person's, from sign-in to sign-out, revocation or expiry.
type Session struct {
	Token   string // only right after sign-in: the database keeps its hash
	Person  Person
	Expires time.Time
}
