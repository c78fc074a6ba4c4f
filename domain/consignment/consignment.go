// Package consignment takes in files of other offices that administrators bring by the page: what is in them, how each import is carried
// in the background, stopped and gone on with, and what became of it. How a file's rows are taken in is for the packages whose rows they are.
package consignment

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/intake"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/rowfile"
)

// Codes of the faults about imports by the page.
const (
	CodeNotAllowed = "NOT_ALLOWED"
	CodeNoFile     = "IMPORT_FILE_NOT_FOUND" // nobody has brought it, somebody else has, or it is gone by now: bring it again
	CodeNotFound   = "IMPORT_NOT_FOUND"      // no such import, or of somebody else
	CodeName       = "FILE_NAME"             // a file's name has 1 to 200 characters
	CodeNotNow     = "ACTION_NOT_POSSIBLE"   // what is over is not stopped, what is carried not gone on with
)

// How large files may be, in bytes. A workbook is unpacked to be read, and has a million rows at most.
const (
	MaxBytes    = 1 << 30
	MaxWorkbook = 100 << 20
	nameMost    = 200 // characters
)

var (
	errNotAllowed = fault.Denied(CodeNotAllowed, "files are taken in by administrators")
	errNotFound   = fault.NotFound(CodeNotFound, "no such import")
	errNoFile     = fault.NotFound(CodeNoFile, "no such file: bring it again")
)

// File is a file that somebody has brought.
type File struct {
	ID         uuid.UUID  `db:"id"`
	PersonID   uuid.UUID  `db:"person_id"`
	Name       string     `db:"name"`
	Bytes      int64      `db:"bytes"`
	SHA256     []byte     `db:"sha256"`
	ReceivedAt time.Time  `db:"received_at"`
	DroppedAt  *time.Time `db:"dropped_at"`
}

// formats are the endings of files that are read.
var formats = []string{".csv", ".txt", ".tsv", ".xlsx", ".geojson", ".json", ".gpkg"}

// Check looks at a file before any of it is brought.
//
// Faults: NOT_ALLOWED; FILE_NAME, FILE_FORMAT at "name"; FILE_TOO_LARGE at "size".
func Check(a *actor.Actor, name string, bytes int64) error {
	kind := strings.ToLower(filepath.Ext(name))
	most := int64(MaxBytes)
	if kind == ".xlsx" {
		most = MaxWorkbook
	}
	switch {
	case !mayBring(a):
		return errNotAllowed
	case name == "" || len([]rune(name)) > nameMost || strings.ContainsAny(name, "/\\\x00"):
		return fault.Invalid(CodeName, "a file's name has 1 to %d characters, and no folder", nameMost).At("name")
	case !slices.Contains(formats, kind):
		return fault.Invalid(rowfile.CodeFormat, "a file is .csv, .tsv, .xlsx, .geojson or .gpkg").At("name")
	case bytes > most:
		return fault.Invalid(rowfile.CodeLarge, "a file has at most %d MB", most>>20).At("size")
	}
	return nil
}

// Receive records a file that has arrived whole. Doing it again is harmless.
func Receive(ctx context.Context, tx *pg.Tx, f File) error {
	if err := Check(tx.Actor, f.Name, f.Bytes); err != nil {
		return err
	}
	n, err := pg.Exec(ctx, tx, receiveSQL, f.ID, tx.Actor.ID, f.Name, f.Bytes, f.SHA256, tx.Now)
	if err != nil {
		return fmt.Errorf("receive import file: %w", err)
	}
	if n > 0 {
		audit.Record(tx, "import.bring", "import_file", f.ID.String(), map[string]any{"file": f.Name, "bytes": f.Bytes})
	}
	return nil
}

// fileOf is a file of the actor's own that is still there. Fault: IMPORT_FILE_NOT_FOUND at "file".
func fileOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) (File, error) {
	f, err := pg.One[File](ctx, tx, fileSQL, id, tx.Actor.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, errNoFile.At("file")
	}
	return f, err
}

// brought is a file of the actor's own, and the rule of what it is to be taken in as. Faults: NOT_ALLOWED, IMPORT_FILE_NOT_FOUND at "file".
func brought(ctx context.Context, db *pg.DB, k Kind, id uuid.UUID) (r rule, f File, err error) {
	err = db.Read(ctx, func(tx *pg.Tx) (err error) {
		if r, err = ruled(tx.Actor, k); err == nil {
			f, err = fileOf(ctx, tx, id)
		}
		return err
	})
	return r, f, err
}

// State is how far an import has come.
type State string

