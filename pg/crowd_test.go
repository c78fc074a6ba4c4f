package pg_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gridwork/pg"
	"gridwork/test/dbtest"
)

var (
	errRefused = errors.New("refused")
	errMad     = errors.New("panicked")
)

// register writes one row a key, and fails or panics over some of them.
type register struct {
	*pg.Crowd[string, string]
	db    *pg.DB
	taken atomic.Int64 // by a lane
}

func newRegister(t *testing.T) *register {
	t.Helper()
	r := &register{db: dbtest.DB(t)}
	r.Crowd = pg.NewCrowd(r.db, r.write)
	return r
}

func (r *register) write(_ context.Context, tx *pg.Tx, in []string) ([]string, error) {
	r.taken.Add(int64(len(in)))
	out := make([]string, len(in))
	for i, key := range in {
		switch key {
		case "bad":
			return nil, errRefused
		case "mad":
			panic("over one of them")
		}
		tx.Queue(`insert into once (key, at) values ($1, $2)`, key, tx.Now)
		out[i] = key + "!"
	}
	return out, nil
}

// enter is Write for a caller whose panics do not end the test.
func (r *register) enter(ctx context.Context, key string) (out string, err error) {
	defer func() {
		if recover() != nil {
			err = errMad
		}
	}()
	return r.Write(ctx, key)
}

// meet enters keys while a lock holds up the lanes, so that they meet.
func (r *register) meet(t *testing.T, all ...string) (answers map[string]string, failed map[string]error) {
	t.Helper()
	answers, failed = map[string]string{}, map[string]error{}
	var mu sync.Mutex
	var done sync.WaitGroup
	err := r.db.Write(t.Context(), func(tx *pg.Tx) error {
		if _, err := tx.Exec(t.Context(), `lock table once in exclusive mode`); err != nil {
			return err
		}
		for _, key := range all {
			done.Go(func() {
				answer, err := r.enter(t.Context(), key)
				mu.Lock()
				defer mu.Unlock()
				answers[key], failed[key] = answer, err
			})
		}
		for int(r.taken.Load())+r.Waiting() < len(all) && t.Context().Err() == nil {
			runtime.Gosched()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	done.Wait()
	return answers, failed
}

func TestACrowdSharesTransactionsAndEachGetsItsOwnAnswer(t *testing.T) {
	t.Parallel()
	r := newRegister(t)

	answers, failed := r.meet(t, "a", "b", "c", "d", "e", "f", "g", "h")

	for key, err := range failed {
		if err != nil || answers[key] != key+"!" {
			t.Errorf("%s: %q, %v", key, answers[key], err)
		}
	}
	stored, transactions := r.written(t)
	if stored != 8 || transactions > 3 {
		t.Errorf("%d rows in %d transactions", stored, transactions)
	}
}

func TestOneFailureInACrowdIsNobodyElses(t *testing.T) {
	t.Parallel()
	r := newRegister(t)

	_, failed := r.meet(t, "a", "b", "c", "bad", "mad", "f", "g", "h")

	if !errors.Is(failed["bad"], errRefused) || !errors.Is(failed["mad"], errMad) {
		t.Errorf("the bad one: %v; the mad one: %v", failed["bad"], failed["mad"])
	}
	delete(failed, "bad")
	delete(failed, "mad")
	for key, err := range failed {
		if err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if stored, _ := r.written(t); stored != 6 {
		t.Errorf("%d rows", stored)
	}
}

func TestWhoeverLeavesACrowdDoesNotTakeTheOthersAlong(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hasty, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()

	err := r.db.Write(t.Context(), func(tx *pg.Tx) error {
		if _, err := tx.Exec(t.Context(), `lock table once in exclusive mode`); err != nil {
			return err
		}
		if _, err := r.Write(hasty, "hasty"); !errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("left with %w", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	for _, key := range []string{"patient", "later"} {
		if _, err := r.Write(t.Context(), key); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func (r *register) written(t *testing.T) (rows, transactions int) {
	t.Helper()
	err := r.db.Read(t.Context(), func(tx *pg.Tx) error {
		return tx.QueryRow(t.Context(), `select count(*), count(distinct at) from once`).Scan(&rows, &transactions)
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, transactions
}
