package rowfile

import (
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"gridwork/fault"
)

// What a workbook may have that is read whole: a form's, not a register's.
const (
	bookMost    = 8 << 20  // bytes of the file
	sheetsMost  = 20       // sheets
	bookUnpacks = 64 << 20 // bytes, unpacked
	sheetMost   = 2000     // rows of a sheet
	columnsMost = 200      // of a sheet
)

// CodeLarge is the fault about a workbook that is larger than one that is read whole may be.
const CodeLarge = "FILE_TOO_LARGE"

// Sheet is one sheet of a workbook.
type Sheet struct {
	Columns []string
	Rows    []Row         // those that hold anything
	Broken  map[int]error // what could not be read, by its row's number: a fault
}

// Workbook reads an XLSX whole, sheet by sheet, by their names in lower case. A cell's value is what its formula came to when the file
// was written. A sheet whose first row names no columns is left out.
//
// Faults: CodeFormat, CodeLarge.
func Workbook(file io.Reader) (map[string]Sheet, error) {
	limited := &io.LimitedReader{R: file, N: bookMost + 1}
	book, err := excelize.OpenReader(limited, excelize.Options{UnzipSizeLimit: bookUnpacks, UnzipXMLSizeLimit: bookUnpacks, RawCellValue: true})
	if limited.N <= 0 {
		return nil, fault.Invalid(CodeLarge, "a form has at most %d MB", bookMost>>20)
	}
	if err != nil {
		return nil, fault.Invalid(CodeFormat, "this is no workbook that can be read").Because(err)
	}
	defer func() { _ = book.Close() }()
	sheets := map[string]Sheet{}
	for n, name := range book.GetSheetList() {
		if n >= sheetsMost {
			return nil, fault.Invalid(CodeLarge, "a form has at most %d sheets", sheetsMost)
		}
		sheet, err := readSheet(book, name)
		if _, told := fault.As(err); told && !fault.Is(err, CodeHeader) {
			return nil, err
		}
		if err == nil {
			sheets[strings.ToLower(strings.TrimSpace(name))] = sheet
		}
	}
	return sheets, nil
}

func readSheet(book *excelize.File, name string) (Sheet, error) {
	rows, err := book.Rows(name)
	if err != nil {
		return Sheet{}, err
	}
	x := &xlsxRows{sheet: rows}
	defer func() { _ = rows.Close() }()
	first, err := x.line()
	if err != nil {
		return Sheet{}, err
	}
	if len(first) > columnsMost {
		return Sheet{}, fault.Invalid(CodeLarge, "a sheet has at most %d columns", columnsMost)
	}
	s := Sheet{Broken: map[int]error{}}
	if x.header, err = named(first); err != nil {
		return s, err
	}
	s.Columns = x.header
	for {
		row, err := x.next()
		switch _, told := fault.As(err); {
		case errors.Is(err, io.EOF):
			return s, nil
		case x.number > sheetMost:
			return s, fault.Invalid(CodeLarge, "a sheet has at most %d rows", sheetMost)
		case err == nil:
			s.Rows = append(s.Rows, row)
		case !told:
			return s, fault.Invalid(CodeFormat, "the sheet %q cannot be read", name).Because(err)
		case !fault.Is(err, CodeEmpty):
			s.Broken[row.Number] = err
		}
	}
}
