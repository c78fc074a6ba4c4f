package api

import (
	"encoding/base64"

	"gridwork/domain/inspection"
	"gridwork/domain/xlsform"
	"gridwork/fault"
)

// ImportChecklistInput is a form as it travels.
type ImportChecklistInput struct {
	File    string // base64
	Publish bool
}

// Import is the form itself. Faults: FILE_ENCODING at "file".
func (in ImportChecklistInput) Import() (xlsform.Import, error) {
	file, err := base64.StdEncoding.DecodeString(in.File)
	if err != nil {
		return xlsform.Import{}, fault.Invalid("FILE_ENCODING", "a file travels as base64").At("file")
	}
	return xlsform.Import{File: file, Publish: in.Publish}, nil
}

// Forms are what became of one; of one that was not read, why.
func Forms(t *xlsform.Taken, refusal []UserError) *ImportChecklistPayload {
	if t == nil {
		return &ImportChecklistPayload{Problems: []xlsform.Problem{}, Passed: []xlsform.Problem{}, Errors: refusal}
	}
	return &ImportChecklistPayload{Draft: &t.Form.Checklist, Checklist: t.Published, Problems: append([]xlsform.Problem{}, t.Problems...),
		Passed: append([]xlsform.Problem{}, t.Form.Passed...), Errors: refusal}
}

// ImportChecklistPayload is what bringing a form in gives.
type ImportChecklistPayload struct {
	Draft     *inspection.Checklist
	Checklist *inspection.Checklist
	Problems  []xlsform.Problem
	Passed    []xlsform.Problem
	Errors    []UserError
}
