package harness

import (
	"context"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"gridwork/test/dbtest"
)

const (
	// databases is how many a Redis has unless it is told otherwise.
	databases = 16
	// lease outlives every test; a killed one gives its database back by it.
	lease = 10 * time.Minute
	// crowded is how long a test waits for a free one.
	crowded = 2 * time.Minute
)

// ownRedis lends the test a database of the shared Redis, empty, until it ends: the names of the queues are the same
// in every platform, so two of them must never meet. Which are taken is noted in database 0, for all test processes.
func ownRedis(t testing.TB) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), crowded)
	defer cancel()
	notes := redisClient(t, dbtest.RedisURL(t))
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		for n := 1; n < databases; n++ {
			if address, ok := borrow(ctx, t, notes, n); ok {
				return address
			}
		}
		select {
		case <-ctx.Done():
			t.Fatal("harness: no database of the test Redis is free")
		case <-tick.C:
		}
	}
}

func borrow(ctx context.Context, t testing.TB, notes *redis.Client, n int) (address string, ok bool) {
	t.Helper()
	note := fmt.Sprintf("gridwork-test-database-%d", n)
	taken, err := notes.SetNX(ctx, note, "taken", lease).Result()
	if err != nil {
		t.Fatalf("harness: %v", err)
	}
	if !taken {
		return "", false
	}
	address = withNumber(t, dbtest.RedisURL(t), n)
	own := redisClient(t, address)
	if err := own.FlushDB(ctx).Err(); err != nil {
		t.Fatalf("harness: %v", err)
	}
	t.Cleanup(func() {
		ctx := context.Background()
		if err := own.FlushDB(ctx).Err(); err != nil {
			t.Errorf("harness: %v", err)
		}
		notes.Del(ctx, note)
	})
	return address, true
}

func withNumber(t testing.TB, address string, n int) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatalf("harness: the Redis URL: %v", err)
	}
	query := u.Query()
	query.Set("db", fmt.Sprint(n))
	u.RawQuery = query.Encode()
	return u.String()
}

func redisClient(t testing.TB, address string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatalf("harness: the Redis URL: %v", err)
	}
	options.PoolSize = 2
	client := redis.NewClient(options)
	t.Cleanup(func() { client.Close() })
	return client
}
