package pg

import (
	"context"
	"time"
)

// Readers lets the same question about different keys, asked at the same time, be one query: for what is asked with every
// request. Nothing is remembered: each answer is as fresh as one that was asked for alone.
type Readers[T any] struct {
	gathering[[]byte, sight[T]]
}

// sight is what one reader finds: the rows of its key, and the database's time.
type sight[T any] struct {
	rows []T
	now  time.Time
}

// NewReaders asks sql, whose $1 is bytea[]; keyOf tells which of those a row answers.
func NewReaders[T any](db *DB, sql string, keyOf func(T) []byte) *Readers[T] {
	r := &Readers[T]{}
	r.together = func(all []*place[[]byte, sight[T]]) {
		ctx, cancel := context.WithTimeout(context.Background(), sharedTime)
		defer cancel()
		rows, now, err := Glance[T](ctx, db, sql, inputs(all))
		of := make(map[string][]T, len(all))
		for _, row := range rows {
			key := string(keyOf(row))
			of[key] = append(of[key], row)
		}
		for _, p := range all {
			p.out, p.err = sight[T]{of[string(p.in)], now}, err
		}
	}
	return r
}

// Glance finds the rows of one key, and reads the database's time with them.
func (r *Readers[T]) Glance(ctx context.Context, key []byte) (found []T, now time.Time, err error) {
	p, err := r.join(ctx, key)
	if err != nil {
		return nil, time.Time{}, err
	}
	return p.out.rows, p.out.now, p.err
}
