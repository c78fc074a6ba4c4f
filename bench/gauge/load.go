// Package gauge measures what requests take and what CPU they cost whom, contenders side by side: machines differ and
// are shared, so a figure is a ratio within one run whose slices take turns, and the rest is context.
package gauge

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Contender is one of the things that are compared.
type Contender struct {
	Name string
	// Do makes one request. Each worker calls it for itself, one request after the other.
	Do func(ctx context.Context, worker int) error
	// Meters tell whose CPU its requests cost.
	Meters []Meter
}

// Plan says how the contenders take turns.
type Plan struct {
	Workers int           // requests at a time
	Slices  int           // turns of each contender
	Slice   time.Duration // length of a turn
	Warm    time.Duration // length of the turn before the first, which does not count
}

// Slice is one turn of one contender.
type Slice struct {
	Took      time.Duration
	Latencies []time.Duration // of each request, the shortest first
	CPU       []time.Duration // of each meter
}

// Series are a contender's turns.
type Series struct {
	Name   string
	Meters []string
	Slices []Slice
}

// Interleave lets the contenders take turns: A B A B …. The first request that fails ends it.
func Interleave(ctx context.Context, p Plan, contenders ...Contender) ([]Series, error) {
	series := make([]Series, len(contenders))
	for i, c := range contenders {
		series[i].Name = c.Name
		for _, m := range c.Meters {
			series[i].Meters = append(series[i].Meters, m.Name)
		}
		if _, err := c.turn(ctx, p.Workers, p.Warm); err != nil {
			return nil, err
		}
	}
	for range p.Slices {
		for i, c := range contenders {
			slice, err := c.turn(ctx, p.Workers, p.Slice)
			if err != nil {
				return nil, err
			}
			series[i].Slices = append(series[i].Slices, slice)
		}
	}
	return series, nil
}

// turn makes requests for some time, and counts those that were begun in it.
func (c Contender) turn(ctx context.Context, workers int, length time.Duration) (Slice, error) {
	before, err := read(c.Meters)
	if err != nil {
		return Slice{}, err
	}
	begun := time.Now()
	latencies, err := c.drive(ctx, workers, begun.Add(length))
	took := time.Since(begun)
	if err != nil {
		return Slice{}, err
	}
	after, err := read(c.Meters)
	for i := range after {
		after[i] -= before[i]
	}
	return Slice{Took: took, Latencies: latencies, CPU: after}, err
}

func (c Contender) drive(ctx context.Context, workers int, until time.Time) ([]time.Duration, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	each, failed := make([][]time.Duration, workers), make([]error, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			if each[w], failed[w] = c.repeat(ctx, w, until); failed[w] != nil {
				stop()
			}
		})
	}
	all.Wait()
	latencies := slices.Concat(each...)
	slices.Sort(latencies)
	return latencies, errors.Join(failed...)
}

func (c Contender) repeat(ctx context.Context, worker int, until time.Time) (latencies []time.Duration, err error) {
	for begun := time.Now(); begun.Before(until); {
		if err := c.Do(ctx, worker); err != nil {
			return nil, err
		}
		now := time.Now()
		latencies = append(latencies, now.Sub(begun))
		begun = now
	}
	return latencies, nil
}
