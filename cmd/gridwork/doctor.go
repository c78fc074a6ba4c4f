package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/redis/go-redis/v9"

	"gridwork/actor"
	"gridwork/migrations"
	"gridwork/pg"
	"gridwork/server"
)

type doctorCommand struct {
	Requeue bool `help:"Also give dead jobs and dead messages all their tries again."`
}

// errUnwell makes the exit code say what the table says.
var errUnwell = errors.New("not everything is well")

// verdict is how bad a finding is.
type verdict int

const (
	well verdict = iota
	warns
	fails
)

var verdictWords = [...]string{well: "ok", warns: "WARN", fails: "FAIL"}

// finding is one line of the doctor's table.
type finding struct {
	verdict verdict
	detail  string
}

// Run examines the platform from outside: it needs the stores, not a running process.
func (d doctorCommand) Run(ctx context.Context) (err error) {
	c, log, err := configured()
	if err != nil {
		return err
	}
	c, stop, err := withStores(ctx, c, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	ctx = actor.With(ctx, actor.System("doctor"))
	worst := report(os.Stdout, "schema", examine(func() (finding, error) {
		return finding{detail: "at this program's version"}, migrations.Check(ctx, c.DatabaseURL, c.City)
	}))
	if worst == fails {
		return errUnwell // nothing else can be asked of another schema
	}
	worst = max(worst, report(os.Stdout, "redis", redisAnswers(ctx, c)), report(os.Stdout, "photo store", examine(func() (finding, error) { return photosAnswer(ctx, c) })))
	db, err := pg.Open(ctx, pg.Options{URL: c.DatabaseURL, City: c.City, Conns: 4})
	if err != nil {
		return err
	}
	defer db.Close()
	if d.Requeue {
		if err := requeueAll(ctx, db); err != nil {
			return err
		}
	}
	for _, e := range examinations {
		found := examine(func() (finding, error) {
			return pg.ReadVal(ctx, db, func(tx *pg.Tx) (finding, error) { return e.look(ctx, tx) })
		})
		worst = max(worst, report(os.Stdout, e.name, found))
	}
	if worst == fails {
		return errUnwell
	}
	return nil
}

// examine turns an error into a finding: a doctor that stops at the first trouble sees only one.
func examine(look func() (finding, error)) finding {
	f, err := look()
	if err != nil {
		return finding{fails, err.Error()}
	}
	return f
}

func report(w io.Writer, name string, f finding) verdict {
	fmt.Fprintf(w, "%-5s %-22s %s\n", verdictWords[f.verdict], name, f.detail)
	return f.verdict
}

func redisAnswers(ctx context.Context, c server.Config) finding {
	o, err := redis.ParseURL(c.RedisURL)
	if err != nil {
		return finding{fails, "REDIS_URL cannot be read"}
	}
	client := redis.NewClient(o)
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if err := client.Ping(ctx).Err(); err != nil {
		return finding{warns, "does not answer: jobs run in process, nothing is lost"}
	}
	return finding{detail: "answers"}
}

func photosAnswer(ctx context.Context, c server.Config) (finding, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	files, err := c.Files(ctx)
	if err != nil {
		return finding{}, err
	}
	return finding{detail: "answers"}, errors.Join(files.Look(ctx), files.Close())
}
