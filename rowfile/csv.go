package rowfile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"gridwork/fault"
)

// looked is how many bytes tell the encoding.
const looked = 64 << 10

type csvRows struct {
	reader *csv.Reader
	leash  *leash
	header []string
	line   int
}

func openCSV(file io.Reader, tabs bool) (*csvRows, error) {
	l := &leash{from: decoded(file), left: rowMost}
	r := csv.NewReader(l)
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	if tabs {
		r.Comma = '\t'
	}
	first, err := r.Read()
	if err != nil {
		return nil, fault.Invalid(CodeHeader, "the first row has to name the columns").Because(err)
	}
	header, err := named(first)
	return &csvRows{reader: r, leash: l, header: header, line: 1}, err
}

// decoded is the file as UTF-8. What is neither that nor UTF-16 with its mark is taken for GB18030, which spreadsheets
// here write.
func decoded(file io.Reader) io.Reader {
	b := bufio.NewReaderSize(file, looked)
	start, _ := b.Peek(looked)
	switch {
	case bytes.HasPrefix(start, []byte{0xFF, 0xFE}), bytes.HasPrefix(start, []byte{0xFE, 0xFF}):
		return transform.NewReader(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case isUTF8(start):
		return transform.NewReader(b, unicode.UTF8.NewDecoder()) // bytes that are none become U+FFFD
	}
	return transform.NewReader(b, simplifiedchinese.GB18030.NewDecoder())
}

// isUTF8 allows for a character that the look cut in two.
func isUTF8(start []byte) bool {
	for cut := range min(utf8.UTFMax, len(start)+1) {
		if utf8.Valid(start[:len(start)-cut]) {
			return true
		}
	}
	return false
}

func (c *csvRows) next() (Row, error) {
	c.leash.left = rowMost
	values, err := c.reader.Read()
	c.line++
	if len(values) > 0 {
		c.line, _ = c.reader.FieldPos(0)
	}
	var broken *csv.ParseError
	switch {
	case errors.Is(err, ErrLong):
		return Row{Number: c.line}, fmt.Errorf("the row at line %d has more than %d bytes, perhaps for a quote that does not close: %w", c.line, rowMost, err)
	case errors.As(err, &broken):
		c.line = broken.Line
		return Row{Number: broken.StartLine}, fault.Invalid(CodeBroken, "the row cannot be read: %v", broken.Err)
	case err != nil:
		return Row{}, err
	case len(values) < len(c.header):
		return Row{Number: c.line}, fault.Invalid(CodeRagged, "%d fields where the header names %d", len(values), len(c.header))
	}
	row := Row{Number: c.line}
	row.Fields, err = fieldsOf(c.header, values)
	return row, err
}

func (c *csvRows) columns() []string { return c.header }

func (c *csvRows) close() error { return nil }

// ErrLong is behind the error of a row that has more bytes than one may have.
var ErrLong = errors.New(CodeLong)

// leash stops a reader that asks for more and more without finding the end of a row.
type leash struct {
	from io.Reader
	left int
}

func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, ErrLong
	}
	n, err := l.from.Read(p)
	l.left -= n
	return n, err
}
