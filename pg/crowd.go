package pg

import (
	"context"
	"errors"
	"time"
)

// sharedTime bounds a shared transaction or query.
const sharedTime = 40 * time.Second

// Crowd lets writes that arrive at the same time share a transaction, so that a flood costs a commit for many instead of
// one for each. A write that comes alone waits for nobody.
type Crowd[In, Out any] struct {
	db    *DB
	write func(context.Context, *Tx, []In) ([]Out, error)
	gathering[In, Out]
}

// NewCrowd shares out write, which answers each of its inputs. Its transactions act for nobody in particular, and like
// those of DB.Write they may run more than once.
func NewCrowd[In, Out any](db *DB, write func(context.Context, *Tx, []In) ([]Out, error)) *Crowd[In, Out] {
	c := &Crowd[In, Out]{db: db, write: write}
	c.together = c.share
	return c
}

// Write makes one write, and returns when it is committed. When a shared transaction fails, each of its writes is made
// again in one of its own, so that nobody's failure is another's.
func (c *Crowd[In, Out]) Write(ctx context.Context, in In) (out Out, err error) {
	p, err := c.join(ctx, in)
	if err != nil {
		return out, err
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
	ins := inputs(all)
	err = c.db.run(ctx, "begin", func(tx *Tx) (err error) {
		begun = true
		outs, err = c.write(ctx, tx, ins)
		return err
	})
	return outs, begun, err
}

// errPanic stands for a panic, which happens again, with its stack, in the caller whose write it is.
var errPanic = errors.New("panic in a shared transaction")
