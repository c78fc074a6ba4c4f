package intake

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"gridwork/fault"
	"gridwork/rowfile"
)

// CodeFile is of the fault that ends a file which cannot be read any further.
const CodeFile = "FILE_BROKEN"

// Rows gives the rows of a file. One that cannot be read is a record too, which says so.
//
// Faults: FILE_BROKEN, ROW_TOO_LONG where there is nothing to go on from.
func Rows(file *rowfile.File) Source {
	last := 0
	return func() (Record, error) {
		row, err := file.Next()
		_, broken := fault.As(err)
		switch {
		case errors.Is(err, io.EOF):
			return Record{}, err
		case errors.Is(err, rowfile.ErrLong):
			return Record{}, fault.Invalid(rowfile.CodeLong, "the row at line %d is too long, perhaps for a quote that does not close", row.Number).Because(err)
		case err != nil && !broken:
			return Record{}, fault.Invalid(CodeFile, "behind row %d the file cannot be read", last).Because(err)
		}
		last = row.Number
		return Record{Number: row.Number, Fields: row.Fields, Shape: row.Shape, Broken: err}, nil
	}
}

// Line is a reject as a table tells it: the row's number, the field, the code and the reason, and then the row itself, by the file's columns.
func (r Reject) Line(columns []string) []any {
	line := []any{strconv.Itoa(r.Number), r.Why.Field, r.Why.Code, r.Why.Message}
	for _, column := range columns {
		line = append(line, r.Fields[column])
	}
	return line
}

// RejectHeader names what a Line holds.
func RejectHeader(columns []string) []any {
	header := []any{"row", "field", "code", "reason"}
	for _, column := range columns {
		header = append(header, column)
	}
	return header
}

// Cause is an error with what lies behind it, for whoever may read that: it may name paths of this machine.
func Cause(err error) error {
	if why, told := fault.As(err); told && why.Cause != nil {
		return fmt.Errorf("%w (%w)", err, why.Cause)
	}
	return err
}
