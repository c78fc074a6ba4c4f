package consignment

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/rowfile"
)

// shown is how many rows of a file are looked at.
const shown = 8

// atOnce bounds how many files are looked at together in one process: a workbook takes some memory to be opened.
var atOnce = make(chan struct{}, 2)

// Column says which column a field is in.
type Column struct{ Field, Column string }

func columnsOf(chosen []Column) map[string]string {
	columns := make(map[string]string, len(chosen))
	for _, c := range chosen {
		columns[c.Field] = c.Column
	}
	return columns
}

// LookInput asks what is in a file.
type LookInput struct {
	File    uuid.UUID
	Kind    Kind
	Layer   string   // of a GeoPackage that has several
	Columns []Column // chosen; other fields are looked for under their usual names
}

// Look is what is in a file, as far as its first rows tell.
type Look struct {
	Layers  []string // of a GeoPackage. Where one has to be chosen nothing else is told.
	Columns []string
	Fields  []Bound
	Rows    []LookedRow
}

// Bound is a field, and the column that it would be read from.
type Bound struct {
	intake.Field
	Column *string // nil: none
	Code   *string // COLUMNS_INCOMPLETE, where it should have one
}

// LookedRow is one of the first rows.
type LookedRow struct {
	Number int
	Cells  []string // by the look's columns
	Shape  bool     // it has a geometry that is no point
	Code   *string  // why it cannot be read; nil: it can
	Reason *string
}

// LookAt reads the beginning of a brought file, and which column each field would be read from.
//
// Faults: NOT_ALLOWED, IMPORT_FILE_NOT_FOUND at "file", FIELD_UNKNOWN at "columns"; those of rowfile.Options.Open.
func LookAt(ctx context.Context, db *pg.DB, files Files, in LookInput) (Look, error) {
	r, f, err := brought(ctx, db, in.Kind, in.File)
	if err != nil {
		return Look{}, err
	}
	select {
	case atOnce <- struct{}{}:
	case <-ctx.Done():
		return Look{}, ctx.Err()
	}
	defer func() { <-atOnce }()
	path := files.path(f.ID, f.Name)
	layers, err := rowfile.Layers(path)
	if err != nil || len(layers) > 1 && in.Layer == "" {
		return Look{Layers: layers}, files.told(err)
	}
	file, err := rowfile.Options{Layer: in.Layer, Shapes: r.shapes}.Open(path)
	if err != nil {
		return Look{}, files.told(err)
	}
	defer func() { _ = file.Close() }()
	l := Look{Layers: layers, Columns: file.Columns()}
	profile := intake.Profile{Columns: columnsOf(in.Columns)}
	if _, err := r.Bind(profile, l.Columns); fault.Is(err, intake.CodeField) {
		return l, fault.Under("columns", err)
	}
	for _, b := range r.Bindings(profile, l.Columns) {
		l.Fields = append(l.Fields, bound(b))
	}
	l.Rows, err = firstRows(intake.Rows(file), l.Columns)
	return l, err
}

func bound(b intake.Binding) Bound {
	told := Bound{Field: b.Field}
	if b.Column != "" {
		told.Column = &b.Column
	}
	if b.Why != nil {
		told.Code = &b.Why.Code
	}
	return told
}

func firstRows(next intake.Source, columns []string) (rows []LookedRow, err error) {
	for len(rows) < shown {
		record, err := next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		row := LookedRow{Number: record.Number, Cells: cells(record, columns), Shape: record.Shape != nil}
		if why, broken := fault.As(record.Broken); broken {
			row.Code, row.Reason = &why.Code, &why.Message
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func cells(r intake.Record, columns []string) []string {
	values := make([]string, len(columns))
	for i, column := range columns {
		values[i] = r.Fields[column]
	}
	return values
}

// told is what may be known of an error about a brought file: that it has to be brought again where it is not there, and never its path.
func (f Files) told(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return errNoFile.At("file").Because(err)
	}
	why, public := fault.As(err)
	if !public || !strings.Contains(why.Message, f.Dir) {
		return err
	}
	hidden := *why
	hidden.Message = strings.ReplaceAll(why.Message, filepath.Join(f.Dir, filesFolder)+"/", "")
	if strings.Contains(hidden.Message, f.Dir) {
		hidden.Message = "the file cannot be read"
	}
	return hidden.Because(err)
}
