package main

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"

	"gridwork/domain/intake"
)

// rejectFile is a CSV of the rows that an import did not take: the row's number, the field, the code and the reason, and
// then the row itself. It is made when the first row is rejected.
type rejectFile struct {
	path    string
	columns []string
	goesOn  bool
	file    *os.File
	csv     *csv.Writer
}

func openRejects(path string, columns []string, goesOn bool) (*rejectFile, error) {
	r := &rejectFile{path: path, columns: columns, goesOn: goesOn}
	if goesOn {
		return r, nil
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) { // that of an earlier file by this name
		return nil, err
	}
	return r, nil
}

func (r *rejectFile) open() (err error) {
	if r.file != nil {
		return nil
	}
	if r.file, err = os.OpenFile(r.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	r.csv = csv.NewWriter(r.file)
	info, err := r.file.Stat()
	if err == nil && info.Size() == 0 {
		err = r.csv.Write(append([]string{"row", "field", "code", "reason"}, plainCells(r.columns)...))
	}
	return err
}

func (r *rejectFile) write(rejects []intake.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	if err := r.open(); err != nil {
		return err
	}
	for _, reject := range rejects {
		line := []string{strconv.Itoa(reject.Number), reject.Why.Field, reject.Why.Code, reject.Why.Message}
		for _, column := range r.columns {
			line = append(line, reject.Fields[column])
		}
		if err := r.csv.Write(plainCells(line)); err != nil {
			return err
		}
	}
	r.csv.Flush()
	return r.csv.Error()
}

func (r *rejectFile) close() {
	if r.file != nil {
		_ = r.file.Close()
	}
}

// plainCells keeps a spreadsheet from taking a value for a formula.
func plainCells(values []string) []string {
	plain := make([]string, len(values))
	for i, v := range values {
		if v != "" && strings.ContainsRune("=+-@\t\r", rune(v[0])) {
			v = "'" + v
		}
		plain[i] = v
	}
	return plain
}
