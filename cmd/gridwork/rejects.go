package main

import (
	"os"

	"gridwork/domain/intake"
	"gridwork/rowfile"
)

// rejectFile is a CSV of the rows that an import did not take: the row's number, the field, the code and the reason, and
// then the row itself. It is made when the first row is rejected.
type rejectFile struct {
	path    string
	columns []string
	goesOn  bool
	file    *os.File
	lines   rowfile.Writer
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
	r.lines = rowfile.NewLines(r.file)
	info, err := r.file.Stat()
	if err == nil && info.Size() == 0 {
		err = r.lines.Write(intake.RejectHeader(r.columns)...)
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
		if err := r.lines.Write(reject.Line(r.columns)...); err != nil {
			return err
		}
	}
	return r.lines.Close()
}

func (r *rejectFile) close() {
	if r.file != nil {
		_ = r.file.Close()
	}
}
