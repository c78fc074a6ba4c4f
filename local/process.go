package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	// killPatience: Postgres's backends notice by themselves that their
	// postmaster was killed, a busy one only at the end of its query.
	killPatience = 30 * time.Second
	// answerPatience bounds one question whether a server is ready.
	answerPatience = time.Second
	// longLog is the size in bytes at which a log is set aside at the next start.
	longLog = 16 << 20
)

// Process is one server, whoever started it. Its methods may be called from any
// program that uses the same folder.
type Process struct {
	name    string
	home    home
	pidFile string         // the server writes and removes it
	halt    syscall.Signal // asks for an orderly shutdown that does not wait for clients
	// command prepares the start, nothing of the server running, and is given the
	// lock that stands for the server, for whatever it runs in preparation.
	command func(ctx context.Context, alive *os.File) (*exec.Cmd, error)
	answers func(context.Context) error
}

// Start returns when the server answers. It starts it unless it runs, after
// waiting for what a killed predecessor left behind.
func (p *Process) Start(ctx context.Context) error {
	var said int64 // how long the log was before the server wrote to it
	for launched := false; ; {
		lock, err := p.tryAlive()
		switch {
		case errors.Is(err, errRuns):
		case err != nil:
			return err
		case launched:
			lock.Close()
			return fmt.Errorf("%s stopped while starting: %s (log: %s)", p.name, p.lastWords(said), p.logPath())
		default:
			said, err = p.launch(ctx, lock)
			launched = true
			lock.Close()
			if err != nil {
				return err
			}
		}
		unready := p.ask(ctx)
		if unready == nil {
			return nil
		}
		if err := pause(ctx); err != nil {
			return fmt.Errorf("%s does not answer (log: %s): %w", p.name, p.logPath(), errors.Join(err, unready))
		}
	}
}

// Stop shuts the server down in order and returns when it is gone, or with an
// error when ctx ends first. A stopped server may be stopped again.
func (p *Process) Stop(ctx context.Context) error { return p.end(ctx, p.halt) }

// Kill ends the server as a crash would (SIGKILL) and returns when it is gone.
func (p *Process) Kill() error {
	ctx, cancel := context.WithTimeout(context.Background(), killPatience)
	defer cancel()
	return p.end(ctx, syscall.SIGKILL)
}

// Pid is the server's main process, 0 when it does not run.
func (p *Process) Pid() int {
	if !p.runs() {
		return 0
	}
	return firstNumber(p.pidFile)
}

func (p *Process) end(ctx context.Context, sig syscall.Signal) error {
	for told := 0; p.runs(); {
		// A server that is just starting has no process id on file yet.
		if pid := firstNumber(p.pidFile); pid > 0 && pid != told {
			if err := syscall.Kill(pid, sig); err != nil && !errors.Is(err, syscall.ESRCH) {
				return fmt.Errorf("cannot signal %s (process %d): %w", p.name, pid, err)
			}
			// A suspended process would only take the signal when it is resumed.
			_ = syscall.Kill(pid, syscall.SIGCONT)
			told = pid
		}
		if err := pause(ctx); err != nil {
			return fmt.Errorf("%s is still there after %s (log: %s): %w", p.name, sig, p.logPath(), err)
		}
	}
	return nil
}

func (p *Process) launch(ctx context.Context, alive *os.File) (logSize int64, err error) {
	cmd, err := p.command(ctx, alive)
	if err != nil {
		return 0, err
	}
	log, logSize, err := p.openLog()
	if err != nil {
		return 0, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	cmd.ExtraFiles = []*os.File{alive}
	cmd.Env = serverEnv
	// A session of its own: Ctrl-C in our terminal must not stop the stores
	// under a program that is still finishing its work.
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.home.account.credential, Setsid: true}
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("cannot start %s: %w", p.name, err)
	}
	go func() { _ = cmd.Wait() }() // only to leave no zombie; the lock tells when it ended
	return logSize, nil
}

var errRuns = errors.New("runs")

// tryAlive returns the lock that every process of the server holds, or errRuns.
func (p *Process) tryAlive() (*os.File, error) {
	f, err := p.home.openLock(p.name + ".alive")
	if err != nil {
		return nil, err
	}
	err = flock(f, syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errRuns
	}
	return nil, err
}

func (p *Process) runs() bool {
	f, err := p.tryAlive()
	if err == nil {
		f.Close()
	}
	return errors.Is(err, errRuns)
}

func (p *Process) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerPatience)
	defer cancel()
	return p.answers(ctx)
}

func (p *Process) logPath() string { return p.home.path(p.name + ".log") }

func (p *Process) openLog() (*os.File, int64, error) {
	if info, err := os.Stat(p.logPath()); err == nil && info.Size() > longLog {
		if err := os.Rename(p.logPath(), p.logPath()+".1"); err != nil {
			return nil, 0, err
		}
	}
	f, err := os.OpenFile(p.logPath(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// lastWords is the line that most likely says why the server ended, among those
// it wrote after the log was from bytes long.
func (p *Process) lastWords(from int64) string {
	text, err := os.ReadFile(p.logPath())
	if err != nil {
		return err.Error()
	}
	last := "no word in its log"
	for line := range strings.Lines(string(text[min(from, int64(len(text))):])) {
		if _, fatal, found := strings.Cut(line, "FATAL:"); found {
			return strings.TrimSpace(fatal)
		}
		if line = strings.TrimSpace(line); line != "" {
			last = line
		}
	}
	return last
}

func firstNumber(path string) int {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return 0
	}
	return n
}

// find looks for a program where Debian puts it, then on PATH.
func find(program, in, whatFor string) (string, error) {
	if path, err := exec.LookPath(in + "/" + program); err == nil {
		return path, nil
	}
	if path, err := exec.LookPath(program); err == nil {
		return path, nil
	}
	return "", fmt.Errorf("%s is not installed (no %s in %s or on PATH): run make deps", whatFor, program, in)
}
