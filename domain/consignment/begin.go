package consignment

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/rowfile"
)

// profileMost is how many characters a profile's name has at most.
const profileMost = 60

// BeginInput is what is to be taken in, and how it is to be read.
type BeginInput struct {
	File     uuid.UUID
	Kind     Kind
	Layer    string
	Columns  []Column
	Datum    geo.Datum
	Save     string // keeps columns and datum as a profile of this name; "": does not
	Approval string // map-approval number of boundaries whose row has none
	Anyway   bool   // also boundaries with which cells disagree
}

// Begin sets an import going in the background, in the actor's name: from its first row, or from where an earlier import of theirs of the same
// bytes under the same profile stands. One that is carried already is left alone.
//
// Faults: NOT_ALLOWED, IMPORT_FILE_NOT_FOUND at "file", FIELD_UNKNOWN and COLUMNS_INCOMPLETE at the field below "columns", TEXT_TOO_LONG at "save"; those of
// rowfile.Options.Open.
func Begin(ctx context.Context, db *pg.DB, files Files, in BeginInput) (Import, error) {
	r, f, err := brought(ctx, db, in.Kind, in.File)
	if err != nil {
		return Import{}, err
	}
	if len([]rune(in.Save)) > profileMost {
		return Import{}, fault.Invalid("TEXT_TOO_LONG", "a profile's name has at most %d characters", profileMost).At("save")
	}
	o := rowfile.Options{Layer: in.Layer, Shapes: r.shapes}
	file, err := o.Open(files.path(f.ID, f.Name))
	if err != nil {
		return Import{}, files.told(err)
	}
	header := file.Columns()
	if err := file.Close(); err != nil {
		return Import{}, err
	}
	profile := intake.Profile{Columns: columnsOf(in.Columns), Datum: in.Datum}
	columns, err := r.Bind(profile, header)
	if err != nil {
		return Import{}, fault.Under("columns", err)
	}
	sum := f.SHA256
	if in.Layer != "" {
		if sum, err = o.Sum(files.path(f.ID, f.Name)); err != nil {
			return Import{}, files.told(err)
		}
	}
	return pg.WriteVal(ctx, db, func(tx *pg.Tx) (Import, error) {
		if in.Save != "" {
			r.SaveProfile(tx, in.Save, profile)
		}
		i, err := r.begin(ctx, tx, intake.Import{Kind: string(in.Kind), File: f.Name, SHA256: sum, Columns: columns, Datum: in.Datum})
		if err != nil {
			return Import{}, err
		}
		if err := setGoing(ctx, tx, i.ID, setGoingSQL, i.ID, f.ID, in.Layer, in.Approval, in.Anyway, header); err != nil {
			return Import{}, err
		}
		return Get(ctx, tx, i.ID)
	})
}

// setGoing gives an import its job, unless it has one.
func setGoing(ctx context.Context, tx *pg.Tx, id uuid.UUID, sql string, args ...any) error {
	epoch, err := pg.Val[int](ctx, tx, sql, args...)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("set import going: %w", err)
	}
	tx.Emit(JobCarry, Job{id, epoch})
	return nil
}

// Stop stops an import: when it returns, no further row is taken in. What was stored stays.
//
// Faults: NOT_ALLOWED, IMPORT_NOT_FOUND, ACTION_NOT_POSSIBLE.
func Stop(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Import, error) {
	i, err := Get(ctx, tx, id)
	if err != nil {
		return i, err
	}
	n, err := pg.Exec(ctx, tx, stopSQL, id)
	if err == nil && n == 0 {
		err = fault.Conflict(CodeNotNow, "it is not being taken in")
	}
	if err != nil {
		return i, err
	}
	audit.Record(tx, "import.stop", "import", id.String(), struct{}{})
	return Get(ctx, tx, id)
}

// GoOn sets an import going again that was stopped or broke, from where it stands.
//
// Faults: NOT_ALLOWED but for whoever brought it, IMPORT_NOT_FOUND, ACTION_NOT_POSSIBLE, IMPORT_FILE_NOT_FOUND once its file is gone.
func GoOn(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Import, error) {
	i, err := Get(ctx, tx, id)
	if err != nil {
		return i, err
	}
	switch _, err := ruled(tx.Actor, i.Kind); {
	case err != nil:
		return i, err
	case !i.Own:
		return i, fault.Denied(CodeNotAllowed, "an import is gone on with by whoever began it")
	case i.State != Stopped && i.State != Broken:
		return i, fault.Conflict(CodeNotNow, "it is %s", i.State)
	case !i.Kept:
		return i, errNoFile
	}
	if err := setGoing(ctx, tx, id, goOnSQL, id); err != nil {
		return i, err
	}
	audit.Record(tx, "import.go_on", "import", id.String(), map[string]any{"rows": i.Rows})
	return Get(ctx, tx, id)
}
