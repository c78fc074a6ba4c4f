package fieldwork

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/safety"
	"gridwork/pg"
)

// Somebody goes somewhere alone, and says until when to expect them back.

type beginTimerBody struct {
	Minutes  int       `json:"minutes"`
	Position *position `json:"position"`
}

type extendTimerBody struct {
	Timer   uuid.UUID `json:"timer"`
	Minutes int       `json:"minutes"`
}

type endTimerBody struct {
	Timer uuid.UUID `json:"timer"`
}

func beginTimer(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[beginTimerBody](c)
	if err != nil {
		return done{}, err
	}
	return alarmed(safety.Begin(ctx, tx, safety.BeginInput{ID: c.ID, Minutes: b.Minutes, Position: b.Position.maybe(), CapturedAt: c.at.UTC()}))
}

func extendTimer(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[extendTimerBody](c)
	if err != nil {
		return done{}, err
	}
	return alarmed(safety.Extend(ctx, tx, safety.ExtendInput{Alarm: b.Timer, Minutes: b.Minutes}))
}

func endTimer(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[endTimerBody](c)
	if err != nil {
		return done{}, err
	}
	return alarmed(safety.Return(ctx, tx, b.Timer))
}
