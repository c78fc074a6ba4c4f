package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/domain/measure"
	"gridwork/domain/notify"
	"gridwork/domain/regrid"
	"gridwork/pg"
	"gridwork/tasks"
)

// Past these, waiting is an alarm: in a healthy platform jobs, links and deadlines are seconds old.
const (
	lateDeadline = 5 * time.Second
	lateJob      = time.Minute
	lateLink     = time.Minute
	lateFigures  = 10 * time.Minute
)

// examinations are asked in this order, each in a transaction of its own.
var examinations = []struct {
	name string
	look func(context.Context, *pg.Tx) (finding, error)
}{
	{"overdue deadlines", overdueDeadlines},
	{"invariants", invariants},
	{"jobs", jobBacklog},
	{"messages", deadMessages},
	{"audit chain", auditChain},
	{"working calendar", workingCalendar},
	{"measures", measures},
	{"cells", cells},
}

func overdueDeadlines(ctx context.Context, tx *pg.Tx) (finding, error) {
	next, err := escalation.NextDue(ctx, tx)
	switch {
	case err != nil:
		return finding{}, err
	case next == nil:
		return finding{detail: "no deadline is armed"}, nil
	case tx.Now.Sub(*next) > lateDeadline:
		return finding{fails, fmt.Sprintf("the oldest is %s late: is `gridwork work` running?", tx.Now.Sub(*next).Round(time.Second))}, nil
	}
	return finding{detail: "none; the next is due " + next.Format(time.RFC3339)}, nil
}

func invariants(ctx context.Context, tx *pg.Tx) (finding, error) {
	violations, err := casework.CheckInvariants(ctx, tx)
	if err != nil || len(violations) == 0 {
		return finding{detail: "I1–I4 hold"}, err
	}
	v := violations[0]
	return finding{fails, fmt.Sprintf("%d violations; the first: %s %s %s %s", len(violations), v.Invariant, v.Object, v.ID, v.Says)}, nil
}

func jobBacklog(ctx context.Context, tx *pg.Tx) (finding, error) {
	b, err := tasks.Count(ctx, tx)
	if err != nil {
		return finding{}, err
	}
	detail := fmt.Sprintf("%d waiting, %d handed out, %d dead", b.Waiting, b.Unfinished, b.Dead)
	switch {
	case b.Dead > 0:
		return finding{fails, detail + ": see docs/operating.md, then `gridwork doctor --requeue`"}, nil
	case b.Age() > lateJob:
		return finding{fails, detail + "; the oldest is " + b.Age().Round(time.Second).String() + " old"}, nil
	}
	return finding{detail: detail}, nil
}

func deadMessages(ctx context.Context, tx *pg.Tx) (finding, error) {
	c, err := notify.Count(ctx, tx)
	if err != nil || c.Dead == 0 {
		return finding{detail: fmt.Sprintf("%d on their way out", c.Pending)}, err
	}
	return finding{warns, fmt.Sprintf("%d could not be delivered: `gridwork doctor --requeue` tries again", c.Dead)}, nil
}

func auditChain(ctx context.Context, tx *pg.Tx) (finding, error) {
	links, err := audit.Verify(ctx, tx)
	if broken := (*audit.Broken)(nil); errors.As(err, &broken) {
		return finding{fails, broken.Error()}, nil
	} else if err != nil {
		return finding{}, err
	}
	unlinked, err := audit.CountUnlinked(ctx, tx, tx.Now.Add(-lateLink))
	if err != nil {
		return finding{}, err
	}
	if unlinked > 0 {
		return finding{fails, fmt.Sprintf("%d rows are not linked", unlinked)}, nil
	}
	return finding{detail: fmt.Sprintf("%d links verified", links)}, nil
}

func workingCalendar(ctx context.Context, tx *pg.Tx) (finding, error) {
	c, err := calendar.Current(ctx, tx)
	if err != nil {
		return finding{}, err
	}
	ends := c.Horizon(tx.Now)
	if left := ends.Sub(tx.Now); left < calendar.Ahead {
		return finding{warns, fmt.Sprintf("ends %s: publish the next year's with `gridwork calendar import`, or limits that reach beyond it run day and night", ends.Format(time.DateOnly))}, nil
	}
	return finding{detail: "reaches " + ends.Format(time.DateOnly)}, nil
}

func measures(ctx context.Context, tx *pg.Tx) (finding, error) {
	s, err := measure.Examine(ctx, tx)
	switch {
	case err != nil:
		return finding{}, err
	case len(s.Differs) > 0:
		return finding{fails, fmt.Sprintf("%d of the figures looked at are wrong, the first: %s; `gridwork measure rebuild` makes them anew", len(s.Differs), s.Differs[0])}, nil
	case s.Oldest > lateFigures:
		return finding{warns, fmt.Sprintf("%d changes are not in the figures yet, the oldest for %s: is `gridwork work` running?", s.Waiting, s.Oldest.Round(time.Second))}, nil
	}
	return finding{detail: fmt.Sprintf("%d days and %d cases are what they are when made from nothing; %d changes wait", s.Days, s.Facts, s.Waiting)}, nil
}

func cells(ctx context.Context, tx *pg.Tx) (finding, error) {
	overlaps, err := regrid.Overlaps(ctx, tx)
	if err != nil {
		return finding{}, err
	}
	if len(overlaps) > 0 {
		o := overlaps[0]
		return finding{fails, fmt.Sprintf("%d pairs of valid cells overlap; the first: %s and %s share %.0f m²", len(overlaps), o.Code, o.Other, o.AreaM2)}, nil
	}
	left, err := regrid.LeftBehind(ctx, tx)
	if err != nil || len(left) == 0 {
		return finding{detail: "none of a community overlap, and nothing open lies in one that has ended"}, err
	}
	n := 0
	for _, l := range left {
		n += l.Count
	}
	return finding{warns, fmt.Sprintf("%d of what is open lie in cells that have ended, the first a %s in %s: `gridwork work` moves them within a minute",
		n, left[0].Work, left[0].Cell)}, nil
}

// requeueAll gives everything that was given up its tries again.
func requeueAll(ctx context.Context, db *pg.DB) error {
	return db.Write(ctx, func(tx *pg.Tx) error {
		jobs, err := tasks.Dead(ctx, tx, nil, 1000)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			if err := tasks.Requeue(ctx, tx, j.ID); err != nil {
				return err
			}
		}
		letters, _, err := notify.Dead(ctx, tx, notify.Page{First: 1000})
		if err != nil {
			return err
		}
		for _, l := range letters {
			if _, err := notify.Requeue(ctx, tx, l.ID); err != nil {
				return err
			}
		}
		fmt.Printf("requeued %d jobs and %d messages\n", len(jobs), len(letters))
		return nil
	})
}
