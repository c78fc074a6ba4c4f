package media

import (
	"slices"
	"strings"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// mayReveal are the roles that may look at an original which they did not take themselves, for a stated reason.
var mayReveal = []actor.Role{actor.Dispatcher, actor.DutyLead, actor.DepartmentDesk, actor.Supervisor}

const maxReason = 500 // bytes

// Reveal lets somebody who may see the photo look at its original, metadata and all: whoever took it, or staff for a
// reason that goes on the audit log with the commit.
//
// Faults: ACTION_NOT_YOURS, REASON_MISSING at "reason".
func (p Photo) Reveal(tx *pg.Tx, own bool, reason string) error {
	if own {
		return nil
	}
	if !slices.ContainsFunc(mayReveal, tx.Actor.Has) {
		return fault.Denied("ACTION_NOT_YOURS", "an original is shown to who took it, and to staff for a reason")
	}
	reason = strings.ToValidUTF8(strings.TrimSpace(reason), "")
	if reason == "" || len(reason) > maxReason || strings.ContainsRune(reason, 0) {
		return fault.Invalid("REASON_MISSING", "an original is shown for a reason, in up to %d bytes", maxReason).At("reason")
	}
	audit.Record(tx, "photo.reveal", "photo", p.ID.String(), map[string]any{"subject": p.Subject, "of": p.SubjectID, "reason": reason})
	return nil
}
