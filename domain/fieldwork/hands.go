package fieldwork

import (
	"context"
	"slices"

	"gridwork/domain/inspection"
	"gridwork/fault"
	"gridwork/pg"
)

// Tasks go from hand to hand without network too: they are asked for, answered, and given back where somebody stands.

func claimTask(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[claimBody](c)
	if err != nil {
		return done{}, err
	}
	return handed(inspection.Claim(ctx, tx, b.Task))
}

func giveBackTask(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[giveBackBody](c)
	if err != nil {
		return done{}, err
	}
	if !slices.Contains(inspection.Hindrances, b.Reason) {
		return done{}, fault.Invalid("REASON_UNKNOWN", "this is none of the reasons").At("reason")
	}
	return handed(inspection.GiveBack(ctx, tx, inspection.GiveBackInput(b)))
}

func answerOffer(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[answerOfferBody](c)
	if err != nil {
		return done{}, err
	}
	accept, err := needed(b.Accept, "accept")
	if err != nil {
		return done{}, err
	}
	return handed(inspection.AnswerOffer(ctx, tx, inspection.AnswerOfferInput{Task: b.Task, Accept: accept, Note: b.Note}))
}

func handed(t inspection.Task, err error) (done, error) {
	return done{Result: Result{Subject: t.ID.String(), State: string(t.State)}}, err
}
