// Package visit knows the codes 场所码 that hang at premises, as a QR code with a short one below it. Whoever reads it during an inspection
// was there: that is kept with the inspection as evidence, and refuses nothing.
package visit

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/place"
	"gridwork/fault"
	"gridwork/pg"
)

// Codes of the faults about visit codes.
const (
	CodeNoPremises = "PREMISES_NOT_FOUND"   // no such premises where the actor prints codes
	CodeCount      = "PREMISES_COUNT"       // 1 to 200 at once, each once
	CodeNone       = "VISIT_CODE_NOT_FOUND" // no code hangs there
)

var errNoPremises = fault.NotFound(CodeNoPremises, "there are no such premises")

const printMost = 200 // premises at once

// Range narrows premises.
type Range struct {
	Region string      // division code, 4 to 12 digits
	Kind   *string     // nil: of every kind
	Risk   *place.Risk // nil: of every grade
}

// Plate is what is known of the code of premises.
type Plate struct {
	Premises string     `db:"premises"` // code
	Cell     string     `db:"cell"`
	Version  *int       `db:"version"` // of the code that hangs; nil, like IssuedAt: none does
	IssuedAt *time.Time `db:"issued_at"`
}

// At is the plate's place in the list: by cell, then by code.
func (p Plate) At() Place { return Place{p.Cell, p.Premises} }

// Place is where a plate stands in the list.
type Place struct{ Cell, Premises string }

// Plates is a page of the premises in a range where the actor prints codes, after a place (nil: from the first). more tells whether
// others follow.
func Plates(ctx context.Context, tx *pg.Tx, of Range, after *Place, first int) (page []Plate, more bool, err error) {
	if after == nil {
		after = &Place{}
	}
	reach := tx.Actor.Scope(actor.PrintCode)
	page, err = pg.All[Plate](ctx, tx, platesSQL, reach.Regions, reach.Departments, of.Region, after.Cell, after.Premises, of.Kind, of.Risk, first+1)
	return pg.Page(page, first, err)
}

// PrintInput names premises by their codes, 1 to 200, each once.
type PrintInput struct {
	Premises []string
}

// Printed is a code as it is put on paper.
type Printed struct {
	Premises string
	Version  int
	Code     string // XXXX-XXXX-XXXX-XXXX
}

// Print tells the codes of premises, for paper, in the order that is asked for. Premises without one get theirs. Who saw which code is on the audit log:
// whoever knows one can say that they were there.
//
// Faults: PREMISES_COUNT at "premises", PREMISES_NOT_FOUND at "premises[2]".
func (k Key) Print(ctx context.Context, tx *pg.Tx, in PrintInput) ([]Printed, error) {
	if len(in.Premises) == 0 || len(in.Premises) > printMost || repeats(in.Premises) {
		return nil, fault.Invalid(CodeCount, "1 to %d premises, each once", printMost).At("premises")
	}
	if err := lock(ctx, tx, in.Premises); err != nil {
		return nil, err
	}
	known, err := pg.All[latest](ctx, tx, latestSQL, in.Premises)
	if err != nil {
		return nil, err
	}
	of := make(map[string]latest, len(known))
	for _, v := range known {
		of[v.Premises] = v
	}
	printed := make([]Printed, len(in.Premises))
	for i, premises := range in.Premises {
		v, issued := of[premises].Version, !of[premises].Hangs
		if issued {
			v++
			hash, _ := digest(k.code(premises, v)) // it is one of ours
			tx.Queue(issueSQL, premises, v, hash, tx.Now, tx.Actor.ID)
		}
		printed[i] = Printed{premises, v, k.code(premises, v)}
		audit.Record(tx, "visit_code.print", "premises", premises, map[string]any{"version": v, "issued": issued})
	}
	return printed, nil
}

func repeats(list []string) bool {
	seen := make(map[string]bool, len(list))
	for _, one := range list {
		if seen[one] {
			return true
		}
		seen[one] = true
	}
	return false
}

// latest is the last version of the code of premises.
type latest struct {
	Premises string `db:"premises"`
	Version  int    `db:"version"`
	Hangs    bool   `db:"hangs"`
}

// lock keeps others from printing for the same premises, and refuses those where the actor prints nothing.
func lock(ctx context.Context, tx *pg.Tx, premises []string) error {
	reach := tx.Actor.Scope(actor.PrintCode)
	found, err := pg.Vals[string](ctx, tx, lockSQL, reach.Regions, reach.Departments, premises)
	if err != nil || len(found) == len(premises) {
		return err
	}
	there := make(map[string]bool, len(found))
	for _, code := range found {
		there[code] = true
	}
	for i, code := range premises {
		if !there[code] {
			return errNoPremises.At(fmt.Sprintf("premises[%d]", i))
		}
	}
	return nil
}

