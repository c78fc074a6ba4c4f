package server

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"gridwork/pg"
	"gridwork/test/dbtest"
)

func TestHealthSaysThatNobodyKeepsTheDeadlines(t *testing.T) {
	t.Parallel()
	p := &Process{DB: dbtest.DB(t), Redis: redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1})}
	t.Cleanup(func() { _ = p.Redis.Close() })
	due := func(ago time.Duration) {
		t.Helper()
		if err := p.DB.Write(t.Context(), func(tx *pg.Tx) error {
			_, err := tx.Exec(t.Context(), `insert into deadlines (id, clock_id, case_id, step, occurrence, due_at, state, armed_at)
				values ($1, $2, $3, 0, 0, $4, 'armed', $4)`, pg.NewID(), pg.NewID(), pg.NewID(), tx.Now.Add(-ago))
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}

	due(time.Second) // a keeper may be on its way
	if h := p.health(t.Context()); h != (health{Ready: true, Postgres: "ok", Redis: "away", Deadlines: "ok"}) {
		t.Errorf("while keepers work: %+v", h)
	}
	due(time.Minute)
	if h := p.health(t.Context()); h != (health{Ready: true, Postgres: "ok", Redis: "away", Deadlines: "late"}) {
		t.Errorf("while none does: %+v", h)
	}
}
