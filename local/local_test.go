package local

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func TestStoresAnswerKeepTheirDataAndLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	dir := folder(t)

	// Given stores that hold a row and a key
	s, err := Start(t.Context(), Options{Dir: dir})
	must(t, err)
	if got := ask[string](t, s.DatabaseURL, `select ST_AsText(ST_Point(114, 22))`); got != "POINT(114 22)" {
		t.Errorf("PostGIS answers %q", got)
	}
	remember(t, s)

	// When they are stopped
	must(t, s.Stop())
	must(t, s.Stop()) // again: nothing happens

	// Then nothing runs, no socket is left, and the next start finds the data
	gone(t, s.Postgres)
	gone(t, s.Redis)
	if _, err := os.Stat(s.home.sockets); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket folder is still there: %v", err)
	}
	recall(t, start(t, dir))
}

func TestTheApplicationIsNoSuperuserYetMayMakeTestDatabases(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	if ask[bool](t, s.DatabaseURL, `select usesuper from pg_user where usename = current_user`) {
		t.Error("the application connects as a superuser, before whom no grant counts")
	}
	if !ask[bool](t, s.AdminURL, `select usesuper from pg_user where usename = current_user`) {
		t.Error("the administrator is no superuser")
	}
	if !ask[bool](t, s.DatabaseURL, `select rolcreatedb and rolcreaterole from pg_roles where rolname = current_user`) {
		t.Error("the application cannot make databases and roles")
	}
	if ask[string](t, s.DatabaseURL, `select current_setting('fsync')`) != "off" {
		t.Error("Fast stores still wait for the disk")
	}
}

func TestBothStoresComeBackAfterAKill(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	remember(t, s)

	for _, p := range []*Process{s.Postgres, s.Redis} {
		before := p.Pid()
		must(t, p.Kill())
		if p.Pid() != 0 {
			t.Errorf("%s has a process id although it was killed", p.name)
		}
		must(t, p.Start(t.Context()))
		must(t, p.Start(t.Context())) // runs already: nothing happens
		if p.Pid() == before || p.Pid() == 0 {
			t.Errorf("%s has process %d, had %d", p.name, p.Pid(), before)
		}
	}

	recall(t, s)
}

func TestASuspendedStoreCanBeStopped(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	must(t, syscall.Kill(s.Redis.Pid(), syscall.SIGSTOP))
	must(t, s.Redis.Stop(t.Context()))
	gone(t, s.Redis)
	must(t, s.Redis.Start(t.Context()))
	must(t, redisClient(t, s).Ping(t.Context()).Err())
}

func TestTheLastProgramToLeaveStopsTheStores(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	// Given two programs on one folder
	other, address := startHolding(t, nil, dir)
	s := start(t, dir)
	if address != s.DatabaseURL {
		t.Fatalf("the other program uses %s, we use %s", address, s.DatabaseURL)
	}
	pid := s.Postgres.Pid()
	// When the one that started them leaves
	other.leave()
	if said := other.line(t); said != "left" {
		t.Fatal(said)
	}
	must(t, other.Wait())
	// Then they run on for us, and end with us
	if s.Postgres.Pid() != pid {
		t.Error("Postgres was restarted under us")
	}
	must(t, redisClient(t, s).Ping(t.Context()).Err())
	must(t, s.Stop())
	gone(t, s.Postgres)
	gone(t, s.Redis)
}

func TestAKilledProgramLeavesNoStoresRunning(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	// Given a program that is killed while we use the stores it started
	other, _ := startHolding(t, nil, dir)
	s := start(t, dir)
	must(t, other.Process.Kill())
	_ = other.Wait()
	must(t, s.Postgres.ask(t.Context()))
	must(t, s.Redis.ask(t.Context()))
	must(t, s.Stop())
	// When a program is killed that was alone
	other, _ = startHolding(t, nil, dir)
	must(t, other.Process.Kill())
	_ = other.Wait()
	// Then the watchdog stops them, and the next start works
	gone(t, s.Postgres)
	gone(t, s.Redis)
	must(t, redisClient(t, start(t, dir)).Ping(t.Context()).Err())
}

func TestAProgramThatForgetsItsStoresKeepsThem(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	// Given stores that a program started and holds no variable of
	address := startAndForget(t, dir)
	// When memory is collected, and others come and go
	runtime.GC()
	runtime.GC()
	must(t, visit(t.Context(), dir))
	// Then they are there still
	if !ask[bool](t, address, `select true`) {
		t.Error("no answer")
	}
}

