package clue

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// Service is who a clue can be referred to.
type Service string

const (
	Fire119   Service = "fire_119"   // 119: fire and rescue
	Police110 Service = "police_110" // 110
	OtherDesk Service = "other"      // another system, named in the note
)

// Services lists every service.
var Services = []Service{Fire119, Police110, OtherDesk}

// Target names the clue that a decision is about.
type Target struct {
	Clue uuid.UUID
	// Version, where given, is the one that the decision was made on: STALE_VERSION if the clue has moved on since.
	Version *int
}

// Take locks a clue for a decision by whoever acts, and checks scope, version and state. casework takes the clues that
// it files, merges and un-merges.
//
// Faults: CLUE_NOT_FOUND at "clue" where the viewer cannot see it, ACTION_NOT_YOURS, STALE_VERSION at "version",
// ACTION_NOT_POSSIBLE.
func Take(ctx context.Context, tx *pg.Tx, target Target, do Action) (Clue, error) {
	c, err := orNotFound(pg.One[Clue](ctx, tx, takeClueSQL, append(visibility(tx), target.Clue)...))
	if err != nil {
		return Clue{}, fault.Under("clue", err)
	}
	if !c.offers(do, tx.Actor) {
		return Clue{}, fault.Denied(CodeNotYours, "others decide this about the clue")
	}
	if target.Version != nil && *target.Version != c.Version {
		return Clue{}, fault.Stale(CodeStale, "this clue was changed by somebody else").At("version")
	}
	return c, c.allows(do)
}

// Outcome is how a decision leaves a clue.
type Outcome struct {
	Do     Action
	Case   *uuid.UUID // filed as, merged into
	Reason string     // what the reporter is told: why not, to whom, what was done
	Detail any        // of the event; codes, ids and notes of staff

	Restricted bool // the case is: so is the clue from here on
}

// Settle brings a clue that was taken to where the action leads, stops its clocks, calls off an open verification, and
// writes event and audit row. The reporter is told.
func Settle(ctx context.Context, tx *pg.Tx, c Clue, o Outcome) (Clue, error) {
	to, err := Next(c.State, o.Do)
	if err != nil {
		return Clue{}, err
	}
	c.State, c.Version, c.CaseID, c.DecidedAt = to, c.Version+1, o.Case, &tx.Now
	if o.Reason != "" {
		c.Reason = &o.Reason
	}
	c.Restricted, c.MaliceAskedBy, c.MaliceReason = c.Restricted || o.Restricted, nil, nil
	if err := c.write(ctx, tx); err != nil {
		return Clue{}, err
	}
	escalation.StopAll(tx, escalation.OfClue(c.ID))
	tx.Queue(callOffSQL, c.ID)
	c.record(tx, string(to), o.Do, o.Detail)
	c.tell(tx, string(c.ToReporter()))
	return c, nil
}

// ToReporter is the state as the reporter is told it: not that two persons thought ill of the report.
func (c Clue) ToReporter() State {
	if c.State == Malicious {
		return NotFiled
	}
	return c.State
}

// write stores what decisions change.
func (c Clue) write(ctx context.Context, tx *pg.Tx) error {
	if _, err := tx.Exec(ctx, settleSQL, c.ID, c.State, c.Version, c.CaseID, c.Reason, c.DecidedAt, c.Restricted, c.MaliceAskedBy,
		c.MaliceReason); err != nil {
		return fmt.Errorf("update clue: %w", err)
	}
	return nil
}

// Restore opens a merged clue again: it waits for a decision of its own, on a clock that starts now.
func Restore(ctx context.Context, tx *pg.Tx, c Clue) (Clue, error) {
	to, err := Next(c.State, DoUnmerge)
	if err != nil {
		return Clue{}, err
	}
	from := c.CaseID
	c.State, c.Version, c.CaseID, c.DecidedAt, c.Reason = to, c.Version+1, nil, nil, nil
	if err := c.write(ctx, tx); err != nil {
		return Clue{}, err
	}
	terms, err := readTerms(ctx, tx)
	if err != nil {
		return Clue{}, err
	}
	if err := terms.startDeciding(tx, c); err != nil {
		return Clue{}, err
	}
	c.record(tx, "unmerged", DoUnmerge, map[string]any{"case": from})
	c.tell(tx, "unmerged")
	return c, nil
}

// HandleOnSpotInput is a clue that was put right on the spot.
type HandleOnSpotInput struct {
	Target
	Note string // what was done; the reporter reads it
}

// HandleOnSpot settles a clue that was put right on the spot 即办. TEXT_MISSING at "note" where nothing is said of how.
func HandleOnSpot(ctx context.Context, tx *pg.Tx, in HandleOnSpotInput) (Clue, error) {
	return decide(ctx, tx, in.Target, DoHandleOnSpot, "note", in.Note)
}

