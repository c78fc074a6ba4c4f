package traffic

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/demo"
	"gridwork/demo/client"
	"gridwork/demo/scratch"
	"gridwork/geo"
	"gridwork/server"
	"gridwork/test/dbtest"
)

func TestAFewHoursInOneStreetLoseNothingAndEndInATable(t *testing.T) {
	t.Parallel()
	p := platform(t)
	// By night the clocks of working hours stand still, and nobody would be pressed.
	if _, err := p.Morning(t.Context()); err != nil {
		t.Fatal(err)
	}
	hurry, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { _ = p.Hurry(hurry, 600) }()
	// It is played until everything has happened: how long that takes is the machine's affair.
	ctx, enough := context.WithCancel(t.Context())
	defer enough()
	var out bytes.Buffer
	w := Options{URL: p.URL, Rate: 12, Length: 5 * time.Minute, Streets: 1, Seed: 3}.world()
	w.Out = writer(func(text []byte) (int, error) {
		if bytes.Count(out.Bytes(), []byte{'\n'}) >= lines && w.tally.happened() {
			enough()
		}
		return out.Write(text)
	})
	tally, err := w.run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	table := tally.Table()
	if n := tally.Count("acknowledged"); n < 60 || tally.Lost() != 0 || !tally.looked {
		t.Errorf("%d acknowledged, %d lost, looked for %t", n, tally.Lost(), tally.looked)
	}
	for _, what := range append([]string{"pressed"}, played...) {
		if tally.Count(what) == 0 {
			t.Errorf("%s: never", what)
		}
	}
	if n := tally.Count("errors"); n > 0 {
		t.Errorf("%d errors", n)
	}
	if t.Failed() {
		t.Log(table)
	}
	for _, part := range []string{"routed by department", "消防", "escalated by step", "p95", "was found again"} {
		if !strings.Contains(table, part) {
			t.Errorf("the table does not tell %q", part)
		}
	}
	if n := strings.Count(out.String(), "\n"); n < lines {
		t.Errorf("%d lines of progress", n)
	}
}

// lines of progress at least, one each second: three hours of the hurried clock, in which somebody is silent for so long that a
// ladder presses.
const lines = 20

// played is what reporters and staff do sooner or later.
var played = []string{"told again", "repeated", "photos", "filed", "merged", "accepted"}

// happened reports whether all of that has.
func (t *Tally) happened() bool {
	for _, what := range played {
		if t.Count(what) == 0 {
			return false
		}
	}
	return t.Count("acknowledged") >= 60
}

func TestAnInterruptionEndsInTheTableToo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := platform(t)
	tally, err := Run(ctx, Options{URL: p.URL, Rate: 5, Length: time.Hour, Streets: 1, Seed: 4, Out: interrupter(cancel)})
	if err != nil || !tally.looked || tally.Count("acknowledged") == 0 {
		t.Errorf("the table is not complete: %v", err)
	}
}

// interrupter is somebody who presses Ctrl-C at the third line of progress.
func interrupter(cancel func()) io.Writer {
	lines := 0
	return writer(func(text []byte) (int, error) {
		if lines++; lines == 3 {
			cancel()
		}
		return len(text), nil
	})
}

type writer func([]byte) (int, error)

func (w writer) Write(text []byte) (int, error) { return w(text) }

