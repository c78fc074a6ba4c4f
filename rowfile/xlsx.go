package rowfile

import (
	"io"

	"github.com/xuri/excelize/v2"

	"gridwork/fault"
)

// unpackedMost is how large a workbook may become: a zip bomb is refused, and what is larger than inMemory is unpacked
// into a temporary file.
const (
	unpackedMost = 4 << 30
	inMemory     = 64 << 20
)

// xlsxRows reads the first sheet. A cell's value is what its formula came to when the file was written: none is reckoned.
type xlsxRows struct {
	book   *excelize.File
	sheet  *excelize.Rows
	header []string
	number int
}

func openXLSX(path string) (*xlsxRows, error) {
	book, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: unpackedMost, UnzipXMLSizeLimit: inMemory, RawCellValue: true})
	if err != nil {
		return nil, fault.Invalid(CodeFormat, "this is no workbook that can be read").Because(err)
	}
	x := &xlsxRows{book: book}
	if x.sheet, err = book.Rows(book.GetSheetName(0)); err == nil {
		var first []string
		if first, err = x.line(); err == nil {
			x.header, err = named(first)
		}
	}
	if err != nil {
		_ = x.close()
		if _, known := fault.As(err); !known {
			err = fault.Invalid(CodeHeader, "the first row has to name the columns").Because(err)
		}
		return nil, err
	}
	return x, nil
}

func (x *xlsxRows) line() ([]string, error) {
	if !x.sheet.Next() {
		if err := x.sheet.Error(); err != nil {
			return nil, err
		}
		return nil, io.EOF
	}
	x.number++
	return x.sheet.Columns()
}

// next pads short rows: a sheet leaves out empty cells at the end.
func (x *xlsxRows) next() (Row, error) {
	values, err := x.line()
	if err != nil {
		return Row{Number: x.number}, err
	}
	for len(values) < len(x.header) {
		values = append(values, "")
	}
	row := Row{Number: x.number}
	row.Fields, err = fieldsOf(x.header, values)
	return row, err
}

func (x *xlsxRows) columns() []string { return x.header }

func (x *xlsxRows) close() error {
	if x.sheet != nil {
		_ = x.sheet.Close()
	}
	return x.book.Close()
}
