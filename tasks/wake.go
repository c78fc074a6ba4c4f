package tasks

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/pg"
)

// announceGap is the least time between two notifications of one process.
const announceGap = 20 * time.Millisecond

// Announce tells the working processes, until ctx ends, when this one has committed something that they should look at.
// It is for processes that do no background work themselves. onCommit registers what is called after a commit.
//
// A notification takes a lock on the whole cluster until its commit, which is why it has a transaction of its own,
// after the one that it tells of, and comes at most once in 20 ms: inside the transaction it cost seven eighths of the
// throughput.
func Announce(ctx context.Context, db *pg.DB, onCommit func(wake func())) {
	var b bell
	ear := b.ear()
	onCommit(b.ring)
	ctx = actor.With(ctx, actor.System("announcer"))
	for {
		select {
		case <-ctx.Done():
			return
		case <-ear:
		}
		// An announcement that fails costs a second at most: the relay polls.
		_ = db.Write(ctx, func(tx *pg.Tx) error {
			tx.Queue(lazyCommitSQL)
			tx.Queue(announceSQL, channel(db.City()))
			return nil
		})
		rest(ctx, nil, announceGap)
	}
}

func channel(city string) string { return "gridwork_" + city }

// listen rings the bell for announcements of other processes, until ctx ends. It has a connection of its own, because a
// pooled one cannot wait. Without one, the polls still find everything.
func (w *worker) listen(ctx context.Context, url string) {
	for ctx.Err() == nil {
		if err := w.hear(ctx, url); err != nil && ctx.Err() == nil {
			w.log.Warn("announcements of other processes are not heard", "cause", cause(err))
		}
		rest(ctx, nil, relayPause)
	}
}

func (w *worker) hear(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "listen "+pgx.Identifier{channel(w.db.City())}.Sanitize()); err != nil {
		return err
	}
	for {
		w.bell.ring() // also for what was announced before we listened
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}
