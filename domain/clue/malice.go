package clue

import (
	"context"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/prose"
)

// A malicious report 恶意上报 takes two persons: a duty lead asks, another one or a supervisor decides. The reporter is told
// that the report was not taken, like any other that is not.

// MaliceInput asks for a clue to be marked malicious, or says why it is not.
type MaliceInput struct {
	Target
	Reason string // 1 to 500 characters; the reporter never reads it
}

// AskMalicious asks for a clue to be marked malicious, by a duty lead. The clue waits for a decision as before.
//
// Faults: TEXT_… at "reason"; those of Take; ACTION_NOT_POSSIBLE where somebody has asked already.
func AskMalicious(ctx context.Context, tx *pg.Tx, in MaliceInput) (Clue, error) {
	why, err := prose.Some("reason", in.Reason, maxReason)
	if err != nil {
		return Clue{}, err
	}
	c, err := Take(ctx, tx, in.Target, DoAskMalicious)
	if err != nil {
		return Clue{}, err
	}
	asker := tx.Actor.ID
	c.MaliceAskedBy, c.MaliceReason = &asker, &why
	if c, err = c.move(ctx, tx, DoAskMalicious); err != nil {
		return Clue{}, err
	}
	c.record(tx, "malice_asked", DoAskMalicious, map[string]any{"reason": why})
	return c, c.tellDeciders(ctx, tx)
}

// tellDeciders tells the other duty leads of the street on duty, else the supervisors above; of a restricted clue only leads.
func (c Clue) tellDeciders(ctx context.Context, tx *pg.Tx) error {
	who := []identity.Audience{{Role: actor.DutyLead, Region: c.Street}}
	if !c.Restricted {
		who = append(who, identity.Audience{Role: actor.Supervisor, Region: c.Street[:6]}, identity.Audience{Role: actor.Supervisor, Region: c.Street[:4]})
	}
	found, err := identity.OnDutyAll(ctx, tx, who)
	if err != nil {
		return err
	}
	params, err := c.params(ctx, tx)
	if err != nil {
		return err
	}
	for _, a := range who {
		var messages []notify.Message
		for _, person := range found[a] {
			if person != tx.Actor.ID {
				messages = append(messages, notify.Message{Person: &person, Kind: notify.MaliceAsked, ClueID: &c.ID, Params: params})
			}
		}
		if notify.Send(tx, messages...); len(messages) > 0 {
			return nil
		}
	}
	return nil
}

// DecideMaliceInput answers what a duty lead has asked for.
type DecideMaliceInput struct {
	Target
	Malicious bool
	Note      string // why, 1 to 500 characters; the reporter never reads it
}

// DecideMalice marks a clue malicious, which ends it, or refuses to: by another duty lead than the one who asked, or a
// supervisor.
//
// Faults: TEXT_… at "note"; those of Take: ACTION_NOT_YOURS for whoever asked.
func DecideMalice(ctx context.Context, tx *pg.Tx, in DecideMaliceInput) (Clue, error) {
	why, err := prose.Some("note", in.Note, maxReason)
	if err != nil {
		return Clue{}, err
	}
	do, decision := DoRefuseMalicious, "request_refused"
	if in.Malicious {
		do, decision = DoMarkMalicious, "request_granted"
	}
	c, err := Take(ctx, tx, in.Target, do)
	if err != nil {
		return Clue{}, err
	}
	asker, detail := *c.MaliceAskedBy, map[string]any{"reason": c.MaliceReason, "note": why}
	if in.Malicious {
		c, err = Settle(ctx, tx, c, Outcome{Do: do, Detail: detail})
	} else {
		c, err = c.dropMalice(ctx, tx, do, "malice_refused", detail)
	}
	if err != nil {
		return Clue{}, err
	}
	return c, c.tellAsker(ctx, tx, asker, decision)
}

func (c Clue) tellAsker(ctx context.Context, tx *pg.Tx, asker uuid.UUID, decision string) error {
	params, err := c.params(ctx, tx)
	if err != nil {
		return err
	}
	params["decision"] = decision
	notify.Send(tx, notify.Message{Person: &asker, Kind: notify.MaliceDecided, ClueID: &c.ID, Params: params})
	return nil
}

// WithdrawMalice takes back what whoever acts has asked for. Faults: those of Take.
func WithdrawMalice(ctx context.Context, tx *pg.Tx, target Target) (Clue, error) {
	c, err := Take(ctx, tx, target, DoWithdrawMalicious)
	if err != nil {
		return Clue{}, err
	}
	return c.dropMalice(ctx, tx, DoWithdrawMalicious, "malice_withdrawn", nil)
}

// dropMalice leaves the clue as if nobody had asked, but for its history.
func (c Clue) dropMalice(ctx context.Context, tx *pg.Tx, do Action, event string, detail any) (Clue, error) {
	c.MaliceAskedBy, c.MaliceReason = nil, nil
	c, err := c.move(ctx, tx, do)
	if err != nil {
		return Clue{}, err
	}
	c.record(tx, event, do, detail)
	return c, nil
}
