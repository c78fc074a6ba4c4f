package media

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

// scenery is a picture's fingerprint as photos have them: light changes slowly across it, so that neighbouring bits go together.
func scenery(r *rand.Rand) (across, down int64) {
	const coarseSide = 4
	var light [coarseSide + 1][coarseSide + 1]float64
	for y := range light {
		for x := range light[y] {
			light[y][x] = r.Float64() - float64(y)/6 // the sky is brighter
		}
	}
	at := func(x, y int) float64 {
		fx, fy := float64(x)*coarseSide/printSide, float64(y)*coarseSide/printSide
		i, j := min(int(fx), coarseSide-1), min(int(fy), coarseSide-1)
		fx, fy = fx-float64(i), fy-float64(j)
		return light[j][i]*(1-fx)*(1-fy) + light[j][i+1]*fx*(1-fy) + light[j+1][i]*(1-fx)*fy + light[j+1][i+1]*fx*fy + r.Float64()/30
	}
	for y := range printSide {
		for x := range printSide {
			across, down = across<<1, down<<1
			here := at(x, y)
			if here < at(x+1, y) {
				across |= 1
			}
			if here < at(x, y+1) {
				down |= 1
			}
		}
	}
	return across, down
}

// How long it takes to find out whether a picture was used before, among a million.
func BenchmarkUsedBeforeAmongAMillion(b *testing.B) {
	const photos = 1_000_000
	declared := time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)
	ctx, db, r := b.Context(), dbtest.DB(b), rand.New(rand.NewPCG(1, 2))
	var some []like
	if err := db.Write(ctx, func(tx *pg.Tx) error {
		_, err := tx.CopyFrom(ctx, "photos", []string{"id", "subject", "subject_id", "position", "state", "declared_at", "fingerprint", "fingerprint_down"}, pgx.CopyFromSlice(photos, func(n int) ([]any, error) {
			across, down := scenery(r)
			if n%5_000 == 0 {
				some = append(some, like{Subject: OfClue, Across: across ^ 0x11, Down: new(down ^ 0x101), Place: &geo.Point{}})
			}
			return []any{pg.NewID(), "clue", pg.NewID(), 0, "ready", declared, across, down}, nil
		}))
		return err
	}); err != nil {
		b.Fatal(err)
	}
	if err := db.Write(ctx, func(tx *pg.Tx) error { _, err := tx.Exec(ctx, "analyze photos"); return err }); err != nil {
		b.Fatal(err)
	}
	var slowest time.Duration
	found, i := 0, 0
	b.ResetTimer()
	for b.Loop() {
		began := b.Elapsed()
		p := some[i%len(some)]
		p.SubjectID = pg.NewID() // another subject with nearly the same picture
		if err := db.Read(ctx, func(tx *pg.Tx) error {
			same, err := alike(ctx, tx, p)
			found += len(same)
			return err
		}); err != nil {
			b.Fatal(err)
		}
		slowest, i = max(slowest, b.Elapsed()-began), i+1
	}
	b.ReportMetric(float64(slowest.Microseconds())/1000, "ms-slowest")
	b.ReportMetric(float64(found)/float64(i), "found")
}
