package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

// Password is everybody's in the demo city.
const Password = "gridwork-demo"

// IntegrationKey is the API key of the demo city's other system. Like the password it is known to all.
const IntegrationKey = "gw_demo-integration"

// space is where the ids of the demo's people come from: the same login is the same person in every demo city.
var space = uuid.MustParse("6b1d3a52-3c53-4f0e-9f0c-440300002026")

func idOf(parts ...string) uuid.UUID { return uuid.NewSHA1(space, []byte(strings.Join(parts, "\x00"))) }

// person is somebody who does not exist. Nobody has a phone number: any number may be a real person's.
type person struct {
	id          uuid.UUID
	login, name string
}

// post is what somebody is, where, and for which department.
type post struct {
	role               actor.Role
	region, department string
}

type grant struct {
	person uuid.UUID
	post
}

// shift is one turn on a post.
type shift struct {
	grant
	turn
}

type absence struct {
	person   uuid.UUID
	from, to time.Time
}

// duty is somebody's part in a duty grid.
type duty struct {
	grid, person uuid.UUID
	part         string // holder or stand_in
}

// staff is everybody in the city, before it is stored.
type staff struct {
	people   []person
	grants   []grant
	shifts   []shift
	absences []absence
	grids    []dutyGrid
	duties   []duty

	names []string
}

// People staffs the regions and cells of the database, about 2 000 people for the whole city: every street has somebody
// on duty at every hour for its queue, for each department and on the spot, and every cell somebody who looks after it.
// The same city gets the same people.
func People(ctx context.Context, tx *pg.Tx) error {
	land, err := readLand(ctx, tx)
	if err != nil {
		return fmt.Errorf("staff the city: %w", err)
	}
	if err := land.staff(tx.Now).store(ctx, tx); err != nil {
		return fmt.Errorf("staff the city: %w", err)
	}
	return nil
}

// hire adds a person with the next name.
func (s *staff) hire(login string) uuid.UUID {
	p := person{id: idOf("person", login), login: login, name: s.names[len(s.people)%len(s.names)]}
	s.people = append(s.people, p)
	return p.id
}

// appoint gives a person a post and its turns.
func (s *staff) appoint(who uuid.UUID, to post, turns ...turn) {
	g := grant{who, to}
	s.grants = append(s.grants, g)
	for _, t := range turns {
		s.shifts = append(s.shifts, shift{g, t})
	}
}

// syntheticNames are all names that the parts make, in an order that looks like no order.
func syntheticNames() []string {
	parts := Names()
	var names []string
	for _, surname := range parts.Surnames {
		for _, mark := range parts.Marks {
			for _, given := range parts.Given {
				names = append(names, surname+mark+given)
			}
		}
	}
	r := rand.New(rand.NewPCG(4403, 2026)) //nolint:gosec // the same names in every city
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}

// PersonID is whom a login of the demo city belongs to: the same in every demo city, so that somebody who is named by
// id can sign in.
func PersonID(login string) uuid.UUID { return idOf("person", login) }
