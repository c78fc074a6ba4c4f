package consignment

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/intake"
	"gridwork/incoming"
	"gridwork/pg"
)

// Files is where brought files are, apart from everything that is ever shown: nothing of it is served, and the platform's own user alone
// reads it. Every process that serves or works has to reach the same folder.
//
//	incoming/  uploads under way
//	files/     whole ones, by their ids
type Files struct{ Dir string }

const (
	incomingFolder = "incoming"
	filesFolder    = "files"
	ownFolder      = 0o700
)

// How long files and rejects are kept.
const (
	waitsFor      = 24 * time.Hour      // a file that nobody has begun to take in
	keptFor       = 7 * 24 * time.Hour  // one whose import was stopped or broke
	rejectsFor    = 30 * 24 * time.Hour // after their import began
	unfinishedFor = 24 * time.Hour      // an upload on which nothing is written
)

// Prepare makes the folders.
func (f Files) Prepare() error {
	for _, folder := range []string{incomingFolder, filesFolder} {
		if err := os.MkdirAll(filepath.Join(f.Dir, folder), ownFolder); err != nil {
			return fmt.Errorf("import folder: %w", err)
		}
	}
	return nil
}

// Incoming is where uploads grow until they are complete.
func (f Files) Incoming() incoming.Folder {
	return incoming.Folder(filepath.Join(f.Dir, incomingFolder))
}

// path is where a brought file is. Its ending tells its format.
func (f Files) path(id uuid.UUID, name string) string {
	return filepath.Join(f.Dir, filesFolder, id.String()+strings.ToLower(filepath.Ext(name)))
}

// Keep makes an upload that is whole a brought file. Doing it again is harmless.
func (f Files) Keep(upload string, id uuid.UUID, name string) error {
	return incoming.Keep(f.Incoming().Path(upload), f.path(id, name))
}

// drop removes a brought file, and what is left of its upload, which has its name.
func (f Files) drop(id uuid.UUID, name string) error {
	if err := f.Incoming().Discard(strings.ReplaceAll(id.String(), "-", "")); err != nil {
		return err
	}
	return incoming.Remove(f.path(id, name))
}

// over is a file that is no longer needed.
type over struct {
	ID   uuid.UUID `db:"id"`
	Name string    `db:"name"`
}

// let removes files and notes that they are gone.
func (f Files) let(ctx context.Context, db *pg.DB, gone ...over) error {
	ids := make([]uuid.UUID, len(gone))
	for i, g := range gone {
		if err := f.drop(g.ID, g.Name); err != nil {
			return fmt.Errorf("drop import file: %w", err)
		}
		ids[i] = g.ID
	}
	return db.Write(ctx, func(tx *pg.Tx) error {
		tx.Queue(droppedSQL, ids, tx.Now)
		return nil
	})
}

// Sweep removes brought files that are no longer needed, at most max of them, and the remains of uploads on which nothing was written for a
// day.
func Sweep(ctx context.Context, db *pg.DB, files Files, max int) error {
	gone, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]over, error) {
		return pg.All[over](ctx, tx, overSQL, tx.Now.Add(-waitsFor), tx.Now.Add(-keptFor), max)
	})
	if err != nil {
		return fmt.Errorf("sweep import files: %w", err)
	}
	if len(gone) > 0 {
		err = files.let(ctx, db, gone...)
	}
	if swept := files.Incoming().Sweep(unfinishedFor); err == nil {
		err = swept
	}
	return err
}

// ForgetRejects removes at most max rejects of imports that began more than 30 days ago.
func ForgetRejects(tx *pg.Tx, max int) { tx.Queue(forgetRejectsSQL, tx.Now.Add(-rejectsFor), max) }

// run is how an import is carried.
type run struct {
	File      uuid.UUID  `db:"file_id"`
	Layer     string     `db:"layer"`
	Approval  string     `db:"approval"`
	Anyway    bool       `db:"anyway"`
	Header    []string   `db:"header"`
	State     State      `db:"state"`
	Epoch     int        `db:"epoch"`
	About     *int       `db:"about"`
	Name      string     `db:"name"`
	PersonID  uuid.UUID  `db:"person_id"`
	DroppedAt *time.Time `db:"dropped_at"`
}

// whole is an import and its run.
type whole struct {
	intake.Import
	run
}
