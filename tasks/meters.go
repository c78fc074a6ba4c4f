package tasks

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// scrape bounds what a look at the metrics may cost.
const scrape = 2 * time.Second

// meters count what this process does.
type meters struct {
	jobs  *prometheus.CounterVec
	delay *prometheus.HistogramVec
}

func newMeters() meters {
	return meters{
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "gridwork_jobs_total", Help: "Tries of background jobs by kind and outcome (done, failed, dead).",
		}, []string{"kind", "outcome"}),
		delay: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "gridwork_job_delay_seconds", Help: "From the writing of a job to its being done.",
			Buckets: []float64{.01, .025, .05, .1, .2, .3, .5, 1, 2, 5, 15, 60, 300, 3600},
		}, []string{"kind"}),
	}
}

// tried counts one try. A job's id tells when it was written.
func (m *meters) tried(kind, outcome string, job uuid.UUID) {
	m.jobs.WithLabelValues(kind, outcome).Inc()
	if outcome == "done" {
		m.delay.WithLabelValues(kind).Observe(time.Since(time.Unix(job.Time().UnixTime())).Seconds())
	}
}

// register adds the worker's metrics to the process's.
func (w *worker) register(r prometheus.Registerer) error {
	for _, c := range []prometheus.Collector{w.jobs, w.delay, backlogs{w}, w.keeper} {
		if err := r.Register(c); err != nil {
			return err
		}
	}
	return nil
}

var (
	waitingJobs     = prometheus.NewDesc("gridwork_outbox_waiting", "Jobs not handed to a queue yet.", nil, nil)
	unfinishedJobs  = prometheus.NewDesc("gridwork_outbox_unfinished", "Jobs handed out and not done.", nil, nil)
	deadJobs        = prometheus.NewDesc("gridwork_outbox_dead", "Jobs given up, waiting for an operator.", nil, nil)
	oldestJob       = prometheus.NewDesc("gridwork_outbox_oldest_seconds", "Age of the oldest job that is not done.", nil, nil)
	pendingMessages = prometheus.NewDesc("gridwork_deliveries_pending", "Messages on their way out of the platform.", nil, nil)
	deadMessages    = prometheus.NewDesc("gridwork_deliveries_dead", "Messages that could not be delivered.", nil, nil)
	calendarLeft    = prometheus.NewDesc("gridwork_calendar_left_seconds", "Until the end of the published working calendar; 0 if none is published.", nil, nil)
	provisional     = prometheus.NewDesc("gridwork_clocks_provisional", "Clocks that run in a stricter unit because the working calendar does not reach far enough.", nil, nil)
	redisUp         = prometheus.NewDesc("gridwork_redis_up", "1 while the relay finds Redis answering.", nil, nil)
)

// backlogs are read when somebody looks.
type backlogs struct{ *worker }

func (b backlogs) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{waitingJobs, unfinishedJobs, deadJobs, oldestJob, pendingMessages, deadMessages, calendarLeft, provisional, redisUp} {
		out <- d
	}
}

func (b backlogs) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64) { out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	up := 1.0
	if b.health.awayFor() > 0 {
		up = 0
	}
	gauge(redisUp, up)
	ctx, cancel := context.WithTimeout(actor.With(context.Background(), actor.System("metrics")), scrape)
	defer cancel()
	err := b.db.Read(ctx, func(tx *pg.Tx) error {
		jobs, err := Count(ctx, tx)
		if err != nil {
			return err
		}
		messages, err := notify.Count(ctx, tx)
		if err != nil {
			return err
		}
		reach, err := casework.CalendarReach(ctx, tx)
		if err != nil {
			return err
		}
		gauge(calendarLeft, reach.Left.Seconds())
		gauge(provisional, float64(reach.Provisional))
		gauge(waitingJobs, float64(jobs.Waiting))
		gauge(unfinishedJobs, float64(jobs.Unfinished))
		gauge(deadJobs, float64(jobs.Dead))
		gauge(oldestJob, jobs.Age().Seconds())
		gauge(pendingMessages, float64(messages.Pending))
		gauge(deadMessages, float64(messages.Dead))
		return nil
	})
	if err != nil {
		b.log.Warn("the backlog cannot be measured", "cause", cause(err))
	}
}
