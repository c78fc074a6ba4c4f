package tasks

import (
	"context"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func TestAFlushedRedisCostsTimeAndNothingElse(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	w := b.worker(t, b.effect())
	job := b.emit(t)
	if n, err := w.dispatch(t.Context()); n != 1 || err != nil {
		t.Fatalf("dispatched %d, %v", n, err)
	}

	if err := w.redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	b.db.Advance(time.Minute)
	b.start(t, w)
	must(t, newReconciler(w).once(t.Context(), t.Context()))

	eventually(t, "it is done", func() bool { return b.done(t, job) })
	equal(t, "effects", b.effects(t, job), 1)
}

func TestJobsRunHereWhileRedisIsAwayAndThereWhenItIsBack(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	w := b.worker(t, b.effect())
	w.standInAfter = 50 * time.Millisecond
	server.stop(t)
	b.start(t, w)

	away := b.emit(t)
	eventually(t, "it is done without Redis", func() bool { return b.done(t, away) })

	server.start(t)
	eventually(t, "Redis is found back", func() bool { return w.health.awayFor() == 0 })
	back := b.emit(t)
	eventually(t, "it is done with Redis", func() bool { return b.done(t, back) })
	equal(t, "effects", b.effects(t, away)+b.effects(t, back), 2)
}

func TestARedisThatHangsDoesNotHangTheRelay(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	w := b.worker(t, b.effect())
	must(t, server.cmd.Process.Signal(syscall.SIGSTOP))
	job := b.emit(t)

	if n, err := w.dispatch(t.Context()); err == nil {
		t.Fatalf("dispatched %d into the void", n)
	}

	must(t, server.cmd.Process.Signal(syscall.SIGCONT))
	b.start(t, w)
	eventually(t, "it is done afterwards", func() bool { return b.done(t, job) })
	equal(t, "effects", b.effects(t, job), 1)
}

func TestARedisThatIsFullCountsAsAway(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	must(t, b.redis.ConfigSet(t.Context(), "maxmemory", "1").Err())
	w := b.worker(t, b.effect())
	w.standInAfter = 50 * time.Millisecond
	b.start(t, w)
	job := b.emit(t)
	eventually(t, "it is done without Redis", func() bool { return b.done(t, job) })
	equal(t, "away", w.health.awayFor() > 0, true)
}

// redisServer is a Redis of the test's own, to be flushed, stopped and hung.
type redisServer struct {
	url, socket string
	cmd         *exec.Cmd
}

func newRedis(t testing.TB) *redisServer {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "r") // short: a socket's path ends at 107 bytes
	s := &redisServer{url: "unix://" + socket + "?read_timeout=300ms&max_retries=1", socket: socket}
	s.start(t)
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(syscall.SIGCONT)
		s.stop(t)
	})
	return s
}

func (s *redisServer) start(t testing.TB) {
	t.Helper()
	s.cmd = exec.Command("redis-server", "--port", "0", "--unixsocket", s.socket, "--save", "", "--appendonly", "no")
	must(t, s.cmd.Start())
	options, err := redis.ParseURL(s.url)
	must(t, err)
	client := redis.NewClient(options)
	defer client.Close()
	eventually(t, "Redis answers", func() bool { return client.Ping(context.Background()).Err() == nil })
}

func (s *redisServer) stop(testing.TB) {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}
