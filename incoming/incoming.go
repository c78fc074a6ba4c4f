// Package incoming is a folder in which uploads grow until they are whole. Each is a file under a name that nobody guesses, with what is
// known of it beside it.
package incoming

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Folder is the place of the uploads under way.
type Folder string

// infoSuffix is what tus appends to an upload's name for what it knows of it, written once at the beginning.
const infoSuffix = ".info"

// Path is where an upload's bytes are.
func (f Folder) Path(name string) string { return filepath.Join(string(f), name) }

// Sweep removes uploads on which nothing was written for so long.
func (f Folder) Sweep(idle time.Duration) error {
	now, err := Clock(filepath.Dir(string(f)))
	if err != nil {
		return fmt.Errorf("sweep incoming: %w", err)
	}
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return fmt.Errorf("sweep incoming: %w", err)
	}
	before := now.Add(-idle)
	var failed []error
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), infoSuffix)
		written, err := os.Stat(f.Path(name))
		if errors.Is(err, fs.ErrNotExist) {
			written, err = e.Info()
		}
		if err == nil && written.ModTime().Before(before) {
			failed = append(failed, f.Discard(name))
		}
	}
	return errors.Join(failed...)
}

// Discard removes an upload. One that is gone is no error.
func (f Folder) Discard(name string) error {
	return errors.Join(Remove(f.Path(name)), Remove(f.Path(name+infoSuffix)))
}

// Remove removes a file; one that is gone is no error.
func Remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Clock is the time by the clock that stamps a folder's files, which may be another machine's: by the database's, an upload under
// way could be an old one.
func Clock(dir string) (time.Time, error) {
	probe, err := os.CreateTemp(dir, ".clock-*")
	if err != nil {
		return time.Time{}, err
	}
	written, err := probe.Stat()
	if err := errors.Join(err, probe.Close(), os.Remove(probe.Name())); err != nil {
		return time.Time{}, err
	}
	return written.ModTime(), nil
}

// Keep gives a whole upload a second name, which costs nothing, in a folder of the same file system that is made where it is not there. It is durable
// before it returns; doing it again is harmless.
func Keep(upload, at string) error {
	if err := Sync(upload); err != nil {
		return err
	}
	if err := MakeFolder(filepath.Dir(at)); err != nil {
		return err
	}
	if err := os.Link(upload, at); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return Sync(filepath.Dir(at))
}

// own is the mode of a folder that nobody else may read.
const own = 0o700

// MakeFolder makes a folder within one that is there, and sees to it that a power cut does not lose it.
func MakeFolder(dir string) error {
	switch err := os.Mkdir(dir, own); {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return err
	}
	return Sync(filepath.Dir(dir))
}

// Sync asks for a file or a folder to be on the disk.
func Sync(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