// Where an import may stand. One of the command line that is not over counts as stopped: nobody here knows.
const (
	Running State = "running"
	Stopped State = "stopped"
	Broken  State = "broken"
	Done    State = "done"
)

// States are all of them.
var States = []State{Running, Stopped, Broken, Done}

func (s State) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *State) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, States) }

// Import 导入 is one file on its way in, as whoever looks after it sees it.
type Import struct {
	ID         uuid.UUID  `db:"id"`
	Kind       Kind       `db:"kind"`
	File       string     `db:"file"`
	PersonID   *uuid.UUID `db:"person_id"` // in whose name; nil: the operator's
	State      State      `db:"state"`
	Datum      geo.Datum  `db:"datum"`
	Rows       int        `db:"rows"`
	Written    int        `db:"written"`
	Rejected   int        `db:"rejected"`
	About      *int       `db:"about"` // rows of the file, roughly; nil: not known
	Code       *string    `db:"code"`  // why it broke
	Reason     *string    `db:"reason"`
	Field      *string    `db:"field"`
	StartedAt  time.Time  `db:"started_at"`
	FinishedAt *time.Time `db:"finished_at"`
	Own        bool       `db:"own"`    // of whoever looks
	Kept       bool       `db:"kept"`   // its file is still there
	ByPage     bool       `db:"bypage"` // not by the command line
	Header     []string   `db:"header"`
}

// MayStop tells whether whoever looks may stop it.
func (i Import) MayStop() bool { return i.State == Running }

// MayGoOn tells whether whoever looks may go on with it.
func (i Import) MayGoOn() bool {
	return i.Own && i.Kept && (i.State == Stopped || i.State == Broken)
}

// scope is whose imports the actor sees: everybody's, or their own. Fault: NOT_ALLOWED for whoever administers nothing.
func scope(a *actor.Actor) (all bool, err error) {
	all = a.System != "" || a.Citywide(actor.AdministerAll)
	if !all && !mayBring(a) {
		return false, errNotAllowed
	}
	return all, nil
}

// List is a page of the imports, the newest first, before one (nil: from the newest): administrators of the city see everybody's, others
// their own.
func List(ctx context.Context, tx *pg.Tx, before *uuid.UUID, first int) (page []Import, more bool, err error) {
	all, err := scope(tx.Actor)
	if err != nil {
		return nil, false, err
	}
	page, err = pg.All[Import](ctx, tx, listSQL, tx.Actor.ID, all, before, first+1)
	return pg.Page(page, first, err)
}

// Get is one of them. Faults: NOT_ALLOWED, IMPORT_NOT_FOUND.
func Get(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Import, error) {
	all, err := scope(tx.Actor)
	if err != nil {
		return Import{}, err
	}
	i, err := pg.One[Import](ctx, tx, oneSQL, tx.Actor.ID, all, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return i, errNotFound
	}
	return i, err
}

// Reject is why a row was not taken, with the row. It may hold what nobody else should read, such as phone numbers.
type Reject struct {
	ID     int64    `db:"id"`
	Row    int      `db:"row"`
	Field  string   `db:"field"`
	Code   string   `db:"code"`
	Reason string   `db:"reason"`
	Cells  []string `db:"cells"` // by the import's header
}

// Rejects is a page of why rows of an import were not taken, in the file's order, after one (nil: from the first).
func Rejects(ctx context.Context, tx *pg.Tx, of uuid.UUID, after *int64, first int) (page []Reject, more bool, err error) {
	if _, err := Get(ctx, tx, of); err != nil {
		return nil, false, err
	}
	page, err = pg.All[Reject](ctx, tx, rejectsSQL, of, after, first+1)
	return pg.Page(page, first, err)
}

// TakeRejects is Get for somebody who takes all of an import's rejects away, which is audited.
func TakeRejects(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Import, error) {
	i, err := Get(ctx, tx, id)
	if err == nil {
		audit.Record(tx, "import.take_rejects", "import", id.String(), map[string]any{"kind": i.Kind, "rejected": i.Rejected})
	}
	return i, err
}

// Line is a reject as the file of the command line tells it.
func (r Reject) Line(columns []string) []any {
	fields := make(map[string]string, len(columns))
	for n, column := range columns {
		if n < len(r.Cells) {
			fields[column] = r.Cells[n]
		}
	}
	why := fault.Error{Code: r.Code, Message: r.Reason, Field: r.Field}
	return intake.Reject{Record: intake.Record{Number: r.Row, Fields: fields}, Why: &why}.Line(columns)
}
