package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"gridwork/domain/intake"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/rowfile"
)

// importFile is a file of another office, and how its columns are called.
type importFile struct {
	File    string            `arg:"" type:"existingfile" help:"CSV, TSV, XLSX, GeoJSON or GeoPackage."`
	Profile string            `help:"Read the columns as a saved profile says."`
	Column  map[string]string `help:"Which column a field is in, as code=地址编码; may be repeated. What is not said is looked for under its usual names."`
	Save    string            `help:"Keep columns and datum as a profile of this name."`
	Layer   string            `help:"Of a GeoPackage that has several."`

	shapes bool // geometries of every kind are wanted, not points alone
}

// register is what a file goes into.
type register struct {
	kind  intake.Kind
	name  string // of the import: the kind's, or another one for another way of taking in the same rows
	datum geo.Datum
	begin func(context.Context, *pg.Tx, intake.Import) (intake.Import, error)
	way   func(intake.Import) intake.Way
	heard func(intake.Import) // of each batch that is stored
}

func (f importFile) options() rowfile.Options {
	return rowfile.Options{Layer: f.Layer, Shapes: f.shapes}
}

func progress(i intake.Import) { fmt.Printf("\r%9d rows", i.Rows) }

// carry takes the file in, from where an earlier run of it was cut.
func (f importFile) carry(ctx context.Context, db *pg.DB, into register) error {
	file, err := f.options().Open(f.File)
	if err != nil {
		return fmt.Errorf("%s: %w", f.File, err)
	}
	defer func() { _ = file.Close() }()
	begun, err := f.begin(ctx, db, file, into)
	if err != nil {
		return err
	}
	if begun.Rows > 0 {
		fmt.Printf("going on behind %d rows of an import that began at %s\n", begun.Rows, begun.StartedAt.Format(time.RFC3339))
	}
	rejects, err := openRejects(f.File+".rejects.csv", file.Columns(), begun.Rows > 0)
	if err != nil {
		return err
	}
	defer rejects.close()
	started := time.Now()
	done, err := intake.Carry(ctx, db, begun, into.way(begun), intake.Rows(file), func(i intake.Import, lost []intake.Reject) error {
		into.heard(i)
		return rejects.write(lost)
	})
	if err != nil {
		return fmt.Errorf("stopped behind %d rows; the same command goes on from there: %w", done.Rows, intake.Cause(err))
	}
	fmt.Printf("\r%d rows in %.1f s: %d new or changed, %d as they were, %d rejected\n", done.Rows, time.Since(started).Seconds(), done.Written,
		done.Rows-done.Written-done.Rejected, done.Rejected)
	if done.Rejected > 0 {
		fmt.Printf("why each was rejected: %s\n", rejects.path)
	}
	return nil
}

// begin binds the file to its columns, and starts the import or finds the one to go on with.
func (f importFile) begin(ctx context.Context, db *pg.DB, file *rowfile.File, into register) (begun intake.Import, err error) {
	sum, err := f.options().Sum(f.File)
	if err != nil {
		return begun, err
	}
	return pg.WriteVal(ctx, db, func(tx *pg.Tx) (intake.Import, error) {
		profile := intake.Profile{Columns: f.Column, Datum: into.datum}
		if f.Profile != "" {
			var err error
			if profile, err = into.kind.SavedProfile(ctx, tx, f.Profile); err != nil {
				return intake.Import{}, err
			}
		}
		columns, err := into.kind.Bind(profile, file.Columns())
		if err != nil {
			return intake.Import{}, err
		}
		if f.Save != "" {
			into.kind.SaveProfile(tx, f.Save, profile)
		}
		return into.begin(ctx, tx, intake.Import{Kind: into.name, File: filepath.Base(f.File), SHA256: sum, Columns: columns, Datum: profile.Datum})
	})
}
