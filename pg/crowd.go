package pg

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// lanes is how many shared transactions of a crowd run at a time: while they commit, the next ones gather.
	lanes = 2
	// atOnce bounds how many writes share a transaction.
	atOnce = 64
	// sharedTime bounds a shared transaction.
	sharedTime = 40 * time.Second
)

// Crowd lets writes that arrive at the same time share a transaction, so that a flood costs a commit for many instead of
// one for each. A write that comes alone waits for nobody.
type Crowd[In, Out any] struct {
	db    *DB
	write func(context.Context, *Tx, []In) ([]Out, error)

	mu      sync.Mutex
	waiting []*place[In, Out]
	busy    int // lanes
}

// place is a caller's in the crowd.
type place[In, Out any] struct {
	in    In
	out   Out
	err   error
	alone bool // the shared transaction failed: this write has to be made by itself
	done  chan struct{}
}

// NewCrowd shares out write, which answers each of its inputs. Its transactions act for nobody in particular, and like
// those of DB.Write they may run more than once.
func NewCrowd[In, Out any](db *DB, write func(context.Context, *Tx, []In) ([]Out, error)) *Crowd[In, Out] {
	return &Crowd[In, Out]{db: db, write: write}
}

// Write makes one write, and returns when it is committed. When a shared transaction fails, each of its writes is made
// again in one of its own, so that nobody's failure is another's.
func (c *Crowd[In, Out]) Write(ctx context.Context, in In) (out Out, err error) {
	p := &place[In, Out]{in: in, done: make(chan struct{})}
	c.join(p)
	select {
	case <-p.done:
	case <-ctx.Done(): // the others go on, and so does this write
		return out, ctx.Err()
	}
	if !p.alone {
		return p.out, p.err
	}
	return WriteVal(ctx, c.db, func(tx *Tx) (out Out, err error) {
		all, err := c.write(ctx, tx, []In{in})
		if err != nil {
			return out, err
		}
		return all[0], nil
	})
}

func (c *Crowd[In, Out]) join(p *place[In, Out]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = append(c.waiting, p)
	if c.busy < lanes {
		c.busy++
		go c.lane()
	}
}

// lane writes for those who wait until nobody does.
func (c *Crowd[In, Out]) lane() {
	for all := c.next(); len(all) > 0; all = c.next() {
		c.share(all)
		for _, p := range all {
			close(p.done)
		}
	}
}

// next takes those who wait. Without any the lane is free again.
func (c *Crowd[In, Out]) next() []*place[In, Out] {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(c.waiting), atOnce)
	if n == 0 {
		c.busy--
	}
	all := c.waiting[:n:n]
	c.waiting = c.waiting[n:]
	return all
}

// share makes all writes in one transaction. What fails once it has begun may be the fault of one of them: made alone, it
// fails where its own caller sees it. That the store is busy is everybody's.
func (c *Crowd[In, Out]) share(all []*place[In, Out]) {
	outs, begun, err := c.attempt(all)
	for i, p := range all {
		switch {
		case err == nil:
			p.out = outs[i]
		case begun:
			p.alone = true
		default:
			p.err = err
		}
	}
}

func (c *Crowd[In, Out]) attempt(all []*place[In, Out]) (outs []Out, begun bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), sharedTime)
	defer cancel()
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	ins := make([]In, len(all))
	for i, p := range all {
		ins[i] = p.in
	}
	err = c.db.run(ctx, "begin", func(tx *Tx) (err error) {
		begun = true
		outs, err = c.write(ctx, tx, ins)
		return err
	})
	return outs, begun, err
}

// errPanic stands for a panic, which happens again, with its stack, in the caller whose write it is.
var errPanic = errors.New("panic in a shared transaction")
