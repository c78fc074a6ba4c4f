// Submit measures submitClue complete, through the real server: HTTP, GraphQL by trusted document, session, clue, sealed
// reporter, event, clock and deadline, audit, message, outbox. It is compared with the floor (see bench/floor) on the
// same durable Postgres, in slices that take turns.
//
//	go run ./bench/submit                    signed in and anonymous, nothing in the background
//	go run ./bench/submit -background        with the relay, the keepers and the jobs at work beside it
//	go run ./bench/submit -profile cpu.prof  and where the server's CPU went
//	go run ./bench/submit -against before    beside another build of this program, such as one before a change
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
)

// workers is how many requests are made at a time.
const workers = 16

type options struct {
	slices     int
	slice      time.Duration
	background bool
	profile    string
	against    string
}

func main() {
	var o options
	role := flag.String("role", "", "what to be, when this program starts itself again")
	flag.IntVar(&o.slices, "slices", 10, "turns of each")
	flag.DurationVar(&o.slice, "slice", 3*time.Second, "length of a turn")
	flag.BoolVar(&o.background, "background", false, "let the background work run beside it")
	flag.StringVar(&o.profile, "profile", "", "file for the CPU profile of the platform's server")
	flag.StringVar(&o.against, "against", "", "another build of this program to compare with")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		if *role != "" {
			return be(ctx, *role, o.profile)
		}
		return stand.With(ctx, stand.Durable, func(s *stand.Stand) error { return o.measure(ctx, s) })
	})
}

func (o options) measure(ctx context.Context, s *stand.Stand) error {
	city, err := s.DemoCity(ctx, "city", demo.Whole)
	if err != nil {
		return err
	}
	bare, err := s.Database(ctx, "floor")
	if err != nil {
		return err
	}
	bottom, err := stand.Spawn(ctx, []string{"DATABASE_URL=" + bare}, "-role", roleFloor)
	if err != nil {
		return err
	}
	defer bottom.Stop()
	r, err := newReporter(ctx, s, city)
	if err != nil {
		return err
	}
	contenders := []gauge.Contender{{Name: "floor", Do: r.toFloor(bottom.URL), Meters: meters(s, bottom)}}
	platform, err := stand.Spawn(ctx, s.Environment(city, "DB_POOL="+fmt.Sprint(pool)), "-role", rolePlatform, "-profile", o.profile)
	if err != nil {
		return err
	}
	defer platform.Stop()
	if contenders, err = r.enter(ctx, s, contenders, platform, ""); err != nil {
		return err
	}
	if o.against != "" {
		other, err := stand.SpawnOther(ctx, o.against, s.Environment(city, "DB_POOL="+fmt.Sprint(pool)), "-role", rolePlatform)
		if err != nil {
			return err
		}
		defer other.Stop()
		if contenders, err = r.enter(ctx, s, contenders, other, ", "+filepath.Base(o.against)); err != nil {
			return err
		}
	}
	if o.background {
		work, err := stand.Spawn(ctx, s.Environment(city), "-role", roleWork)
		if err != nil {
			return err
		}
		defer work.Stop()
		for i := range contenders {
			contenders[i].Meters = append(contenders[i].Meters, gauge.Process("background", work.Pid))
		}
	}
	return o.compare(ctx, contenders)
}

// enter adds what a platform's server does for somebody signed in and for nobody.
func (r *reporter) enter(ctx context.Context, s *stand.Stand, contenders []gauge.Contender, platform *stand.Child, suffix string) ([]gauge.Contender, error) {
	tokens, err := r.signIn(ctx, platform.URL, workers)
	if err != nil {
		return nil, err
	}
	volunteer, err := r.toPlatform(platform.URL, tokens)
	if err != nil {
		return nil, err
	}
	anonymous, err := r.toPlatform(platform.URL, nil)
	return append(contenders,
		gauge.Contender{Name: "volunteer" + suffix, Do: volunteer, Meters: meters(s, platform)},
		gauge.Contender{Name: "anonymous" + suffix, Do: anonymous, Meters: meters(s, platform)}), err
}

func meters(s *stand.Stand, of *stand.Child) []gauge.Meter {
	return []gauge.Meter{gauge.Process("server", of.Pid), s.Postgres(), gauge.Self("client")}
}

func (o options) compare(ctx context.Context, contenders []gauge.Contender) error {
	before := gauge.Machine()
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: workers, Slices: o.slices, Slice: o.slice, Warm: o.slice}, contenders...)
	if err != nil {
		return err
	}
	fmt.Printf("%d connections, %d slices of %s each; background work %v; %s before, %s after\n",
		workers, o.slices, o.slice, o.background, before, gauge.Machine())
	gauge.Report(os.Stdout, series)
	fmt.Println("goal: at least 0.5 of the floor's requests/s, p99 at most 2 of its")
	return nil
}
