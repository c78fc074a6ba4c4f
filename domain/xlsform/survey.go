package xlsform

import (
	"cmp"
	"slices"
	"strings"

	"gridwork/domain/inspection"
	"gridwork/rowfile"
)

// surveyColumns are those that are read.
var surveyColumns = []string{"type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", "category", "severity", "legal_basis",
	"points", "weight", "critical", "unit", "fails_below", "fails_above"}

// kinds by the type of a row, without its list.
var kinds = map[string]inspection.ItemKind{"integer": inspection.Number, "int": inspection.Number, "decimal": inspection.Number, "text": inspection.Text,
	"string": inspection.Text, "select_one": inspection.OneOf, "select_multiple": inspection.Several, "image": inspection.Photo, "photo": inspection.Photo,
	"geopoint": inspection.Location, "location": inspection.Location, "note": inspection.Note}

// kept are types whose value every inspection has anyway: when, who, with which device.
var kept = []string{"start", "end", "today", "deviceid", "username", "start-geopoint"}

// group is a part of the survey that is asked under one condition.
type group struct {
	row  int
	when *inspection.Condition
}

func (r *reader) survey() {
	rows := r.rows("survey", true)
	var open []group
	for n, row := range rows {
		kind, list := typeOf(row.Fields["type"])
		at := known{r.form.Checklist.Items, namesOf(rows[n:])}
		switch kind {
		case "":
			r.refuse("survey", row.Number, "type", "a row has a type")
		case "begin_group":
			open = append(open, group{row.Number, r.when(at, row, "relevant")})
			r.heading(row, open)
			r.columns("survey", row, surveyColumns)
		case "end_group":
			if len(open) == 0 {
				r.refuse("survey", row.Number, "type", "no group is open here")
			} else {
				open = open[:len(open)-1]
			}
		default:
			r.item(at, row, kind, list, open)
		}
	}
	for _, g := range open {
		r.refuse("survey", g.row, "type", "this group is not ended")
	}
	if len(r.form.Checklist.Items) == 0 && len(r.problems) == 0 {
		r.refuse("survey", 0, "", "nothing is asked")
	}
}

// typeOf reads "select_one list", "begin group" and "begin_group".
func typeOf(text string) (kind, list string) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return "", ""
	}
	if (words[0] == "begin" || words[0] == "end") && len(words) > 1 {
		return words[0] + "_" + words[1], ""
	}
	if given := strings.Fields(text); len(words) > 1 {
		return words[0], strings.Join(given[1:], " ")
	}
	return words[0], ""
}

// namesOf are the codes of rows, whatever their type.
func namesOf(rows []rowfile.Row) (codes []string) {
	for _, row := range rows {
		codes = append(codes, codeOf(row.Fields["name"]))
	}
	return codes
}

// when reads a condition.
func (r *reader) when(at known, row rowfile.Row, column string) *inspection.Condition {
	if row.Fields[column] == "" {
		return nil
	}
	e, err := parse(row.Fields[column])
	var c inspection.Condition
	if err == nil {
		c, err = at.condition(e)
	}
	if err != nil {
		r.refuse("survey", row.Number, column, "%v", err)
		return nil
	}
	return &c
}

// within joins the conditions of the open groups and an item's own.
func within(open []group, own *inspection.Condition) *inspection.Condition {
	var all []inspection.Condition
	for _, g := range open {
		if g.when != nil {
			all = append(all, *g.when)
		}
	}
	if own != nil {
		all = append(all, *own)
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return &all[0]
	}
	return &inspection.Condition{All: all}
}

// heading keeps what a group is called, as a note before its items.
func (r *reader) heading(row rowfile.Row, open []group) {
	zh, en := r.both("survey", row, "label")
	if zh == "" {
		return
	}
	r.add(row, inspection.Item{Code: codeOf(row.Fields["name"]), Kind: inspection.Note, QuestionZH: zh, QuestionEN: en, Condition: within(open, nil)})
}

func (r *reader) add(row rowfile.Row, i inspection.Item) {
	r.form.Checklist.Items = append(r.form.Checklist.Items, i)
	r.form.rows = append(r.form.rows, row.Number)
}

func (r *reader) item(at known, row rowfile.Row, kind, list string, open []group) {
	of, supported := kinds[kind]
	switch {
	case slices.Contains(kept, kind):
		r.pass("survey", row.Number, "type", kind+" passed over: every inspection keeps when, where and who")
		return
	case !supported:
		r.refuse("survey", row.Number, "type", "the type %s is not supported", kind)
		return
	}
	i := inspection.Item{Code: codeOf(row.Fields["name"]), Kind: of, Whole: kind == "integer" || kind == "int", LegalBasis: row.Fields["legal_basis"],
		Category: row.Fields["category"], Points: r.number("survey", row, "points"), Weight: r.number("survey", row, "weight"),
		Critical: r.yes("survey", row, "critical"), Min: r.number("survey", row, "fails_below"), Max: r.number("survey", row, "fails_above")}
	if i.QuestionZH, i.QuestionEN = r.both("survey", row, "label"); i.QuestionZH == "" {
		r.refuse("survey", row.Number, "label", "a question has a label")
	}
	i.HintZH, i.HintEN = r.both("survey", row, "hint")
	i.UnitZH, i.UnitEN = r.both("survey", row, "unit")
	i.Severity = r.severity(row)
	if of != inspection.Note {
		i.Optional = !r.yes("survey", row, "required")
	}
	if of == inspection.Photo && slices.Contains(strings.Fields(strings.ToLower(row.Fields["appearance"])), "signature") {
		i.Kind = inspection.Signature
	}
	r.choose(row, &i, list)
	i.Condition = within(open, r.when(at, row, "relevant"))
	if text := row.Fields["constraint"]; text != "" {
		e, err := parse(text)
		if err == nil {
			err = bound(&i, e)
		}
		if err != nil {
			r.refuse("survey", row.Number, "constraint", "%v", err)
		}
	}
	r.columns("survey", row, surveyColumns)
	r.add(row, i)
}

func (r *reader) severity(row rowfile.Row) inspection.Severity {
	if row.Fields["category"] == "" {
		return inspection.Severity(row.Fields["severity"])
	}
	return inspection.Severity(strings.ToLower(cmp.Or(row.Fields["severity"], string(inspection.General))))
}

// choose gives an item its choices. A list of pass, fail and perhaps not_applicable is how a checklist's own question is written.
func (r *reader) choose(row rowfile.Row, i *inspection.Item, list string) {
	if i.Kind != inspection.OneOf && i.Kind != inspection.Several {
		return
	}
	choices, there := r.lists[list]
	if !there {
		r.refuse("survey", row.Number, "type", "there is no list %q in choices", list)
		return
	}
	has := func(o inspection.Outcome) bool {
		return slices.ContainsFunc(choices, func(c inspection.Choice) bool { return c.Code == string(o) })
	}
	all := !slices.ContainsFunc(choices, func(c inspection.Choice) bool {
		return !slices.Contains(inspection.Outcomes, inspection.Outcome(c.Code))
	})
	if i.Kind == inspection.OneOf && all && has(inspection.Pass) && has(inspection.Fail) {
		i.Kind = inspection.PassFail
		return
	}
	i.Choices = slices.Clone(choices)
}