// WithdrawInput names premises by their code.
type WithdrawInput struct {
	Premises string
}

// Withdraw takes the code of premises out of use: from now on whoever reads it is told from those who read its successor. The next Print makes that one.
//
// Faults: PREMISES_NOT_FOUND, VISIT_CODE_NOT_FOUND at "premises".
func Withdraw(ctx context.Context, tx *pg.Tx, in WithdrawInput) (Plate, error) {
	err := lock(ctx, tx, []string{in.Premises})
	if fault.Is(err, CodeNoPremises) {
		err = errNoPremises.At("premises")
	}
	if err != nil {
		return Plate{}, err
	}
	withdrawn, err := pg.All[withdrawal](ctx, tx, withdrawSQL, in.Premises, tx.Now, tx.Actor.ID)
	if err == nil && len(withdrawn) == 0 {
		err = fault.NotFound(CodeNone, "no code hangs there").At("premises")
	}
	if err != nil {
		return Plate{}, err
	}
	audit.Record(tx, "visit_code.withdraw", "premises", in.Premises, map[string]any{"version": withdrawn[0].Version})
	return Plate{Premises: in.Premises, Cell: withdrawn[0].Cell}, nil
}

type withdrawal struct {
	Version int    `db:"version"`
	Cell    string `db:"cell"`
}

// Hanging are those of the premises at which a code hangs, ordered.
func Hanging(ctx context.Context, tx *pg.Tx, premises []string) ([]string, error) {
	return pg.Vals[string](ctx, tx, hangingSQL, premises)
}

// Verdict is what a code that was read turned out to be.
type Verdict string

const (
	Here      Verdict = "here"      // it hangs where the inspection was
	Elsewhere Verdict = "elsewhere" // it hangs, or hung, at other premises
	Withdrawn Verdict = "withdrawn" // it hung there, and had been withdrawn when it was read
	Unknown   Verdict = "unknown"   // nothing of ours
)

// Verdicts lists them all.
var Verdicts = []Verdict{Here, Elsewhere, Withdrawn, Unknown}

// Sighting is a code that was read during an inspection.
type Sighting struct {
	Inspection uuid.UUID `db:"inspection_id"`
	Verdict    Verdict   `db:"verdict"`
	Premises   *string   `db:"premises"` // at which it hangs, or hung; nil: unknown
	Task       uuid.UUID `db:"task_id"`
	Visited    *string   `db:"visited"` // the premises of the task; nil: the cell itself
	Cell       string    `db:"cell"`
	Person     uuid.UUID `db:"person_id"`
	CapturedAt time.Time `db:"captured_at"`
}

// See keeps what the code that was read during an inspection turns out to be. In a cell's own inspection a code of any premises in the
// cell is of here. What no code looks like is kept as unknown, and not itself.
func See(ctx context.Context, tx *pg.Tx, inspection uuid.UUID, code string) error {
	hash, ok := digest(code)
	found := []match{}
	var err error
	if ok {
		if found, err = pg.All[match](ctx, tx, matchSQL, hash, inspection); err != nil {
			return fmt.Errorf("find a visit code: %w", err)
		}
	}
	seen, premises := Unknown, (*string)(nil)
	if len(found) > 0 {
		seen, premises = found[0].verdict(), &found[0].Premises
	}
	tx.Queue(seeSQL, inspection, seen, premises)
	return nil
}

// match is a code of ours, held against the inspection during which it was read.
type match struct {
	Premises string `db:"premises"`
	There    bool   `db:"there"` // where the inspection was
	Hung     bool   `db:"hung"`  // when it was read, by the handheld's clock, or hangs now
}

func (m match) verdict() Verdict {
	switch {
	case !m.There:
		return Elsewhere
	case !m.Hung:
		return Withdrawn
	}
	return Here
}

// SightingsOf finds the codes that were read during inspections which the actor has been shown already, by inspection.
func SightingsOf(ctx context.Context, tx *pg.Tx, inspections []uuid.UUID) ([]Sighting, error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	return pg.All[Sighting](ctx, tx, sightingsSQL, scope.Regions, scope.Departments, inspections, tx.Actor.ID)
}

// Odd is a page of a campaign's inspections during which a code was read that is not of here, the newest first, for those who look after its
// tasks. more tells whether others follow.
func Odd(ctx context.Context, tx *pg.Tx, campaign uuid.UUID, after *uuid.UUID, first int) (page []Sighting, more bool, err error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	page, err = pg.All[Sighting](ctx, tx, oddSQL, scope.Regions, scope.Departments, campaign, after, first+1)
	return pg.Page(page, first, err)
}