func startAndForget(t *testing.T, dir string) (address string) {
	t.Helper()
	s, err := Start(t.Context(), Options{Dir: dir, Fast: true})
	must(t, err)
	t.Cleanup(func() {
		held.Range(func(s, _ any) bool {
			if s := s.(*Stores); s.home.dir == dir {
				must(t, s.Stop())
			}
			return true
		})
	})
	return s.DatabaseURL
}

func TestProgramsThatComeAndGoTogetherNeverMissTheStores(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	done := make(chan error)
	const programs, rounds = 4, 5
	for range programs {
		go func() {
			for range rounds {
				if err := visit(t.Context(), dir); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range programs {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func visit(ctx context.Context, dir string) error {
	s, err := Start(ctx, Options{Dir: dir, Fast: true})
	if err != nil {
		return err
	}
	return errors.Join(s.Postgres.ask(ctx), s.Redis.ask(ctx), s.Stop())
}

func TestAProcessIdReusedAfterACrashDoesNotKeepPostgresDown(t *testing.T) {
	t.Parallel()
	// Given a cluster that was killed, whose process id now belongs to another
	// program of the same account
	s := start(t, folder(t))
	must(t, s.Postgres.Kill())
	stranger := exec.CommandContext(t.Context(), "tail", "-f", "/dev/null")
	stranger.SysProcAttr = &syscall.SysProcAttr{Credential: s.home.account.credential}
	stranger.Dir = "/"
	must(t, stranger.Start())
	t.Cleanup(func() { _ = stranger.Process.Kill(); _ = stranger.Wait() })
	file := filepath.Join(s.home.path(clusterDir), "postmaster.pid")
	text, err := os.ReadFile(file)
	must(t, err)
	_, rest, _ := strings.Cut(string(text), "\n")
	must(t, os.WriteFile(file, []byte(strconv.Itoa(stranger.Process.Pid)+"\n"+rest), 0o600))
	// When it is started, then it runs
	must(t, s.Postgres.Start(t.Context()))
	// And a stop goes to Postgres, not to the stranger
	must(t, s.Postgres.Stop(t.Context()))
	must(t, stranger.Process.Signal(syscall.Signal(0)))
}

func TestWhatIsWrongIsSaidInOneLine(t *testing.T) {
	t.Parallel()
	busy := folder(t)
	start(t, busy)
	foreign := folder(t)
	must(t, os.Mkdir(filepath.Join(foreign, clusterDir), 0o700))
	must(t, os.WriteFile(filepath.Join(foreign, clusterDir, "PG_VERSION"), []byte("13\n"), 0o600))
	file := filepath.Join(folder(t), "file")
	must(t, os.WriteFile(file, nil, 0o600))

	for name, c := range map[string]struct {
		options Options
		want    string
	}{
		"stores without durability": {Options{Dir: busy}, "without durability"},
		"another version's data":    {Options{Dir: foreign}, "holds data of PostgreSQL 13"},
		"a file for a folder":       {Options{Dir: file}, "cannot make the folder"},
		"no folder":                 {Options{}, "no folder was named"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Start(t.Context(), c.options)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, c.want)
			}
		})
	}
	_, err := find("no-such-server", "/nowhere", "Some server")
	if err == nil || !strings.Contains(err.Error(), "Some server is not installed") || !strings.Contains(err.Error(), "make deps") {
		t.Errorf("a missing program is reported as %v", err)
	}
}

func TestAServerThatDiesWhileStartingIsQuoted(t *testing.T) {
	t.Parallel()
	// Given a setting, kept by Postgres itself, that it cannot start with
	s := start(t, folder(t))
	must(t, s.Postgres.Stop(t.Context()))
	auto := filepath.Join(s.home.path(clusterDir), "postgresql.auto.conf")
	must(t, os.WriteFile(auto, []byte("shared_preload_libraries = 'no_such_library'\n"), 0o600))
	must(t, os.Chown(auto, int(s.home.account.uid), int(s.home.account.gid)))
	// When it is started, then the error has its last words
	err := s.Postgres.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), `could not access file "no_such_library"`) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

func TestAStartThatIsInterruptedStopsWhatItStarted(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, Options{Dir: dir, Fast: true}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	s := start(t, dir)
	if s.Postgres.Pid() == 0 {
		t.Error("the folder is unusable after an interrupted start")
	}
}