// platform is a real one, with one street.
func platform(t *testing.T) *scratch.Platform {
	t.Helper()
	_, database := dbtest.Open(t)
	c, err := server.Load([]string{"GRIDWORK_MODE=demo", "DATABASE_URL=" + database, "REDIS_URL=" + dbtest.RedisURL(t)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := scratch.Start(context.WithoutCancel(t.Context()), c, demo.Size{Cells: 150, Parts: []string{"440304001"}}, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return p
}

func TestOnlyThisMachineIsFlooded(t *testing.T) {
	t.Parallel()
	for address, allowed := range map[string]bool{
		"http://127.0.0.1:8080": true, "http://localhost:8080": true, "http://[::1]:8080": true, "https://127.0.0.2": true,
		"http://10.0.0.1:8080": false, "http://gridwork.example": false, "http://localhost.example": false, "127.0.0.1:8080": false, "": false,
		"http://127.0.0.1@gridwork.example": false, "ftp://127.0.0.1": false,
	} {
		if err := Loopback(address); (err == nil) != allowed {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestRatesAndTimesAreBounded(t *testing.T) {
	t.Parallel()
	good := Options{URL: "http://127.0.0.1:1", Rate: 20, Length: time.Minute, Streets: 3}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for _, change := range []func(*Options){
		func(o *Options) { o.Rate = 0 }, func(o *Options) { o.Rate = 501 }, func(o *Options) { o.Length = 0 },
		func(o *Options) { o.Length = 25 * time.Hour }, func(o *Options) { o.Streets = 0 }, func(o *Options) { o.URL = "http://example.com" },
	} {
		bad := good
		change(&bad)
		if bad.Check() == nil {
			t.Errorf("%+v is played", bad)
		}
	}
}

func TestReadingsInEveryDatumAreOfTheSamePlace(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	place := geo.Point{Lon: 114.08, Lat: 22.53}
	datums, mocked := map[geo.Datum]int{}, 0
	for range 2000 {
		p := read(r, place)
		point, err := p.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		if d := geo.Distance(point, place); d > 5*p.Accuracy {
			t.Errorf("%s with an accuracy of %.0f m lies %.0f m off", p.Datum, p.Accuracy, d)
		}
		if p.CapturedAt.After(time.Now()) {
			t.Errorf("captured in the future")
		}
		datums[p.Datum]++
		if p.Mocked {
			mocked++
		}
	}
	for _, d := range []geo.Datum{geo.WGS84, geo.GCJ02, geo.BD09, geo.CGCS2000} {
		if datums[d] < 10 {
			t.Errorf("%d readings of 2000 in %s", datums[d], d)
		}
	}
	if mocked < 10 || mocked > 100 {
		t.Errorf("%d readings of 2000 are feigned", mocked)
	}
}

func TestWhoeverIsSilentStaysSilent(t *testing.T) {
	t.Parallel()
	a, b := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	if dice(a, "accept").Float64() != dice(a, "accept").Float64() {
		t.Error("another answer to the same question")
	}
	if dice(a, "accept").Float64() == dice(a, "inspect").Float64() || dice(a, "accept").Float64() == dice(b, "accept").Float64() {
		t.Error("the same answer to another question")
	}
}

func TestAGridWorkerIsSentOnceHoweverOftenReminded(t *testing.T) {
	t.Parallel()
	e := newErrands()
	for range 3 {
		e.add("worker.1")
	}
	e.add("worker.2")
	first, _, ok := e.take()
	if !ok || first != "worker.1" {
		t.Fatalf("%s goes first", first)
	}
	e.add("worker.1") // is on the way: goes again when back
	if second, _, ok := e.take(); !ok || second != "worker.2" {
		t.Fatalf("%s goes second", second)
	}
	if who, _, ok := e.take(); ok {
		t.Fatalf("%s is in two places", who)
	}
	e.done("worker.1", nil)
	if third, _, ok := e.take(); !ok || third != "worker.1" {
		t.Errorf("%s goes third", third)
	}
}

func TestQuantilesAreOfTheSpansThemselves(t *testing.T) {
	t.Parallel()
	var spans []time.Duration
	for i := 100; i > 0; i-- {
		spans = append(spans, time.Duration(i)*time.Millisecond)
	}
	if p50, p95 := quantiles(spans); p50 != 50*time.Millisecond || p95 != 95*time.Millisecond {
		t.Errorf("p50 %s, p95 %s", p50, p95)
	}
	if p50, p95 := quantiles(nil); p50 != 0 || p95 != 0 {
		t.Errorf("of nothing: %s, %s", p50, p95)
	}
}

func TestErrorsAreCountedByWhatTheySay(t *testing.T) {
	t.Parallel()
	w := &world{tally: newTally()}
	for range 2 {
		w.failed(t.Context(), "accept", &client.Error{Operation: "AcceptCase", Code: "HANDLER_UNKNOWN", Message: "no"})
	}
	w.failed(t.Context(), "accept", &client.Error{Operation: "AcceptCase", Code: "STALE_VERSION"})
	if w.tally.Count("errors") != 2 || w.tally.Count("overtaken") != 1 || w.tally.faults["accept: AcceptCase HANDLER_UNKNOWN"] != 2 {
		t.Errorf("%+v %+v", w.tally.counts, w.tally.faults)
	}
}
