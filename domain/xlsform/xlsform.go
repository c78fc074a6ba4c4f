// Package xlsform reads checklists that were written as XLSForm, the form standard of ODK: a workbook with the sheets survey, choices
// and settings. What it says beyond what a checklist can be is refused, all of it in one list, and nothing is left out silently.
//
// Columns of our own, beside the standard's: in survey category, severity, legal_basis, points, weight, critical, unit (in both
// languages), fails_below and fails_above; in choices fails and points; and a sheet bands with name, label and from.
package xlsform

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"gridwork/domain/inspection"
	"gridwork/fault"
	"gridwork/rowfile"
)

// Problem is what cannot be taken, or was passed over, and where it stands.
type Problem struct {
	Sheet   string
	Row     int    // as the sheet counts; 0: the sheet itself
	Column  string // "" = the row itself
	Message string
}

func (p Problem) String() string {
	where := p.Sheet
	if p.Row > 0 {
		where += fmt.Sprintf(", row %d", p.Row)
	}
	if p.Column != "" {
		where += ", column " + p.Column
	}
	return where + ": " + p.Message
}

// Problems are all that speaks against a form, in the order of its sheets.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Form is a checklist that was read, not yet published.
type Form struct {
	Checklist inspection.Checklist
	Passed    []Problem // what says nothing about a checklist, and was passed over
	rows      []int     // of the items
}

// Read reads a workbook. The error is Problems, or a fault of rowfile about the file itself.
func Read(file io.Reader) (Form, error) {
	sheets, err := rowfile.Workbook(file)
	if err != nil {
		return Form{}, err
	}
	r := reader{sheets: sheets, lists: map[string][]inspection.Choice{}, passed: map[Problem]bool{}}
	r.settings()
	r.choices()
	r.survey()
	r.bands()
	if len(r.problems) > 0 {
		return r.form, r.problems
	}
	return r.form, nil
}

// Where puts a fault about the checklist to the row that it comes from.
func (f Form) Where(err error) Problem {
	told, ok := fault.As(err)
	if !ok {
		return Problem{Sheet: "survey", Message: err.Error()}
	}
	p := Problem{Sheet: "settings", Message: told.Message}
	var n int
	var rest string
	switch _, scanned := fmt.Sscanf(told.Field, "items[%d]%s", &n, &rest); {
	case strings.HasPrefix(told.Field, "items[") && (scanned == nil || n > 0 || rest == "") && n < len(f.rows):
		p.Sheet, p.Row, p.Column = "survey", f.rows[n], strings.TrimPrefix(rest, ".")
	case strings.HasPrefix(told.Field, "items"):
		p.Sheet = "survey"
	case strings.HasPrefix(told.Field, "bands"):
		p.Sheet, p.Column = "bands", told.Field
	default:
		p.Column = told.Field
	}
	return p
}

// codeOf makes a code of a name: forms write names with capitals too.
func codeOf(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// reader is what is being read.
type reader struct {
	sheets   map[string]rowfile.Sheet
	problems Problems
	form     Form
	lists    map[string][]inspection.Choice
	bare     string // language of what names none
	passed   map[Problem]bool
}

func (r *reader) refuse(sheet string, row int, column, format string, args ...any) {
	r.problems = append(r.problems, Problem{sheet, row, column, fmt.Sprintf(format, args...)})
}

// pass tells of what was passed over, once for each column of a sheet.
func (r *reader) pass(sheet string, row int, column, message string) {
	if key := (Problem{Sheet: sheet, Column: column, Message: message}); !r.passed[key] {
		r.passed[key] = true
		r.form.Passed = append(r.form.Passed, Problem{sheet, row, column, message})
	}
}

// rows are those of a sheet that could be read.
func (r *reader) rows(name string, needed bool) []rowfile.Row {
	sheet, there := r.sheets[name]
	if !there && needed {
		r.refuse(name, 0, "", "there is no such sheet, or its first row names no columns")
	}
	for _, row := range slices.Sorted(keys(sheet.Broken)) {
		r.refuse(name, row, "", "%s", messageOf(sheet.Broken[row]))
	}
	return sheet.Rows
}

func messageOf(err error) string {
	if f, told := fault.As(err); told {
		return f.Message
	}
	return err.Error()
}

func keys(of map[int]error) func(func(int) bool) {
	return func(yield func(int) bool) {
		for n := range of {
			if !yield(n) {
				return
			}
		}
	}
}

func (r *reader) settings() {
	r.bare = "zh"
	rows := r.rows("settings", true)
	if len(rows) == 0 {
		r.refuse("settings", 0, "", "a form_title and a form_id are needed")
		return
	}
	row := rows[0]
	if language(row.Fields["default_language"]) == "en" {
		r.bare = "en"
	}
	list := &r.form.Checklist
	list.Code = codeOf(row.Fields["form_id"])
	list.NameZH, list.NameEN = r.both("settings", row, "form_title")
	if list.NameZH == "" {
		r.refuse("settings", row.Number, "form_title", "a form has a title")
	}
	for _, column := range slices.Sorted(names(row)) {
		if base, _ := base(column); row.Fields[column] != "" && !slices.Contains([]string{"form_id", "form_title", "default_language"}, base) {
			r.pass("settings", row.Number, column, "passed over; versions are counted here")
		}
	}
}

func (r *reader) choices() {
	for _, row := range r.rows("choices", false) {
		list, name := cmp.Or(row.Fields["list_name"], row.Fields["list name"]), cmp.Or(row.Fields["name"], row.Fields["value"])
		if list == "" || name == "" {
			r.refuse("choices", row.Number, "", "a choice has a list_name and a name")
			continue
		}
		c := inspection.Choice{Code: codeOf(name), Fails: r.yes("choices", row, "fails"), Points: r.number("choices", row, "points")}
		if c.NameZH, c.NameEN = r.both("choices", row, "label"); c.NameZH == "" {
			r.refuse("choices", row.Number, "label", "a choice has a label")
		}
		r.lists[list] = append(r.lists[list], c)
		r.columns("choices", row, []string{"list_name", "list name", "name", "value", "label", "fails", "points"})
	}
}

func (r *reader) bands() {
	for _, row := range r.rows("bands", false) {
		b := inspection.Band{Code: codeOf(row.Fields["name"])}
		b.NameZH, b.NameEN = r.both("bands", row, "label")
		if from := r.number("bands", row, "from"); from != nil {
			b.From = *from
		}
		r.form.Checklist.Bands = append(r.form.Checklist.Bands, b)
	}
}
