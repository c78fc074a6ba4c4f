// Package rowfile reads what other systems export, row by row: CSV in UTF-8, UTF-16 or GB18030, XLSX, GeoJSON, and
// GeoPackage through GDAL. A row that cannot be read costs itself alone, and no file costs more memory than a row. It writes CSV and XLSX too.
package rowfile

import (
	"os"
	"path/filepath"
	"strings"

	"gridwork/fault"
)

// Codes of the faults about files and rows.
const (
	CodeFormat   = "FILE_FORMAT"       // no format that is read, by its name or by what is in it
	CodeHeader   = "FILE_HEADER"       // no first row that names the columns
	CodeBroken   = "ROW_BROKEN"        // quotes that do not close, JSON that is none
	CodeRagged   = "ROW_RAGGED"        // more or fewer fields than the header names
	CodeLong     = "ROW_TOO_LONG"      // more than rowMost
	CodeEncoding = "ROW_ENCODING"      // bytes that are no text in the file's encoding
	CodeGeometry = "ROW_NOT_A_POINT"   // a GeoJSON feature whose geometry is none
	CodeNoGDAL   = "FILE_NEEDS_GDAL"   // a GeoPackage where ogr2ogr is not installed
	CodeLayer    = "FILE_LAYER"        // no such layer, or several to choose from
	CodeEmpty    = "ROW_WITHOUT_VALUE" // not one field holds anything
)

// How many bytes a row may have: a district's boundary is larger than anything else that is written in one.
const (
	rowMost   = 1 << 20
	shapeMost = 32 << 20
)

// Row is one record: what each column holds, by the header's names. A GeoJSON feature has its properties, and its point as
// "lon" and "lat".
type Row struct {
	Number int // as the file counts: of a CSV or XLSX, the header is 1; of GeoJSON, the first feature is 1
	Fields map[string]string
	Shape  []byte // the geometry as GeoJSON, where Options ask for shapes and it is no point
}

// Options say how a file is opened.
type Options struct {
	Layer  string // of a GeoPackage; "": the only one
	Shapes bool   // geometries of every kind are wanted: otherwise a feature has a point, or is refused
}

// File is open for reading.
type File struct {
	rows
	file *os.File
}

// rows is one format. next returns io.EOF at the end, and a fault for a row that it could not read.
type rows interface {
	columns() []string
	next() (Row, error)
	close() error
}

// Open opens a file of points or of none.
func Open(path string) (*File, error) { return Options{}.Open(path) }

// Open tells the format by the file's name. The geometries of a GeoPackage become degrees, in the datum that they were stored in.
//
// Faults: CodeFormat, CodeHeader, CodeLayer, CodeNoGDAL; of the file itself.
func (o Options) Open(path string) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f, err := o.open(file, strings.ToLower(filepath.Ext(path)))
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return f, nil
}

func (o Options) open(file *os.File, kind string) (f *File, err error) {
	f = &File{file: file}
	if o.Layer != "" && kind != ".gpkg" {
		return nil, fault.Invalid(CodeLayer, "only a GeoPackage has layers")
	}
	switch kind {
	case ".csv", ".txt", ".tsv":
		f.rows, err = openCSV(file, kind == ".tsv")
	case ".xlsx":
		f.rows, err = openXLSX(file.Name())
	case ".geojson", ".json":
		f.rows, err = openGeoJSON(file, o.Shapes)
	case ".gpkg":
		f.rows, err = openGeoPackage(file.Name(), o)
	default:
		return nil, fault.Invalid(CodeFormat, "a file is .csv, .tsv, .xlsx, .geojson or .gpkg, not %q", kind)
	}
	return f, err
}

// Columns are the names that rows have values for, of GeoJSON those that the first feature has.
func (f *File) Columns() []string { return f.columns() }

// Next is the next row. io.EOF says that there is none; a fault, that this one could not be read and the next may be
// asked for; another error, that nothing more can be read. The row's number is set in any case.
func (f *File) Next() (Row, error) { return f.next() }

// Close gives the file back.
func (f *File) Close() error {
	err := f.close()
	if again := f.file.Close(); err == nil {
		err = again
	}
	return err
}

// fieldsOf names the values. Surrounding blanks say nothing.
func fieldsOf(header, values []string) (map[string]string, error) {
	if len(values) > len(header) {
		for _, extra := range values[len(header):] {
			if strings.TrimSpace(extra) != "" {
				return nil, fault.Invalid(CodeRagged, "%d fields where the header names %d", len(values), len(header))
			}
		}
		values = values[:len(header)]
	}
	fields, empty := make(map[string]string, len(header)), true
	for i, v := range values {
		v = strings.TrimSpace(v)
		if strings.ContainsAny(v, "\x00\uFFFD") {
			return nil, fault.Invalid(CodeEncoding, "a field is no text in the file's encoding").At(header[i])
		}
		fields[header[i]], empty = v, empty && v == ""
	}
	if empty {
		return nil, fault.Invalid(CodeEmpty, "the row is empty")
	}
	return fields, nil
}

// named is a header that can name columns: each once, at least one of them.
func named(header []string) ([]string, error) {
	names, seen := make([]string, len(header)), map[string]bool{}
	for i, name := range header {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF"))
		if name != "" && seen[name] {
			return nil, fault.Invalid(CodeHeader, "two columns are called %q", name)
		}
		names[i], seen[name] = name, true
	}
	delete(seen, "")
	if len(seen) == 0 {
		return nil, fault.Invalid(CodeHeader, "the first row has to name the columns")
	}
	return names, nil
}