// RefuseInput is a clue that makes no case.
type RefuseInput struct {
	Target
	Reason string // the reporter reads it
}

// Refuse settles a clue that makes no case 不予立案. TEXT_MISSING at "reason" where none is given.
func Refuse(ctx context.Context, tx *pg.Tx, in RefuseInput) (Clue, error) {
	return decide(ctx, tx, in.Target, DoRefuse, "reason", in.Reason)
}

// decide settles a clue with words that the reporter reads, given in the named field.
func decide(ctx context.Context, tx *pg.Tx, target Target, do Action, field, words string) (Clue, error) {
	words, err := prose.Clean(field, words, maxReason)
	if err != nil {
		return Clue{}, err
	}
	if words == "" {
		return Clue{}, fault.Invalid(CodeTextMissing, "the reporter is owed an answer").At(field)
	}
	c, err := Take(ctx, tx, target, do)
	if err != nil {
		return Clue{}, err
	}
	return Settle(ctx, tx, c, Outcome{Do: do, Reason: words, Detail: map[string]any{field: words}})
}

// ReferInput is a clue that another service has to act on.
type ReferInput struct {
	Target
	To   Service
	Note string // required for OtherDesk: which one; the reporter reads it
}

// Refer hands a clue to another service 转办, at once: life at risk waits for no queue, this records that it was done.
func Refer(ctx context.Context, tx *pg.Tx, in ReferInput) (Clue, error) {
	note, err := prose.Clean("note", in.Note, maxReason)
	if err != nil {
		return Clue{}, err
	}
	reason, err := referral(in.To, note)
	if err != nil {
		return Clue{}, err
	}
	c, err := Take(ctx, tx, in.Target, DoRefer)
	if err != nil {
		return Clue{}, err
	}
	return Settle(ctx, tx, c, Outcome{Do: DoRefer, Reason: reason, Detail: map[string]any{"to": in.To, "note": note}})
}

func referral(to Service, note string) (string, error) {
	number, known := map[Service]string{Fire119: "119", Police110: "110", OtherDesk: ""}[to]
	switch {
	case !known:
		return "", fault.Invalid("UNKNOWN_SERVICE", "clues are referred to 119, 110 or another system").At("to")
	case to == OtherDesk && note == "":
		return "", fault.Invalid(CodeTextMissing, "say which system has it now").At("note")
	case number == "":
		return note, nil
	case note == "":
		return number, nil
	}
	return number + "：" + note, nil
}

// record writes what happened into the clue's history and the audit log.
func (c Clue) record(tx *pg.Tx, event string, do Action, detail any) {
	id, role := audit.Who(tx.Actor)
	if detail == nil {
		detail = struct{}{}
	}
	tx.Queue(insertEventSQL, pg.NewID(), c.ID, tx.Now, event, id, role, detail)
	MeasureAgain(tx, c.ID)
	audit.Record(tx, "clue."+string(do), "clue", c.ID.String(), map[string]any{"state": c.State, "case": c.CaseID})
}

// tell lets a signed-in reporter know, through the mark; an anonymous one looks it up by the claim code.
func (c Clue) tell(tx *pg.Tx, outcome string) {
	if c.Mark != nil {
		notify.Send(tx, notify.Message{Mark: c.Mark, Kind: notify.ClueOutcome, ClueID: &c.ID,
			Params: map[string]any{"number": c.Number, "outcome": outcome}})
	}
}

// params are what messages to staff say of a clue.
func (c Clue) params(ctx context.Context, tx *pg.Tx) (map[string]any, error) {
	params := map[string]any{"number": c.Number}
	if c.Restricted {
		return params, nil // neither what nor where
	}
	params["cell"] = c.Cell
	if c.Category != nil {
		category, err := standard.CategoryOf(ctx, tx, *c.Category)
		if err != nil {
			return nil, fmt.Errorf("category of clue %s: %w", c.ID, err)
		}
		params["category"] = notify.Both{ZH: category.NameZH, EN: category.NameEN}
	}
	return params, nil
}

// desk is who decides on clues of the street right now: its dispatchers on duty, else its duty leads on duty.
func desk(ctx context.Context, tx *pg.Tx, street string) ([]uuid.UUID, error) {
	dispatchers := identity.Audience{Role: actor.Dispatcher, Region: street}
	leads := identity.Audience{Role: actor.DutyLead, Region: street}
	found, err := identity.OnDutyAll(ctx, tx, []identity.Audience{dispatchers, leads})
	if people := found[dispatchers]; len(people) > 0 {
		return people, err
	}
	return found[leads], err
}

func orNotFound(c Clue, err error) (Clue, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return Clue{}, fault.NotFound(CodeNotFound, "no such clue")
	}
	return c, err
}
