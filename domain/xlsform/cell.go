package xlsform

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"gridwork/rowfile"
)

func names(row rowfile.Row) iter.Seq[string] { return maps.Keys(row.Fields) }

// base splits a column's name from its language: "label::中文 (zh)", "label:English".
func base(column string) (name, of string) {
	name, of, _ = strings.Cut(column, ":")
	return strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(strings.TrimLeft(of, ":"))
}

// language is "zh" or "en" by its name or its code in parentheses; "" for another.
func language(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if open := strings.LastIndexAny(name, "(（"); open >= 0 {
		if of := language(strings.Trim(name[open:], "(（)） ")); of != "" {
			return of
		}
		name = strings.TrimSpace(name[:open])
	}
	switch {
	case slices.Contains([]string{"zh", "zh-cn", "zh-hans", "中文", "汉语", "简体中文", "中文简体", "chinese", "simplified chinese"}, name):
		return "zh"
	case slices.Contains([]string{"en", "en-gb", "en-us", "english", "英文", "英语"}, name):
		return "en"
	}
	return ""
}

// both is a text in Chinese and English. What there is in one language only stands for both, and is told of.
func (r *reader) both(sheet string, row rowfile.Row, column string) (zh, en string) {
	for _, name := range slices.Sorted(names(row)) {
		text := row.Fields[name]
		if of, in := base(name); of != column || text == "" {
			continue
		} else if in == "" && r.bare == "en" || language(in) == "en" {
			en = text
		} else if in == "" || language(in) == "zh" {
			zh = text
		} else {
			r.pass(sheet, row.Number, name, "passed over: neither Chinese nor English")
		}
	}
	if (zh == "") != (en == "") {
		r.pass(sheet, row.Number, column, "in one language only, which stands for both")
		zh, en = zh+en, zh+en
	}
	return zh, en
}

// yes reads a cell that says yes or no; an empty one says no.
func (r *reader) yes(sheet string, row rowfile.Row, column string) bool {
	switch text := strings.ToLower(row.Fields[column]); text {
	case "yes", "true", "true()", "1", "是":
		return true
	case "", "no", "false", "false()", "0", "否":
		return false
	default:
		r.refuse(sheet, row.Number, column, "%q is neither yes nor no", text)
		return false
	}
}

func (r *reader) number(sheet string, row rowfile.Row, column string) *float64 {
	text := row.Fields[column]
	if text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		r.refuse(sheet, row.Number, column, "%q is no number", text)
		return nil
	}
	return &n
}

// deciding are columns that change what is asked or kept. They are not supported, and not passed over.
var deciding = []string{"calculation", "choice_filter", "default", "parameters", "read_only", "readonly", "relevance", "repeat_count", "trigger"}

// columns tells of what the others of a row hold.
func (r *reader) columns(sheet string, row rowfile.Row, read []string) {
	for _, name := range slices.Sorted(names(row)) {
		of, _ := base(name)
		switch {
		case row.Fields[name] == "" || slices.Contains(read, of):
		case slices.Contains(deciding, of):
			r.refuse(sheet, row.Number, name, "the column %s is not supported", of)
		default:
			r.pass(sheet, row.Number, name, "passed over: it changes nothing about what is asked")
		}
	}
}
