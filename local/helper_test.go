package local

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

// The test binary is also another program that uses the stores, or tries to.
const actEnv = "LOCAL_TEST_ACT"

func TestMain(m *testing.M) {
	switch os.Getenv(actEnv) {
	case "":
		os.Exit(m.Run())
	case "hold":
		hold(os.Args[1])
	case "intrude":
		intrude(os.Args[1], os.Args[2])
	}
}

// hold starts the stores in dir, says how to reach them, and leaves in order when
// its standard input ends.
func hold(dir string) {
	s, err := Start(context.Background(), Options{Dir: dir, Fast: true})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.DatabaseURL)
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := s.Stop(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("left")
}

// intrude says how far somebody else on the machine gets with the addresses.
func intrude(databaseURL, redisSocket string) {
	conn, err := pgx.Connect(context.Background(), databaseURL)
	if err == nil {
		conn.Close(context.Background())
	}
	fmt.Println("postgres:", oneLine(err))
	redisConn, err := net.Dial("unix", redisSocket)
	if err == nil {
		fmt.Fprint(redisConn, "PING\r\n")
		answer, _ := bufio.NewReader(redisConn).ReadString('\n')
		err = fmt.Errorf("%s", answer)
	}
	fmt.Println("redis:", oneLine(err))
}

func oneLine(err error) string {
	if err == nil {
		return "in"
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}

// program is the test binary, told to act, under another account if one is given.
func program(t *testing.T, as *account, act string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	if as != nil {
		cmd.Path = copyForEveryone(t)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as.credential}
		cmd.Dir = "/"
	}
	cmd.Env = append(os.Environ(), actEnv+"="+act)
	return cmd
}

// copyForEveryone puts the test binary where other accounts can run it: the go
// tool builds it in a folder closed to them.
func copyForEveryone(t *testing.T) string {
	t.Helper()
	self, err := os.ReadFile(os.Args[0])
	must(t, err)
	path := filepath.Join(folder(t), "program")
	must(t, os.WriteFile(path, self, 0o755))
	return path
}

// running is a program that holds the stores.
type running struct {
	*exec.Cmd
	leave func()
	out   *bufio.Reader
}

func startHolding(t *testing.T, as *account, dir string) (p running, firstLine string) {
	t.Helper()
	cmd := program(t, as, "hold", dir)
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	p = running{Cmd: cmd, leave: func() { in.Close() }, out: bufio.NewReader(out)}
	return p, p.line(t)
}

func (p running) line(t *testing.T) string {
	t.Helper()
	line, err := p.out.ReadString('\n')
	must(t, err)
	return strings.TrimSpace(line)
}

// folder is a temporary one that every account may enter, as a project's usually is.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	return dir
}

func start(t *testing.T, dir string) *Stores {
	t.Helper()
	s, err := Start(t.Context(), Options{Dir: dir, Fast: true})
	must(t, err)
	t.Cleanup(func() { must(t, s.Stop()) })
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ask runs one statement on a connection of its own.
func ask[T any](t *testing.T, address, sql string) (answer T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	must(t, err)
	defer conn.Close(t.Context())
	must(t, conn.QueryRow(t.Context(), sql).Scan(&answer))
	return answer
}

// remember leaves a note in both stores, for recall.
func remember(t *testing.T, s *Stores) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.DatabaseURL)
	must(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), `create table notes as select 'kept' as note`)
	must(t, err)
	must(t, redisClient(t, s).Set(t.Context(), "note", "kept", 0).Err())
}

func recall(t *testing.T, s *Stores) {
	t.Helper()
	if got := ask[string](t, s.DatabaseURL, `select note from notes`); got != "kept" {
		t.Errorf("Postgres came back with %q", got)
	}
	if got := redisClient(t, s).Get(t.Context(), "note").Val(); got != "kept" {
		t.Errorf("Redis came back with %q", got)
	}
}

func redisClient(t *testing.T, s *Stores) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(s.RedisURL)
	must(t, err)
	c := redis.NewClient(options)
	t.Cleanup(func() { c.Close() })
	return c
}

// gone returns when no process of the server is left.
func gone(t *testing.T, p *Process) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	f, err := p.home.openLock(p.name + ".alive")
	must(t, err)
	defer f.Close()
	if err := lockExclusive(ctx, f); err != nil {
		t.Fatalf("%s is still running: %v", p.name, err)
	}
}

var discard = slog.New(slog.DiscardHandler)

func belongsTo(info os.FileInfo, uid uint32) bool {
	return info.Sys().(*syscall.Stat_t).Uid == uid
}

func isRoot() bool { return os.Geteuid() == 0 }

func nobody(t *testing.T) *account {
	t.Helper()
	a, err := accountFor(ownedByNobody(t))
	must(t, err)
	return &a
}

// ownedByNobody is a folder whose stores belong to nobody already.
func ownedByNobody(t *testing.T) string {
	t.Helper()
	dir := folder(t)
	must(t, os.Mkdir(filepath.Join(dir, clusterDir), 0o700))
	must(t, os.Chown(filepath.Join(dir, clusterDir), 65534, 65534))
	return dir
}
