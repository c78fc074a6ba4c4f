package tasks

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/prometheus/client_golang/prometheus"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/domain/safety"
	"gridwork/fault"
	"gridwork/pg"
)

const (
	keeperLook  = time.Second            // how long a keeper sleeps at most
	keeperRest  = 25 * time.Millisecond  // between two passes: what becomes due meanwhile fires in one
	keeperPause = 250 * time.Millisecond // after a pass that failed
)

// Keeper fires deadlines. It sleeps until the next one is due, a second at most, and claims what is due from the
// database, which is all that it believes: neither Redis nor another process is asked. Any number of keepers may run.
type Keeper struct {
	db    *pg.DB
	log   *slog.Logger
	ear   <-chan struct{} // rings when a commit of this process may have armed something
	batch int             // steps in one transaction
	hands int             // transactions at once, while more is due than one pass holds
	fired prometheus.Counter
}

// NewKeeper makes a keeper that Run sets to work. wake rings it up: whoever commits a deadline that is due within a
// second does; nil is a keeper that only looks by itself.
func NewKeeper(db *pg.DB, log *slog.Logger, wake <-chan struct{}) *Keeper {
	return &Keeper{db: db, log: log, ear: wake, batch: 1000, hands: 2, fired: prometheus.NewCounter(prometheus.CounterOpts{
		Name: "gridwork_deadlines_fired_total", Help: "Steps of ladders that this process has fired.",
	})}
}

// Run keeps the deadlines until ctx ends.
func (k *Keeper) Run(ctx context.Context) {
	ctx = actor.With(ctx, actor.System("deadline keeper"))
	for ctx.Err() == nil {
		k.keepAlarms(ctx)
		p, err := k.runOnce(ctx, k.batch)
		switch {
		case err != nil:
			k.recover(ctx, err)
		case p.fired >= k.batch:
			k.rush(ctx)
		default:
			// Not woken in between: a busy process commits all the time.
			_ = rest(ctx, nil, keeperRest) && p.fired == 0 && rest(ctx, k.ear, p.next-keeperRest)
		}
	}
}

// keepAlarms fires the alarms that are due, apart from all else: a mistake of ours about cases holds no call for help up, and
// one about a call for help none of the others.
func (k *Keeper) keepAlarms(ctx context.Context) {
	fired, err := k.pressAlarms(ctx, k.batch)
	if k.fired.Add(float64(fired)); err == nil || ctx.Err() != nil {
		return
	}
	k.log.Error("alarms could not be pressed", "cause", cause(err))
	if passing(err) {
		return // the next pass tries again
	}
	if one, again := k.pressAlarms(ctx, 1); again == nil {
		k.fired.Add(float64(one))
		return
	}
	noted := k.db.Write(ctx, func(tx *pg.Tx) error {
		_, err := safety.Postpone(ctx, tx, 1, err)
		return err
	})
	k.log.Error("an alarm was put off: see the audit log for deadline.postpone", "cause", cause(err), "noted", noted == nil)
}

func (k *Keeper) pressAlarms(ctx context.Context, max int) (fired int, err error) {
	err = safely(func() error {
		fired, err = pg.WriteVal(ctx, k.db, func(tx *pg.Tx) (int, error) { return safety.Press(ctx, tx, max) })
		return err
	})
	return fired, err
}

// pass is what a keeper found.
type pass struct {
	fired int
	next  time.Duration // until the next deadline is due, at most keeperLook; unknown if something fired
}

// runOnce resumes and presses what is due, at most max of each, and where that is nothing, looks when something will be.
func (k *Keeper) runOnce(ctx context.Context, max int) (p pass, err error) {
	err = safely(func() error {
		p, err = pg.WriteVal(ctx, k.db, func(tx *pg.Tx) (pass, error) {
			resumed, err := casework.ResumeDue(ctx, tx, max)
			if err != nil {
				return pass{}, err
			}
			fired, err := casework.Press(ctx, tx, max)
			if fired += resumed; fired > 0 || err != nil {
				return pass{fired: fired}, err
			}
			next, err := escalation.NextDue(ctx, tx)
			if next == nil {
				return pass{next: keeperLook}, err
			}
			return pass{next: min(next.Sub(tx.Now), keeperLook)}, err
		})
		return err
	})
	if err != nil {
		return pass{}, err
	}
	k.fired.Add(float64(p.fired))
	return p, nil
}

