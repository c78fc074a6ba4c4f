package media

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"gocloud.dev/blob"

	"gridwork/incoming"
)

// Files is where all pictures are. Nothing in it is served by its path: what lies in the folder is readable by the platform's
// own user alone, and originals lie apart from what people may look at.
//
//	incoming/   uploads under way
//	originals/  as uploaded, never changed
//	copies/     re-encoded, without metadata
//	thumbs/
//
// With a bucket, all but the uploads under way is kept there, by the same keys. What the folder has from before is still found.
type Files struct {
	Dir    string
	Bucket *blob.Bucket // nil: everything is kept in Dir
}

// keeper keeps files by their keys. What it has written is durable before it returns.
type keeper interface {
	// keep makes a file of this machine the content of key. Doing it again is harmless.
	keep(ctx context.Context, key, path string) error
	// write puts content under key, whole or not at all.
	write(ctx context.Context, key string, content []byte) error
	// open is fs.ErrNotExist for a key that nothing is kept under.
	open(ctx context.Context, key string) (io.ReadSeekCloser, error)
	// drop removes a file; one that is gone is no error.
	drop(ctx context.Context, key string) error
}

func (f Files) keeper() keeper {
	if f.Bucket != nil {
		return bucket{f.Bucket, folder(f.Dir)}
	}
	return folder(f.Dir)
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

// Close lets go of the bucket.
func (f Files) Close() error {
	if f.Bucket == nil {
		return nil
	}
	return f.Bucket.Close()
}

// Incoming is where uploads grow until they are complete. It is in the same file system as the folder's originals, so that
// keeping one there copies nothing.
func (f Files) Incoming() string { return filepath.Join(f.Dir, incomingFolder) }

// Keep makes an incoming file an original, durable before it returns, and returns its key. The same photo with the
// same bytes has one key, so keeping it twice is harmless; the incoming name stays until its upload is cleaned away.
func (f Files) Keep(ctx context.Context, incoming string, photo uuid.UUID, sha256 []byte) (key string, err error) {
	key = shard(originalsFolder, photo, "-"+hex.EncodeToString(sha256))
	if err := f.keeper().keep(ctx, key, incoming); err != nil {
		return "", fmt.Errorf("keep original: %w", err)
	}
	return key, nil
}

// Open opens a file by its key; ctx lasts until it is read.
func (f Files) Open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	return f.keeper().open(ctx, key)
}

// Drop removes files by their keys; a file that is gone is no error.
func (f Files) Drop(ctx context.Context, keys ...string) error {
	var failed []error
	for _, key := range keys {
		failed = append(failed, f.keeper().drop(ctx, key))
	}
	return errors.Join(failed...)
}

// Discard removes an upload that will not be kept, by its incoming name.
func (f Files) Discard(name string) error { return incoming.Folder(f.Incoming()).Discard(name) }

// shard spreads files over 256 folders by the last byte of the id, which is random in a UUIDv7.
func shard(folder string, photo uuid.UUID, suffix string) string {
	return filepath.Join(folder, hex.EncodeToString(photo[15:]), photo.String()+suffix)
}
