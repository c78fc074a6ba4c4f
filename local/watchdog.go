package local

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

//go:embed watchdog.sh
var watchdog string

// watch starts the watchdog unless one is there. It is a shell script and not a
// goroutine because its time comes when our process is dead.
func (h home) watch() error {
	alive, err := h.openLock("watchdog.alive")
	if err != nil {
		return err
	}
	defer alive.Close()
	if err := flock(alive, syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return nil
	} else if err != nil {
		return err
	}
	users, err := h.openLock("users")
	if err != nil {
		return err
	}
	defer users.Close()
	cmd := exec.Command("/bin/sh", "-c", watchdog, "gridwork-watchdog", h.sockets)
	cmd.Dir = h.dir
	cmd.Env = serverEnv
	cmd.ExtraFiles = []*os.File{users, alive}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("cannot start the watchdog of the private stores: %w", err)
	}
	go func() { _ = cmd.Wait() }() // only to leave no zombie
	return nil
}
