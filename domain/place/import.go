package place

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Import 导入 is one file on its way in. Its rows come in the file's order, batch by batch, each in a transaction of its
// own; a run that was cut goes on behind the last batch.
type Import struct {
	ID         uuid.UUID         `db:"id"`
	Kind       Kind              `db:"kind"`
	File       string            `db:"file"` // its name, without its folder
	SHA256     []byte            `db:"sha256"`
	Columns    map[string]string `db:"columns"` // field → column
	Datum      geo.Datum         `db:"datum"`
	Rows       int               `db:"rows"`     // records dealt with
	Written    int               `db:"written"`  // of those: new, or changed
	Rejected   int               `db:"rejected"` // of those
	StartedAt  time.Time         `db:"started_at"`
	FinishedAt *time.Time        `db:"finished_at"`
}

// Record is one row of a file.
type Record struct {
	Number int
	Fields map[string]string // by column
	Broken error             // a fault, where the row could not be read
}

// Reject is a row that was not taken, and why.
type Reject struct {
	Record
	Why *fault.Error // its field is the import's, not the file's column
}

// Begin starts an import, or goes on with one of the same file under the same profile. For the operator.
func Begin(ctx context.Context, tx *pg.Tx, in Import) (Import, error) {
	if tx.Actor.System == "" && !tx.Actor.Citywide(actor.AdministerAll) {
		return Import{}, fault.Denied(CodeNotAllowed, "places are imported for the whole city")
	}
	found, err := pg.One[Import](ctx, tx, runningSQL, in.Kind, in.SHA256, in.Columns, in.Datum)
	if err == nil || !errors.Is(err, pgx.ErrNoRows) {
		return found, err
	}
	in.ID, in.StartedAt = pg.NewID(), tx.Now
	if _, err := tx.Exec(ctx, beginSQL, in.ID, in.Kind, in.File, in.SHA256, in.Columns, in.Datum, tx.Now); err != nil {
		return Import{}, fmt.Errorf("begin import: %w", err)
	}
	audit.Record(tx, "import.begin", "import", in.ID.String(), map[string]any{"kind": in.Kind, "file": in.File})
	return in, nil
}

// Batch is the next rows of an import, read and landed: nothing of it is stored yet.
type Batch struct {
	rows    []Record
	records []record
	rejects []Reject
}

// Read checks rows and lands them, without the database: a batch can be read while the one before is loaded.
func (i Import) Read(atlas *cell.Atlas, rows []Record) Batch {
	r := reader{kind: i.Kind, columns: i.Columns, datum: i.Datum, atlas: atlas}
	b := Batch{rows: rows}
	at := make(map[string]int, len(rows)) // of the last record with a code: what a file says later counts
	for _, row := range rows {
		rec, err := record{}, row.Broken
		if err == nil {
			rec, err = r.read(row.Number, row.Fields)
		}
		if why, refused := fault.As(err); refused {
			b.rejects = append(b.rejects, Reject{row, why})
			continue
		}
		if before, again := at[rec.code]; again {
			b.records[before] = rec
			continue
		}
		at[rec.code] = len(b.records)
		b.records = append(b.records, rec)
	}
	return b
}

// Load stores a batch and moves the import on behind it. Rows that need something which is not there are rejected too.
//
// Faults: IMPORT_ELSEWHERE where another run moved the import on.
func (i Import) Load(ctx context.Context, tx *pg.Tx, b Batch) (Import, []Reject, error) {
	rows, err := pg.Val[int](ctx, tx, lockImportSQL, i.ID)
	if err != nil {
		return i, nil, fmt.Errorf("lock import: %w", err)
	}
	if rows != i.Rows {
		return i, nil, fault.Conflict(CodeOtherImport, "another run imports this file, and is at row %d", rows)
	}
	store := map[Kind]func(context.Context, *pg.Tx, []record) (int, []refused, error){
		Addresses: storeAddresses, PremisesOf: storePremises, Components: storeComponents,
	}[i.Kind]
	written, lost, err := store(ctx, tx, b.records)
	if err != nil {
		return i, nil, fmt.Errorf("store %s: %w", i.Kind, err)
	}
	rejects := b.rejects
	for _, l := range lost {
		at := slices.IndexFunc(b.rows, func(r Record) bool { return r.Number == l.row })
		rejects = append(rejects, Reject{b.rows[at], l.why})
	}
	i.Rows, i.Written, i.Rejected = i.Rows+len(b.rows), i.Written+written, i.Rejected+len(rejects)
	if _, err := tx.Exec(ctx, moveOnSQL, i.ID, i.Rows, i.Written, i.Rejected); err != nil {
		return i, nil, fmt.Errorf("move import on: %w", err)
	}
	return i, rejects, nil
}

// Finish says that the file has no more rows.
func (i Import) Finish(ctx context.Context, tx *pg.Tx) (Import, error) {
	i.FinishedAt = &tx.Now
	if _, err := tx.Exec(ctx, finishSQL, i.ID, tx.Now); err != nil {
		return i, fmt.Errorf("finish import: %w", err)
	}
	audit.Record(tx, "import.finish", "import", i.ID.String(), map[string]any{"rows": i.Rows, "written": i.Written, "rejected": i.Rejected})
	return i, nil
}
