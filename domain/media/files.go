package media

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Files is the folder of all pictures. Nothing in it is served by its path: every file is readable by the platform's
// own user alone, and originals lie apart from what people may look at.
//
//	incoming/   uploads under way
//	originals/  as uploaded, never changed
//	copies/     re-encoded, without metadata
//	thumbs/
type Files struct {
	Dir string
}

const (
	incomingFolder  = "incoming"
	originalsFolder = "originals"
	copiesFolder    = "copies"
	thumbsFolder    = "thumbs"
	ownFolder       = 0o700
)

// Prepare makes the folders.
func (f Files) Prepare() error {
	for _, folder := range []string{incomingFolder, originalsFolder, copiesFolder, thumbsFolder} {
		if err := os.MkdirAll(filepath.Join(f.Dir, folder), ownFolder); err != nil {
			return fmt.Errorf("photo folder: %w", err)
		}
	}
	return nil
}

// Incoming is where uploads grow until they are complete. It is in the same file system as the originals, so that
// keeping one copies nothing.
func (f Files) Incoming() string { return filepath.Join(f.Dir, incomingFolder) }

// Keep makes an incoming file an original, durable before it returns, and returns its key. The same photo with the
// same bytes has one key, so keeping it twice is harmless; the incoming name stays until its upload is cleaned away.
func (f Files) Keep(incoming string, photo uuid.UUID, sha256 []byte) (key string, err error) {
	if err := syncFile(incoming); err != nil {
		return "", fmt.Errorf("keep original: %w", err)
	}
	key = shard(originalsFolder, photo, "-"+hex.EncodeToString(sha256))
	path := filepath.Join(f.Dir, key)
	if err := makeShard(path); err != nil {
		return "", fmt.Errorf("keep original: %w", err)
	}
	if err := os.Link(incoming, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("keep original: %w", err)
	}
	return key, syncFile(filepath.Dir(path))
}

// infoSuffix is what tus appends to an upload's name for what it knows of it, written once at the beginning.
const infoSuffix = ".info"

// sweepIncoming removes uploads on which nothing was written for so long.
func (f Files) sweepIncoming(idle time.Duration) error {
	now, err := f.now()
	if err != nil {
		return fmt.Errorf("sweep incoming: %w", err)
	}
	entries, err := os.ReadDir(f.Incoming())
	if err != nil {
		return fmt.Errorf("sweep incoming: %w", err)
	}
	before := now.Add(-idle)
	var failed []error
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), infoSuffix)
		written, err := os.Stat(filepath.Join(f.Incoming(), name))
		if errors.Is(err, fs.ErrNotExist) {
			written, err = e.Info()
		}
		if err == nil && written.ModTime().Before(before) {
			failed = append(failed, f.Discard(name))
		}
	}
	return errors.Join(failed...)
}

// now is the time by the clock that stamps the files, which may be another machine's: by the database's, an upload under
// way could be an old one.
func (f Files) now() (time.Time, error) {
	probe, err := os.CreateTemp(f.Dir, ".clock-*")
	if err != nil {
		return time.Time{}, err
	}
	written, err := probe.Stat()
	if err := errors.Join(err, probe.Close(), os.Remove(probe.Name())); err != nil {
		return time.Time{}, err
	}
	return written.ModTime(), nil
}

// Discard removes an upload that will not be kept, by its incoming name.
func (f Files) Discard(name string) error {
	return f.Drop(filepath.Join(incomingFolder, name), filepath.Join(incomingFolder, name+infoSuffix))
}

// Open opens a file by its key.
func (f Files) Open(key string) (*os.File, error) { return os.Open(filepath.Join(f.Dir, key)) }

// Drop removes files by their keys; a file that is gone is no error.
func (f Files) Drop(keys ...string) error {
	var failed []error
	for _, key := range keys {
		if err := os.Remove(filepath.Join(f.Dir, key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// write puts content under key, whole or not at all, durable before it returns.
func (f Files) write(key string, content []byte) error {
	path := filepath.Join(f.Dir, key)
	if err := makeShard(path); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }() // renamed by then, unless something failed
	_, err = temp.Write(content)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

// shard spreads files over 256 folders by the last byte of the id, which is random in a UUIDv7.
func shard(folder string, photo uuid.UUID, suffix string) string {
	return filepath.Join(folder, hex.EncodeToString(photo[15:]), photo.String()+suffix)
}

// makeShard makes the folder of a file, and sees to it that a power cut does not lose the new folder.
func makeShard(path string) error {
	dir := filepath.Dir(path)
	switch err := os.Mkdir(dir, ownFolder); {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return err
	}
	return syncFile(filepath.Dir(dir))
}

// syncFile asks for a file or a folder to be on the disk.
func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
