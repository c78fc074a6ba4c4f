package pg

import (
	"context"
	"sync"
)

const (
	// lanes is how many rounds of a gathering run at a time: while they are under way, the next ones gather.
	lanes = 2
	// atOnce bounds how many go in one round.
	atOnce = 64
)

// gathering lets calls that arrive at the same time go to the database together. One that comes alone waits for nobody.
type gathering[In, Out any] struct {
	together func([]*place[In, Out]) // answers each of its places

	mu      sync.Mutex
	waiting []*place[In, Out]
	busy    int // lanes
}

// place is a caller's in a gathering.
type place[In, Out any] struct {
	in    In
	out   Out
	err   error
	alone bool // going together failed: this one has to go by itself
	done  chan struct{}
}

// join waits until the call was answered, with the others of its round. A caller who gives up leaves the others, and the
// call itself, to go on.
func (g *gathering[In, Out]) join(ctx context.Context, in In) (*place[In, Out], error) {
	p := &place[In, Out]{in: in, done: make(chan struct{})}
	g.enter(p)
	select {
	case <-p.done:
		return p, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (g *gathering[In, Out]) enter(p *place[In, Out]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, p)
	if g.busy < lanes {
		g.busy++
		go g.lane()
	}
}

// lane goes for those who wait until nobody does.
func (g *gathering[In, Out]) lane() {
	for all := g.next(); len(all) > 0; all = g.next() {
		g.together(all)
		for _, p := range all {
			close(p.done)
		}
	}
}

// next takes those who wait. Without any the lane is free again.
func (g *gathering[In, Out]) next() []*place[In, Out] {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := min(len(g.waiting), atOnce)
	if n == 0 {
		g.busy--
	}
	all := g.waiting[:n:n]
	g.waiting = g.waiting[n:]
	return all
}

func inputs[In, Out any](all []*place[In, Out]) []In {
	ins := make([]In, len(all))
	for i, p := range all {
		ins[i] = p.in
	}
	return ins
}
