package tasks

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// BenchmarkFiledToInbox measures how long a department waits for a case on an idle machine, one case at a time: from the
// commit of the filing to the routed case in the desk's inbox, through outbox, relay, queue and rules. The promise is
// 300 ms for 95 of 100.
func BenchmarkFiledToInbox(b *testing.B) {
	town := newTown(b)
	var dispatcher *actor.Actor
	var standard uuid.UUID
	town.system(b, func(ctx context.Context, tx *pg.Tx) (err error) {
		dispatcher = fixture.Person(b, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
		standard, err = pg.Val[uuid.UUID](ctx, tx, `select id from filing_standards where category = $1`, fixture.BlockedExit)
		return err
	})
	var took []time.Duration
	for b.Loop() {
		var id uuid.UUID
		town.system(b, func(ctx context.Context, tx *pg.Tx) (err error) {
			if err = undecided(ctx, tx, "urgent"); err == nil {
				id, err = pg.Val[uuid.UUID](ctx, tx, `select id from clues where state = 'submitted'`)
			}
			return err
		})
		told := town.told(b)
		town.as(b, dispatcher, func(ctx context.Context, tx *pg.Tx) error {
			_, err := casework.File(ctx, tx, casework.FileInput{Target: clue.Target{Clue: id}, Standard: standard})
			return err
		})
		filed := time.Now()
		eventually(b, "the desk is told", func() bool { return town.told(b) > told })
		took = append(took, time.Since(filed))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "max-ms")
}
