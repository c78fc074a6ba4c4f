package rowfile

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"gridwork/fault"
)

// Kind is a format that rows are written in.
type Kind string

const (
	CSV  Kind = "csv"
	XLSX Kind = "xlsx"
)

// MediaType is the kind's, with its encoding.
func (k Kind) MediaType() string {
	if k == XLSX {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// Writer writes rows of values: string, int, float64, time.Time (by the clock of its location, to the second), bool, or
// nil for nothing. Text that a spreadsheet would take for a formula has an apostrophe before it.
type Writer interface {
	Write(row ...any) error
	// Close writes what is still to be written. It does not close what is written to.
	Close() error
}

// NewWriter begins a file with its header. A CSV is written as rows come, with a byte order mark, without which Excel takes
// Chinese for something else; a workbook is one sheet of that name, and comes whole with Close.
//
// Fault: CodeFormat for another kind.
func NewWriter(to io.Writer, kind Kind, sheet string, header ...any) (Writer, error) {
	var w Writer
	switch kind {
	case CSV:
		if _, err := io.WriteString(to, "\ufeff"); err != nil {
			return nil, err
		}
		w = NewLines(to)
	case XLSX:
		book, err := newXLSX(to, sheet)
		if err != nil {
			return nil, err
		}
		w = book
	default:
		return nil, fault.Invalid(CodeFormat, "a file is written as csv or xlsx, not %q", string(kind))
	}
	return w, w.Write(header...)
}

// NewLines is a CSV without a mark and a header, such as one that is gone on with.
func NewLines(to io.Writer) Writer { return &csvWriter{csv.NewWriter(to)} }

// harmless is text as a spreadsheet shows it and never reckons with it.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

type csvWriter struct{ to *csv.Writer }

func (w *csvWriter) Write(row ...any) error {
	fields := make([]string, len(row))
	for i, value := range row {
		fields[i] = spelled(value)
	}
	return w.to.Write(fields)
}

func spelled(value any) string {
	switch v := value.(type) {
	case string:
		return harmless(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.DateTime)
	default:
		return ""
	}
}

func (w *csvWriter) Close() error {
	w.to.Flush()
	return w.to.Error()
}

// xlsxWriter keeps what is larger than some megabytes in a temporary file.
type xlsxWriter struct {
	to         io.Writer
	book       *excelize.File
	sheet      *excelize.StreamWriter
	row        int
	bold, time int // styles
}

func newXLSX(to io.Writer, sheet string) (*xlsxWriter, error) {
	w := &xlsxWriter{to: to, book: excelize.NewFile()}
	err := w.begin(sheet)
	if err != nil {
		_ = w.book.Close()
	}
	return w, err
}

func (w *xlsxWriter) begin(sheet string) (err error) {
	if err = w.book.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	if w.sheet, err = w.book.NewStreamWriter(sheet); err != nil {
		return err
	}
	if w.bold, err = w.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	shown := "yyyy-mm-dd hh:mm:ss"
	if w.time, err = w.book.NewStyle(&excelize.Style{CustomNumFmt: &shown}); err != nil {
		return err
	}
	return w.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (w *xlsxWriter) Write(row ...any) error {
	w.row++
	cells := make([]any, len(row))
	for i, value := range row {
		switch v := value.(type) {
		case string:
			cells[i] = excelize.Cell{Value: harmless(v)}
			if w.row == 1 {
				cells[i] = excelize.Cell{StyleID: w.bold, Value: v}
			}
		case time.Time: // a sheet's times have no zone: what the clock shows
			shown := time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC)
			cells[i] = excelize.Cell{StyleID: w.time, Value: shown}
		default:
			cells[i] = value
		}
	}
	if w.row == 1 {
		if err := w.sheet.SetColWidth(1, len(row), 18); err != nil {
			return err
		}
	}
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	return w.sheet.SetRow(at, cells)
}

func (w *xlsxWriter) Close() error {
	defer func() { _ = w.book.Close() }()
	if err := w.sheet.Flush(); err != nil {
		return err
	}
	_, err := w.book.WriteTo(w.to)
	return err
}