// rush works a backlog off with several hands, until one finds no full batch any more.
func (k *Keeper) rush(ctx context.Context) {
	var hands sync.WaitGroup
	for range k.hands {
		hands.Go(func() {
			for ctx.Err() == nil {
				if p, err := k.runOnce(ctx, k.batch); err != nil || p.fired < k.batch {
					return // the loop sees to both
				}
			}
		})
	}
	hands.Wait()
}

// recover finds out which deadline fails a pass, and puts it off, so that one mistake of ours never stops the others.
func (k *Keeper) recover(ctx context.Context, failed error) {
	if ctx.Err() != nil {
		return
	}
	k.log.Error("deadlines could not be pressed", "cause", cause(failed))
	if !rest(ctx, nil, keeperPause) || passing(failed) {
		return
	}
	for n, left := max(1, k.batch/2), k.batch; ctx.Err() == nil && left > 0; {
		p, err := k.runOnce(ctx, n)
		left -= p.fired
		switch {
		case err == nil && p.fired < n, err != nil && passing(err):
			return
		case err != nil && n > 1:
			n /= 2
		case err != nil:
			k.putOff(ctx, err)
			return
		}
	}
}

func (k *Keeper) putOff(ctx context.Context, failed error) {
	err := k.db.Write(ctx, func(tx *pg.Tx) error {
		_, err := casework.Postpone(ctx, tx, 1, failed)
		return err
	})
	k.log.Error("a deadline was put off: see the audit log for deadline.postpone", "cause", cause(failed), "noted", err == nil)
	if err != nil {
		rest(ctx, nil, keeperPause)
	}
}

// passing reports whether a failure says something about the moment, not about what was being done: the store is full,
// locked or shutting down. Whatever else it was, a deadline can only be put off while the store answers.
func passing(err error) bool {
	var sql *pgconn.PgError
	if errors.As(err, &sql) {
		return !strings.HasPrefix(sql.Code, "22") && !strings.HasPrefix(sql.Code, "23") && !strings.HasPrefix(sql.Code, "42")
	}
	refusal, ok := fault.As(err)
	return ok && refusal.Kind == fault.KindBusy
}

// Overdue is how late the oldest armed deadline is: 0 if none is due.
func Overdue(ctx context.Context, db *pg.DB) (time.Duration, error) {
	return pg.ReadVal(ctx, db, func(tx *pg.Tx) (time.Duration, error) {
		next, err := escalation.NextDue(ctx, tx)
		if next == nil || err != nil {
			return 0, err
		}
		return max(0, tx.Now.Sub(*next)), nil
	})
}

var overdue = prometheus.NewDesc("gridwork_deadline_overdue_seconds", "How late the oldest deadline is that has not fired.", nil, nil)

// Describe and Collect make the keeper a collector of its metrics. How late it is, is asked of the database when
// somebody looks, so that a keeper that hangs does not report its last good moment for ever.
func (k *Keeper) Describe(out chan<- *prometheus.Desc) {
	k.fired.Describe(out)
	out <- overdue
}

func (k *Keeper) Collect(out chan<- prometheus.Metric) {
	k.fired.Collect(out)
	ctx, cancel := context.WithTimeout(actor.With(context.Background(), actor.System("metrics")), scrape)
	defer cancel()
	late, err := Overdue(ctx, k.db)
	if err != nil {
		out <- prometheus.NewInvalidMetric(overdue, err)
		return
	}
	out <- prometheus.MustNewConstMetric(overdue, prometheus.GaugeValue, late.Seconds())
}
