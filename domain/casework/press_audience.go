package casework

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/pg"
)

// roster is who is on duty at this moment, as far as it was asked for.
type roster map[identity.Audience][]uuid.UUID

// gather finds who hears of each step from the roster of this moment, one query for all of them. Where nobody does, the
// next step fires at once, and is gathered for in turn.
func gather(ctx context.Context, tx *pg.Tx, climbs []*climb) error {
	readers, err := readersOf(ctx, tx, climbs)
	if err != nil {
		return err
	}
	acknowledged, err := acknowledgedOf(ctx, tx, climbs)
	if err != nil {
		return err
	}
	known := roster{}
	var waiting []*climb
	for _, c := range climbs {
		if len(c.fired) > 0 {
			waiting = append(waiting, c)
		}
	}
	for len(waiting) > 0 {
		if err := known.ask(ctx, tx, waiting); err != nil {
			return err
		}
		var fell []*climb
		for _, c := range waiting {
			last := &c.fired[len(c.fired)-1]
			last.people = c.hearers(last.step, known)
			if c.Restricted && c.CaseID != nil {
				last.people = slices.DeleteFunc(last.people, func(p uuid.UUID) bool { return !readers[reader{*c.CaseID, p}] })
			}
			if len(last.people) > 0 {
				c.quiet(last, acknowledged[c.ID]) // whoever is spared was there: the step has found its audience
				continue
			}
			falls, err := c.fallThrough(tx.Now)
			if err != nil {
				return err
			}
			if falls {
				fell = append(fell, c)
			}
		}
		waiting = fell
	}
	return nil
}

// reader is somebody who may know of a restricted case.
type reader struct {
	Case   uuid.UUID `db:"case_id"`
	Person uuid.UUID `db:"person_id"`
}

const readersOfCasesSQL = `select case_id, person_id from case_readers where case_id = any($1) order by case_id, person_id`

// readersOf finds the readers of those cases that are restricted.
func readersOf(ctx context.Context, tx *pg.Tx, climbs []*climb) (map[reader]bool, error) {
	var restricted []uuid.UUID
	for _, c := range climbs {
		if c.Restricted && c.CaseID != nil {
			restricted = append(restricted, *c.CaseID)
		}
	}
	if len(restricted) == 0 {
		return nil, nil
	}
	rows, err := pg.All[reader](ctx, tx, readersOfCasesSQL, restricted)
	found := make(map[reader]bool, len(rows))
	for _, r := range rows {
		found[r] = true
	}
	return found, err
}

// ask adds the audiences of every climb's last step that are not known yet.
func (r roster) ask(ctx context.Context, tx *pg.Tx, climbs []*climb) error {
	var asked []identity.Audience
	for _, c := range climbs {
		for _, a := range c.fired[len(c.fired)-1].step.Audience {
			for _, who := range c.looksFor(a) {
				if _, ok := r[who]; !ok {
					r[who] = nil
					asked = append(asked, who)
				}
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := identity.OnDutyAll(ctx, tx, asked)
	for who, people := range found {
		r[who] = people
	}
	return err
}

// looksFor lists where on the roster an audience stands. The very person may be rostered at any level above the cell.
func (c *climb) looksFor(a escalation.Audience) []identity.Audience {
	if c.Restricted && c.ClueID != nil && !c.triages(a) {
		return nil
	}
	department := ""
	if c.Department != nil {
		department = *c.Department
	} else if c.Lead != nil {
		department = *c.Lead
	}
	if c.Stage == escalation.Reply && c.Department == nil && a.Department == escalation.OwnDepartment {
		return nil // what the street owes is none of the department's
	}
	if a.Level != escalation.Named {
		return []identity.Audience{a.At(c.Cell, department)}
	}
	if c.named(a.Role) == nil {
		return nil
	}
	own := escalation.Audience{Role: a.Role}
	if a.Role == actor.Handler {
		own.Department = department
	}
	var anywhere []identity.Audience
	for _, level := range escalation.Levels[1:] {
		own.Level = level
		anywhere = append(anywhere, own.At(c.Cell, department))
	}
	return anywhere
}

// triages reports whether an audience decides on the clue, or is the grid worker who was asked about it: nobody else knows
// of a restricted one.
func (c *climb) triages(a escalation.Audience) bool {
	return a.Role == actor.Dispatcher || a.Role == actor.DutyLead || a.Role == actor.GridWorker && a.Level == escalation.Named
}

// hearers are the people of a step's audiences who are on duty, each once.
func (c *climb) hearers(s escalation.Step, on roster) []uuid.UUID {
	var people []uuid.UUID
	for _, a := range s.Audience {
		for _, who := range c.looksFor(a) {
			for _, person := range on[who] {
				if a.Level == escalation.Named && person != *c.named(a.Role) || slices.Contains(people, person) {
					continue
				}
				people = append(people, person)
			}
		}
	}
	return people
}

// named is the very person of a role: the case's handler, or the grid worker of the open check or verification.
func (c *climb) named(role actor.Role) *uuid.UUID {
	if role == actor.Handler {
		return c.Handler
	}
	return c.Worker
}
