// Package intake takes in the files of other offices 导入: which column holds what, how far a file has come, what became of each
// row. What a row means is for the package whose rows they are.
package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Codes of the faults about files on their way in.
const (
	CodeColumns   = "COLUMNS_INCOMPLETE" // a needed field has no column
	CodeField     = "FIELD_UNKNOWN"      // a profile names a field that there is not
	CodeNoProfile = "PROFILE_UNKNOWN"    // no profile has this name
	CodeElsewhere = "IMPORT_ELSEWHERE"   // another run imports the same file
)

// Import 导入 is one file on its way in. Its rows come in the file's order, batch by batch, each in a transaction of its
// own; a run that was cut goes on behind the last batch.
type Import struct {
	ID         uuid.UUID         `db:"id"`
	Kind       string            `db:"kind"`
	File       string            `db:"file"` // its name, without its folder
	SHA256     []byte            `db:"sha256"`
	Columns    map[string]string `db:"columns"` // field → column
	Datum      geo.Datum         `db:"datum"`
	PersonID   *uuid.UUID        `db:"person_id"` // in whose name; nil: the operator's
	Rows       int               `db:"rows"`      // records dealt with
	Written    int               `db:"written"`   // of those: new, or changed
	Rejected   int               `db:"rejected"`  // of those
	StartedAt  time.Time         `db:"started_at"`
	FinishedAt *time.Time        `db:"finished_at"`
}

// Record is one row of a file.
type Record struct {
	Number int
	Fields map[string]string // by column
	Shape  []byte            // GeoJSON in the file's datum, where the file has shapes
	Broken error             // a fault, where the row could not be read
}

// Reject is why a row was not taken. A row may have several.
type Reject struct {
	Record
	Why *fault.Error // its field is the import's, not the file's column
}

// Begin starts an import in the actor's name, or goes on with one of theirs of the same file under the same profile. Who may is
// for the package whose rows they are.
func Begin(ctx context.Context, tx *pg.Tx, in Import) (Import, error) {
	in.PersonID, _ = audit.Who(tx.Actor)
	running := func() (Import, error) {
		return pg.One[Import](ctx, tx, runningSQL, in.Kind, in.SHA256, in.Columns, in.Datum, in.PersonID)
	}
	if found, err := running(); err == nil || !errors.Is(err, pgx.ErrNoRows) {
		return found, err
	}
	in.ID, in.StartedAt = pg.NewID(), tx.Now
	begun, err := pg.Exec(ctx, tx, beginSQL, in.ID, in.Kind, in.File, in.SHA256, in.Columns, in.Datum, in.PersonID, tx.Now)
	if err != nil {
		return Import{}, fmt.Errorf("begin import: %w", err)
	}
	if begun == 0 { // somebody has begun the same meanwhile
		found, err := running()
		if errors.Is(err, pgx.ErrNoRows) {
			err = errFinished
		}
		return found, err
	}
	audit.Record(tx, "import.begin", "import", in.ID.String(), map[string]any{"kind": in.Kind, "file": in.File})
	return in, nil
}

// Take reads rows without the database, and returns what stores them: a batch can be read while the one before is stored.
type Take func(rows []Record) Store

// Store stores a batch, and tells how many of its rows were new or changed something and why others were not taken. It may run
// twice, as every transaction may.
type Store func(ctx context.Context, tx *pg.Tx) (written int, rejects []Reject, err error)

// Load stores a batch of so many rows, and moves the import on behind it.
//
// Faults: IMPORT_ELSEWHERE where another run moved the import on, or finished it.
func (i Import) Load(ctx context.Context, tx *pg.Tx, rows int, store Store) (Import, []Reject, error) {
	at, err := pg.Val[int](ctx, tx, lockSQL, i.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return i, nil, errFinished
	}
	if err != nil {
		return i, nil, fmt.Errorf("lock import: %w", err)
	}
	if at != i.Rows {
		return i, nil, fault.Conflict(CodeElsewhere, "another run imports this file, and is at row %d", at)
	}
	written, rejects, err := store(ctx, tx)
	if err != nil {
		return i, nil, fmt.Errorf("store %s: %w", i.Kind, err)
	}
	refused := map[int]bool{}
	for _, r := range rejects {
		refused[r.Number] = true
	}
	i.Rows, i.Written, i.Rejected = i.Rows+rows, i.Written+written, i.Rejected+len(refused)
	if _, err := tx.Exec(ctx, moveOnSQL, i.ID, i.Rows, i.Written, i.Rejected); err != nil {
		return i, nil, fmt.Errorf("move import on: %w", err)
	}
	return i, rejects, nil
}

var errFinished = fault.Conflict(CodeElsewhere, "another run imports this file, or has finished")

// Finish says that the file has no more rows: IMPORT_ELSEWHERE where another run has said so, or is still at it.
func (i Import) Finish(ctx context.Context, tx *pg.Tx) (Import, error) {
	i.FinishedAt = &tx.Now
	finished, err := pg.Exec(ctx, tx, finishSQL, i.ID, tx.Now, i.Rows)
	if err != nil {
		return i, fmt.Errorf("finish import: %w", err)
	}
	if finished == 0 {
		return i, errFinished
	}
	audit.Record(tx, "import.finish", "import", i.ID.String(), map[string]any{"rows": i.Rows, "written": i.Written, "rejected": i.Rejected})
	return i, nil
}
