package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// poll is how long we sleep between two looks at a lock or a server: short beside
// the 50 ms that Redis and the 100 ms that Postgres take to start.
const poll = 10 * time.Millisecond

// openLock opens one of the files whose flock says who is there. The lock belongs
// to the open file, not to a process id: it ends exactly when the last process
// that inherited it ends, zombies and reused process ids notwithstanding.
func (h home) openLock(name string) (*os.File, error) {
	f, err := os.OpenFile(h.path(name), os.O_RDWR|os.O_CREATE, 0o600)
	if errors.Is(err, os.ErrPermission) {
		return nil, fmt.Errorf("the stores in %s belong to another user: use another folder, or remove that one", h.dir)
	}
	return f, err
}

func lockShared(ctx context.Context, f *os.File) error    { return lock(ctx, f, syscall.LOCK_SH) }
func lockExclusive(ctx context.Context, f *os.File) error { return lock(ctx, f, syscall.LOCK_EX) }

func lock(ctx context.Context, f *os.File, how int) error {
	for {
		err := flock(f, how|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return err
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// tryUpgrade turns a shared lock into an exclusive one if nobody else holds it.
// When it fails, flock has dropped the shared lock too.
func tryUpgrade(f *os.File) bool {
	return flock(f, syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(poll):
		return nil
	}
}
