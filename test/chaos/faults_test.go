//go:build chaos

package chaos

import (
	"syscall"
	"testing"
	"time"
)

// slack is how late a deadline may be beyond an outage.
const slack = 3 * time.Second

func TestAWorkerThatIsKilledAgainAndAgainLosesNothing(t *testing.T) {
	p := start(t)
	crowd := p.load()

	const outage = 2 * time.Second
	var longest time.Duration
	for range 6 {
		p.pass(4 * time.Second)
		down := time.Now()
		p.work.kill()
		p.pass(outage)
		p.work.start()
		longest = max(longest, time.Since(down))
	}
	p.pass(10 * time.Second)

	l := crowd.finish(t)
	p.promises(l)
	p.inTime(longest + slack)
	if failed := l.tell(t); failed > 0.001 {
		t.Errorf("%.2f %% of the submissions failed, though only the worker was killed", 100*failed)
	}
}

func TestFlushingRedisCostsTimeAndNothingElse(t *testing.T) {
	p := start(t)
	crowd := p.load()

	for range 8 {
		p.pass(3 * time.Second)
		p.flushRedis()
	}
	p.pass(12 * time.Second)

	l := crowd.finish(t)
	p.promises(l)
	p.inTime(slack)
	if failed := l.tell(t); failed > 0.001 {
		t.Errorf("%.2f %% of the submissions failed", 100*failed)
	}
}

func TestWithRedisStoppedTipsAreTakenCasesRoutedAndDeadlinesFire(t *testing.T) {
	p := start(t)
	crowd := p.load()

	p.pass(5 * time.Second)
	if err := p.stores.Redis.Kill(); err != nil {
		t.Fatal(err)
	}
	p.pass(30 * time.Second)

	// While Redis is still away, what was filed twelve seconds ago has reached its department.
	if waiting := column[int64](p, `select count(*) from cases where state = 'filed' and filed_at < now() - interval '12 seconds'`); waiting[0] != 0 {
		t.Errorf("%d cases wait for Redis", waiting[0])
	}
	if err := p.stores.Redis.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.pass(10 * time.Second)

	l := crowd.finish(t)
	p.promises(l)
	p.inTime(slack)
	if failed := l.tell(t); failed > 0.001 {
		t.Errorf("%.2f %% of the submissions failed; at least 99.9 %% have to be taken", 100*failed)
	}
}

func TestARedisThatAnswersNothingHoldsUpNobody(t *testing.T) {
	p := start(t)
	crowd := p.load()

	// Connections stay open, and nothing ever comes back: worse than a Redis that is gone.
	p.pass(5 * time.Second)
	hung := p.stores.Redis.Pid()
	p.signal(hung, syscall.SIGSTOP)
	t.Cleanup(func() { p.signal(hung, syscall.SIGCONT) })
	p.pass(25 * time.Second)
	if waiting := column[int64](p, `select count(*) from cases where state = 'filed' and filed_at < now() - interval '15 seconds'`); waiting[0] != 0 {
		t.Errorf("%d cases wait for Redis", waiting[0])
	}
	p.signal(hung, syscall.SIGCONT)
	p.pass(10 * time.Second)

	l := crowd.finish(t)
	p.promises(l)
	p.inTime(slack)
	if failed := l.tell(t); failed > 0.001 {
		t.Errorf("%.2f %% of the submissions failed; at least 99.9 %% have to be taken", 100*failed)
	}
}

func TestAPostgresThatIsKilledLosesNothingThatWasAcknowledged(t *testing.T) {
	p := start(t)
	crowd := p.load()

	for range 3 {
		p.pass(6 * time.Second)
		if err := p.stores.Postgres.Kill(); err != nil {
			t.Fatal(err)
		}
		p.pass(time.Second)
		if err := p.stores.Postgres.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		up := time.Now()
		p.ready()
		if back := time.Since(up); back > 5*time.Second {
			t.Errorf("the server serves again %s after its database", back)
		}
	}
	p.pass(12 * time.Second)

	l := crowd.finish(t)
	p.promises(l)
	l.tell(t)
}

func TestAServerThatIsKilledUnderLoadLosesNothingThatItAcknowledged(t *testing.T) {
	p := start(t)
	crowd := p.load()

	var slowest time.Duration
	for range 8 {
		p.pass(3 * time.Second)
		p.serve.kill()
		down := time.Now()
		p.serve.start()
		p.ready()
		slowest = max(slowest, time.Since(down))
	}
	p.pass(10 * time.Second)

	l := crowd.finish(t)
	p.promises(l)
	p.inTime(slack)
	l.tell(t)
	if slowest > 3*time.Second {
		t.Errorf("the server was back after %s at the latest; 3 s are allowed", slowest)
	}
}
