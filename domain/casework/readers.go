package casework

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// readersMost can be named at once.
const readersMost = 20

// Children follow their parent: whoever reads the whole reads its parts.
const nameReadersSQL = `insert into case_readers (case_id, person_id)
	select cases.id, person from cases, unnest($2::uuid[]) as person where cases.id = $1 or cases.parent_id = $1
	on conflict do nothing`

const removeReaderSQL = `delete from case_readers using cases where cases.id = case_readers.case_id and (cases.id = $1 or cases.parent_id = $1)
	and case_readers.person_id = $2 and cases.handler_id is distinct from $2`

const readersByCaseSQL = `select case_readers.case_id, case_readers.person_id from case_readers join cases scoped on scoped.id = case_readers.case_id ` + ofCases + `
	order by case_readers.case_id, case_readers.person_id`

// ReadersOf are the named readers of restricted cases that the viewer may see.
func ReadersOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	rows, err := byCase(ctx, tx, readersByCaseSQL, cases, func(r reader) uuid.UUID { return r.Case })
	found := make(map[uuid.UUID][]uuid.UUID, len(rows))
	for id, readers := range rows {
		for _, r := range readers {
			found[id] = append(found[id], r.Person)
		}
	}
	return found, err
}

// NameReadersInput lets people see a restricted case 指定知情人.
type NameReadersInput struct {
	Target
	People []uuid.UUID // 1 to 20
}

// NameReaders lets people see a restricted case: a duty lead does, who sees it. What their grants reach at all stays the
// bound of what they see. Neither timeline nor messages name them; the audit log does.
//
// Faults: those of take; READERS_COUNT at "people", PERSON_UNKNOWN at "people[0]".
func NameReaders(ctx context.Context, tx *pg.Tx, in NameReadersInput) (Case, error) {
	if len(in.People) == 0 || len(in.People) > readersMost {
		return Case{}, fault.Invalid("READERS_COUNT", "name 1 to %d people", readersMost).At("people")
	}
	t, err := take(ctx, tx, in.Target, DoNameReaders)
	if err != nil {
		return Case{}, err
	}
	known, err := identity.ByIDs(ctx, tx, in.People)
	if err != nil {
		return Case{}, err
	}
	for i, id := range in.People {
		if !slices.ContainsFunc(known, func(p identity.Person) bool { return p.ID == id }) {
			return Case{}, errNoPerson.At("people[" + strconv.Itoa(i) + "]")
		}
	}
	if err := t.nameReaders(ctx, tx, in.People...); err != nil {
		return Case{}, err
	}
	audit.Record(tx, "case.readers", "case", t.ID.String(), map[string]any{"named": in.People})
	return t.done(t.end(ctx, tx, map[string]any{"count": len(in.People)}))
}

// RemoveReaderInput hides a restricted case from somebody who could see it 撤销知情人.
type RemoveReaderInput struct {
	Target
	Person uuid.UUID
}

// RemoveReader hides a restricted case from one of its readers.
//
// Faults: those of take; at "person" READER_UNKNOWN, READER_ACTS for the handler and for whoever is asked to check, and
// READERS_LACK_LEAD for the last duty lead of the street.
func RemoveReader(ctx context.Context, tx *pg.Tx, in RemoveReaderInput) (Case, error) {
	t, err := take(ctx, tx, in.Target, DoRemoveReader)
	if err != nil {
		return Case{}, err
	}
	readers, err := pg.Vals[uuid.UUID](ctx, tx, readersSQL, t.ID)
	if err != nil {
		return Case{}, err
	}
	switch {
	case !slices.Contains(readers, in.Person):
		return Case{}, fault.NotFound("READER_UNKNOWN", "this person is no reader of the case").At("person")
	case t.HandlerID != nil && *t.HandlerID == in.Person, t.check != nil && t.check.AssigneeID != nil && *t.check.AssigneeID == in.Person:
		return Case{}, fault.Conflict("READER_ACTS", "this person has to act on the case").At("person")
	}
	if err := t.needLead(ctx, tx, slices.DeleteFunc(readers, func(p uuid.UUID) bool { return p == in.Person })); err != nil {
		return Case{}, fault.Under("person", err)
	}
	if _, err := tx.Exec(ctx, removeReaderSQL, t.ID, in.Person); err != nil {
		return Case{}, fmt.Errorf("remove reader: %w", err)
	}
	audit.Record(tx, "case.readers", "case", t.ID.String(), map[string]any{"removed": in.Person})
	return t.done(t.end(ctx, tx, nil))
}

var errNoPerson = fault.Invalid("PERSON_UNKNOWN", "there is no such person")

// firstReaders are who may see a case from its filing on.
func (t *turn) firstReaders(ctx context.Context, tx *pg.Tx, people []uuid.UUID) error {
	if err := t.needLead(ctx, tx, people); err != nil {
		return err
	}
	return t.nameReaders(ctx, tx, people...)
}

// needLead refuses readers among whom nobody could name others.
func (t *turn) needLead(ctx context.Context, tx *pg.Tx, readers []uuid.UUID) error {
	leads, err := identity.Holders(ctx, tx, actor.DutyLead, t.Street, "")
	if err == nil && !slices.ContainsFunc(leads, func(p identity.Person) bool { return slices.Contains(readers, p.ID) }) {
		err = fault.Invalid("READERS_LACK_LEAD", "a duty lead of the street is among the readers: only they name others")
	}
	return err
}

// leadsRead lets the street's duty leads see a case that the platform has filed.
func (t *turn) leadsRead(ctx context.Context, tx *pg.Tx) error {
	if !t.Restricted {
		return nil
	}
	leads, err := identity.Holders(ctx, tx, actor.DutyLead, t.Street, "")
	if err != nil {
		return err
	}
	people := make([]uuid.UUID, len(leads))
	for i, p := range leads {
		people[i] = p.ID
	}
	return t.firstReaders(ctx, tx, people)
}

// nameReaders lets people see a restricted case, and its children.
func (t *turn) nameReaders(ctx context.Context, tx *pg.Tx, people ...uuid.UUID) error {
	_, err := tx.Exec(ctx, nameReadersSQL, t.ID, people)
	if strings.HasPrefix(pg.Constraint(err), "case_readers_person") {
		return errNoPerson
	}
	return err
}

// letRead lets whoever has to act on a restricted case see it.
func (t *turn) letRead(ctx context.Context, tx *pg.Tx, person *uuid.UUID) error {
	if !t.Restricted || person == nil {
		return nil
	}
	return t.nameReaders(ctx, tx, *person)
}
