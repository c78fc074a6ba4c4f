package stand

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// Child is a server in a process of its own, so that its CPU and its memory can be told from its clients'.
type Child struct {
	URL string // without a slash at the end
	Pid int

	command *exec.Cmd
}

// Spawn starts this program again with other arguments and environment; it has to call Answer.
func Spawn(ctx context.Context, environment []string, arguments ...string) (*Child, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return SpawnOther(ctx, program, environment, arguments...)
}

// SpawnOther is Spawn for another build of this program.
func SpawnOther(ctx context.Context, program string, environment []string, arguments ...string) (*Child, error) {
	command := exec.CommandContext(ctx, program, arguments...)
	command.Env = append(os.Environ(), environment...)
	command.Stderr = os.Stderr
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	// Whatever becomes of us, no server is left behind.
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	c := &Child{Pid: command.Process.Pid, command: command}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s did not start: %w", command.Path, err), c.Stop())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	c.URL = "http://" + strings.TrimSpace(line)
	return c, nil
}

// Stop ends the server in order.
func (c *Child) Stop() error {
	_ = c.command.Process.Signal(syscall.SIGTERM) // one that has ended needs none
	return c.command.Wait()
}

// Answer opens a port for a child's server and tells the parent where it is.
func Answer() (net.Listener, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		fmt.Println(listener.Addr())
	}
	return listener, err
}
