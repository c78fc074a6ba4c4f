package casework

import (
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/fault"
)

// Next finds the row by which the actor may do the action where the case stands.
//
// Errors: ACTION_NOT_POSSIBLE where nobody could do it now, ACTION_NOT_YOURS where others could.
func Next(s Standing, do Action, a *actor.Actor) (Row, error) {
	refusal := fault.Conflict("ACTION_NOT_POSSIBLE", "nothing like that can be done to a case that is %s", s.State)
	offered := false
	for _, row := range Flow {
		switch {
		case row.From != s.State || row.Do != do:
		case !row.Guard.holds(s):
			refusal = fault.Conflict("ACTION_NOT_POSSIBLE", "not now: it takes that %s", row.Guard.Says)
		case row.by(s, a):
			return row, nil
		default:
			offered = true
		}
	}
	if offered {
		return Row{}, fault.Denied("ACTION_NOT_YOURS", "others may do this, you may not")
	}
	return Row{}, refusal
}

// Actions lists what the actor may do where the case stands, in the order of the table.
func Actions(s Standing, a *actor.Actor) []Action {
	actions := []Action{}
	for _, row := range Flow {
		if row.From == s.State && row.Guard.holds(s) && row.by(s, a) && !slices.Contains(actions, row.Do) {
			actions = append(actions, row.Do)
		}
	}
	return actions
}

// by reports whether the actor is one of the row's parties. Nobody decides what they have asked for themselves.
func (r Row) by(s Standing, a *actor.Actor) bool {
	if asker, open := s.Asked[r.Of]; open && a.ID == asker {
		return slices.Contains(r.By, Asker)
	}
	return slices.ContainsFunc(r.By, func(p Party) bool { return p.is(s, a) })
}

// is reports whether the actor is the party in the case.
func (p Party) is(s Standing, a *actor.Actor) bool {
	switch p {
	case Platform:
		return a.System != ""
	case Reporter:
		return s.Reporter
	case Handler:
		return a.ID != uuid.Nil && a.ID == s.Handler
	case GridWorker:
		return a.ID != uuid.Nil && a.ID == s.Checker
	case DepartmentDesk:
		return s.Department != "" && a.As(actor.DepartmentDesk, s.Street, s.Department)
	}
	return a.As(actor.Role(p), s.Street, "")
}
