// Package story tells one tip's life: a whole platform runs for it, with a clock that the story moves forward, and
// everything in it goes through the public API.
package story

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/demo"
	"gridwork/demo/client"
	"gridwork/demo/scratch"
	"gridwork/server"
)

// Options say how the story is told.
type Options struct {
	Out  io.Writer
	Lang string        // Chinese or English
	Pace time.Duration // between two lines
	Log  *slog.Logger  // of the platform
}

// Where the story happens, and whose it is.
const (
	street     = "440304001"
	department = "fire"
	category   = "2103" // a locked emergency exit
)

// tale is the story while it is told.
type tale struct {
	teller
	platform *scratch.Platform
	begun    time.Time // by this machine's clock
	began    time.Time // by the city's

	anyone, dispatcher, desk, handler *client.Client

	told  [2]told // what the two reporters hold
	filed uuid.UUID
	heard int // events of the case's timeline that were told
	rung  int // steps of the ladder that fired
}

// told is one reporter's report, and the receipt of it.
type told struct {
	client.Report
	client.Receipt
}

// Run tells the story on a scratch city of the given stores, which is gone when it is over.
func Run(ctx context.Context, c server.Config, o Options) (err error) {
	s := &tale{teller: teller{o.Out, o.Lang, o.Pace}, begun: time.Now()}
	s.write("", words{"正在搭建一座小城：一个街道，真实的服务与后台任务，自己的时钟……", "Building a small city: one street, the real server and background work, a clock of its own …"}, nil)
	if s.platform, err = scratch.Start(ctx, c, demo.Size{Cells: 150, Parts: []string{street}}, o.Log); err != nil {
		return fmt.Errorf("the story cannot begin: %w", err)
	}
	defer func() { err = errors.Join(err, s.platform.Stop()) }()
	for _, scene := range []func(context.Context) error{
		s.morning, s.report, s.triage, s.routed, s.silence, s.disposal, s.check, s.outcome, s.end,
	} {
		if err := scene(ctx); err != nil {
			return err
		}
	}
	return nil
}

// morning signs everybody in, at a quarter past nine on the next working day.
func (s *tale) morning(ctx context.Context) (err error) {
	if s.began, err = s.platform.Morning(ctx); err != nil {
		return err
	}
	s.anyone = client.New(s.platform.URL)
	for login, who := range map[string]**client.Client{
		"dispatcher." + street + ".1":                 &s.dispatcher,
		"desk." + department + "." + street + ".1":    &s.desk,
		"handler." + department + "." + street + ".1": &s.handler,
	} {
		if *who, err = s.anyone.SignIn(ctx, login, demo.Password); err != nil {
			return err
		}
	}
	return nil
}

// at tells something that has just happened.
func (s *tale) at(ctx context.Context, line words, args ...any) error {
	now, err := s.platform.Now(ctx)
	if err == nil {
		s.say(now, line, args...)
	}
	return err
}

// pass lets time go by in the city.
func (s *tale) pass(ctx context.Context, d time.Duration) error { return s.platform.Advance(ctx, d) }

// patience is how long the story waits for the platform; look is how often it asks.
const (
	patience = 20 * time.Second
	look     = 20 * time.Millisecond
)

// await asks until something is so.
func await(ctx context.Context, what string, ask func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		ok, err := ask()
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the story waited in vain until %s: %w", what, ctx.Err())
		case <-time.After(look):
		}
	}
}

// theCase is the case as the dispatcher sees it.
func (s *tale) theCase(ctx context.Context) (client.Case, error) {
	c, err := s.dispatcher.Case(ctx, s.filed)
	if err == nil && c == nil {
		err = errors.New("the dispatcher does not find the case")
	}
	if err != nil {
		return client.Case{}, err
	}
	return *c, nil
}

// awaitCase waits until the case is as it should be.
func (s *tale) awaitCase(ctx context.Context, what string, is func(client.Case) bool) (c client.Case, err error) {
	err = await(ctx, what, func() (bool, error) {
		c, err = s.theCase(ctx)
		return err == nil && is(c), err
	})
	return c, err
}

// workerNamed finds the login of a grid worker whom the platform names.
func workerNamed(id uuid.UUID) (string, error) {
	var logins []string
	for i := range 99 {
		logins = append(logins, fmt.Sprintf("worker.%s.%02d", street, i+1), fmt.Sprintf("patrol.%s.%d", street, i+1))
	}
	i := slices.IndexFunc(logins, func(login string) bool { return demo.PersonID(login) == id })
	if i < 0 {
		return "", errors.New("the story does not know the grid worker who was asked")
	}
	return logins[i], nil
}
