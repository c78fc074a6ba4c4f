package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"gridwork/domain/cell"
	"gridwork/domain/place"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/rowfile"
	"gridwork/server"
)

type importCommands struct {
	Register  importCommand          `cmd:"" default:"withargs" help:"Read addresses, premises or components: gridwork import premises FILE."`
	Checklist importChecklistCommand `cmd:"" help:"Publish the next version of a checklist that was written as XLSForm."`
}

type importCommand struct {
	Kind    string            `arg:"" enum:"addresses,premises,components" help:"What the file holds: addresses, premises or components."`
	File    string            `arg:"" type:"existingfile" help:"CSV, TSV, XLSX or GeoJSON."`
	Profile string            `help:"Read the columns as a saved profile says."`
	Column  map[string]string `help:"Which column a field is in, as code=地址编码; may be repeated. What is not said is looked for under its usual names."`
	Datum   geo.Datum         `help:"Of the coordinates: wgs84, gcj02, bd09 or cgcs2000." default:"wgs84" enum:"wgs84,gcj02,bd09,cgcs2000"`
	Save    string            `help:"Keep columns and datum as a profile of this name."`
}

func (c importCommand) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error { return c.run(ctx, db) })
}

func (c importCommand) run(ctx context.Context, db *pg.DB) error {
	return c.carry(ctx, db, func(i place.Import) { fmt.Printf("\r%9d rows", i.Rows) })
}

// carry takes the file in. heard is told of each batch that is stored.
func (c importCommand) carry(ctx context.Context, db *pg.DB, heard func(place.Import)) error {
	file, err := rowfile.Open(c.File)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	defer func() { _ = file.Close() }()
	begun, atlas, err := c.begin(ctx, db, file)
	if err != nil {
		return err
	}
	if begun.Rows > 0 {
		fmt.Printf("going on behind %d rows of an import that began at %s\n", begun.Rows, begun.StartedAt.Format(time.RFC3339))
	}
	rejects, err := openRejects(c.File+".rejects.csv", file.Columns(), begun.Rows > 0)
	if err != nil {
		return err
	}
	defer rejects.close()
	started := time.Now()
	done, err := place.Carry(ctx, db, atlas, begun, records(file), func(i place.Import, lost []place.Reject) error {
		heard(i)
		return rejects.write(lost)
	})
	if err != nil {
		return fmt.Errorf("stopped behind %d rows; the same command goes on from there: %w", done.Rows, err)
	}
	fmt.Printf("\r%d rows in %.1f s: %d new or changed, %d as they were, %d rejected\n", done.Rows, time.Since(started).Seconds(), done.Written,
		done.Rows-done.Written-done.Rejected, done.Rejected)
	if done.Rejected > 0 {
		fmt.Printf("why each was rejected: %s\n", rejects.path)
	}
	return nil
}

// begin binds the file to its columns, and starts the import or finds the one to go on with.
func (c importCommand) begin(ctx context.Context, db *pg.DB, file *rowfile.File) (begun place.Import, atlas *cell.Atlas, err error) {
	sum, err := hashOf(c.File)
	if err != nil {
		return begun, nil, err
	}
	profile := place.Profile{Kind: place.Kind(c.Kind), Columns: c.Column, Datum: c.Datum}
	err = db.Write(ctx, func(tx *pg.Tx) error {
		if c.Profile != "" {
			if profile, err = place.SavedProfile(ctx, tx, place.Kind(c.Kind), c.Profile); err != nil {
				return err
			}
		}
		columns, err := profile.For(file.Columns())
		if err != nil {
			return err
		}
		if c.Save != "" {
			place.SaveProfile(tx, c.Save, profile)
		}
		if atlas, err = cell.LoadAtlas(ctx, tx); err != nil {
			return err
		}
		begun, err = place.Begin(ctx, tx, place.Import{Kind: profile.Kind, File: filepath.Base(c.File), SHA256: sum, Columns: columns, Datum: profile.Datum})
		return err
	})
	return begun, atlas, err
}

func hashOf(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	h := sha256.New()
	_, err = io.Copy(h, file)
	return h.Sum(nil), err
}

// records are the rows of a file. One that cannot be read is a record too, which says so.
func records(file *rowfile.File) place.Source {
	return func() (place.Record, error) {
		row, err := file.Next()
		if _, broken := fault.As(err); err != nil && !broken {
			return place.Record{}, err
		}
		return place.Record{Number: row.Number, Fields: row.Fields, Broken: err}, nil
	}
}
