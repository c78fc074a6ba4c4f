package tasks

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/test/dbtest"
)

// BenchmarkFromCommitToEffect measures what a case's routing waits for: outbox, relay, queue and worker, on an idle
// machine, one job at a time. Filed to inbox has 300 ms for this and the routing itself.
func BenchmarkFromCommitToEffect(b *testing.B) {
	bench := newBench(b, dbtest.RedisURL(b))
	k := bench.effect()
	w := bench.worker(b, k)
	w.lanes[0].look = lanes(Deps{})[0].look
	bench.start(b, w)
	var took []time.Duration
	for b.Loop() {
		job := bench.emit(b)
		written := idTime(job)
		eventually(b, "the job is done", func() bool { return bench.done(b, job) })
		took = append(took, time.Since(written))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Milliseconds()), "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "max-ms")
}

func idTime(id uuid.UUID) time.Time { return time.Unix(id.Time().UnixTime()) }
