//go:build chaos

package chaos

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"gridwork/local"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "gridwork-chaos-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }() // left to the system otherwise
	binary = filepath.Join(dir, "gridwork")
	build := exec.Command("go", "build", "-o", binary, "gridwork/cmd/gridwork")
	build.Stdout, build.Stderr = os.Stdout, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		return 1
	}
	return m.Run()
}

// platform is one city in earnest: durable stores, a process that serves, a process that works.
type platform struct {
	t      *testing.T
	stores *local.Stores
	db     *pg.DB
	town   harness.Town
	url    string

	environment []string
	serve, work *process
}

func start(t *testing.T) *platform {
	t.Helper()
	stores, err := local.Start(t.Context(), local.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stores.Stop(); err != nil {
			t.Error(err)
		}
	})
	p := &platform{t: t, stores: stores}
	address := freeAddress(t)
	p.url = "http://" + address
	p.environment = []string{
		"PATH=" + os.Getenv("PATH"), "GRIDWORK_MODE=demo", "DATABASE_URL=" + stores.DatabaseURL, "REDIS_URL=" + stores.RedisURL,
		"CITY=" + dbtest.City, "LISTEN=" + address, "DATA_DIR=" + t.TempDir(), "TRUSTED_PROXIES=127.0.0.0/8", "LOG_LEVEL=info",
	}
	p.once("migrate")
	p.settle()
	p.serve, p.work = p.process("serve"), p.process("work")
	p.serve.start()
	p.work.start()
	p.ready()
	return p
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return address
}

// once runs a command of the program to its end.
func (p *platform) once(args ...string) string {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), binary, args...)
	cmd.Env = p.environment
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("gridwork %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// settle founds the small city, with ladders that press within seconds.
func (p *platform) settle() {
	p.t.Helper()
	db, err := pg.Open(p.t.Context(), pg.Options{URL: p.stores.DatabaseURL, City: dbtest.City, Conns: 4})
	if err != nil {
		p.t.Fatal(err)
	}
	p.db = db
	p.t.Cleanup(db.Close)
	ctx := p.t.Context()
	err = db.Write(ctx, func(tx *pg.Tx) error {
		p.town = harness.BuildTown(p.t, tx)
		fixture.Ladder(p.t, ctx, tx, "urgent", pressing())
		_, err := tx.Exec(ctx, `update people set phone = null`) // nobody is texted: the load is meant for the platform
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// pressing is a ladder whose steps come 5, 12, 20 and 28 seconds after a tip, and 8 seconds after a dispatch: the limits
// of both stages are an hour.
func pressing() []fixture.Step {
	remind := func(clock, offset, role, department string) fixture.Step {
		return fixture.Step{Clock: clock, Offset: offset, Role: role, Level: "street", Department: department, Action: "remind"}
	}
	return []fixture.Step{
		remind("file", "-59m55s", "dispatcher", ""), remind("file", "-59m48s", "dispatcher", ""),
		remind("file", "-59m40s", "duty_lead", ""), remind("file", "-59m32s", "duty_lead", ""),
		remind("accept", "-59m52s", "department_desk", "own"),
	}
}

// ready waits until the server answers.
func (p *platform) ready() {
	p.t.Helper()
	p.eventually(20*time.Second, "the server is ready", func() bool {
		ctx, cancel := context.WithTimeout(p.t.Context(), time.Second)
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/readyz", nil)
		if err != nil {
			return false
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return false
		}
		defer response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
}

func (p *platform) eventually(within time.Duration, what string, holds func() bool) {
	p.t.Helper()
	deadline := time.Now().Add(within)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if time.Now().After(deadline) {
			p.t.Fatalf("waited %s in vain until %s", within, what)
		}
		<-tick.C
	}
}

// pass lets time go by under load.
func (p *platform) pass(d time.Duration) {
	select {
	case <-time.After(d):
	case <-p.t.Context().Done():
	}
}

func (p *platform) signal(pid int, sig syscall.Signal) {
	p.t.Helper()
	if err := syscall.Kill(pid, sig); err != nil && !errors.Is(err, syscall.ESRCH) {
		p.t.Fatal(err)
	}
}

func (p *platform) flushRedis() {
	p.t.Helper()
	options, err := redis.ParseURL(p.stores.RedisURL)
	if err != nil {
		p.t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	if err := client.FlushAll(p.t.Context()).Err(); err != nil {
		p.t.Fatal(err)
	}
}

// admin connects to the database as its owner, to read what the platform itself may not.
func (p *platform) admin() *pgx.Conn {
	p.t.Helper()
	conn, err := pgx.Connect(p.t.Context(), p.stores.AdminURL)
	if err == nil {
		_, err = conn.Exec(p.t.Context(), "set search_path to gridwork, gridwork_vault, public")
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return conn
}

// process is one of the platform's, which may be killed and started again.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	name  string
	env   []string
	log   *os.File
	ended chan struct{}
}

func (p *platform) process(name string) *process {
	p.t.Helper()
	log, err := os.Create(filepath.Join(p.t.TempDir(), name+".log"))
	if err != nil {
		p.t.Fatal(err)
	}
	child := &process{t: p.t, name: name, env: p.environment, log: log}
	p.t.Cleanup(func() {
		child.stop()
		if p.t.Failed() {
			child.lastWords()
		}
		log.Close()
	})
	return child
}

func (c *process) start() {
	c.t.Helper()
	c.cmd = exec.Command(binary, c.name)
	c.cmd.Env, c.cmd.Stdout, c.cmd.Stderr = c.env, c.log, c.log
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := c.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) {
		_ = cmd.Wait() // a killed one has no good exit
		close(ended)
	}(c.cmd, c.ended)
}

// kill ends the process as a crash would, and returns when it is gone.
func (c *process) kill() { c.signal(syscall.SIGKILL) }

// stop ends it in order.
func (c *process) stop() { c.signal(syscall.SIGTERM) }

func (c *process) signal(sig syscall.Signal) {
	if c.cmd == nil {
		return
	}
	_ = c.cmd.Process.Signal(sig) // one that has ended needs none
	select {
	case <-c.ended:
	case <-time.After(20 * time.Second):
		c.t.Errorf("%s does not end on %s", c.name, sig)
		_ = c.cmd.Process.Kill()
		<-c.ended
	}
}

func (c *process) lastWords() {
	text, err := os.ReadFile(c.log.Name())
	if err != nil {
		c.t.Log(err)
		return
	}
	const enough = 4000
	c.t.Logf("%s said at last:\n%s", c.name, text[max(0, len(text)-enough):])
}
