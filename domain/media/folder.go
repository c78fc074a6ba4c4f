package media

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"gridwork/incoming"
)

// folder keeps files on this machine, or on what it has mounted.
type folder string

func (f folder) path(key string) string { return filepath.Join(string(f), key) }

// keep gives the file a second name.
func (f folder) keep(_ context.Context, key, path string) error {
	return incoming.Keep(path, f.path(key))
}

func (f folder) open(_ context.Context, key string) (io.ReadSeekCloser, error) {
	file, err := os.Open(f.path(key))
	if err != nil {
		return nil, err // and no nil file in an interface that is not nil
	}
	return file, nil
}

func (f folder) drop(_ context.Context, key string) error { return incoming.Remove(f.path(key)) }

func (f folder) write(_ context.Context, key string, content []byte) error {
	path := f.path(key)
	if err := incoming.MakeFolder(filepath.Dir(path)); err != nil {
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
	return incoming.Sync(filepath.Dir(path))
}
