package routing

import (
	"slices"
	"strconv"
	"strings"

	"gridwork/domain/calendar"
	"gridwork/fault"
)

const (
	rulesMost = 2000
	listMost  = 500
)

// Check refuses a set that could not decide. The fault's field is the path, such as "rules[3].conditions.hours.from".
func (s RuleSet) Check() error {
	if len(s.Rules) == 0 || len(s.Rules) > rulesMost {
		return fault.Invalid("RULES_COUNT", "a rule set has 1 to %d rules", rulesMost).At("rules")
	}
	seen := make(map[string]bool, len(s.Rules))
	for i, r := range s.Rules {
		if seen[r.Code] {
			return fault.Invalid("RULE_CODE", "the code is used twice").At("code").At(at(i)).At("rules")
		}
		seen[r.Code] = true
		if err := r.check(); err != nil {
			return fault.Under("rules", fault.Under(at(i), err))
		}
	}
	return nil
}

func (r Rule) check() error {
	switch {
	case strings.TrimSpace(r.Code) == "" || len(r.Code) > 40:
		return fault.Invalid("RULE_CODE", "a rule's code has 1 to 40 characters").At("code")
	case strings.TrimSpace(r.NameZH) == "":
		return fault.Invalid("RULE_NAME", "a rule is named in both languages").At("nameZh")
	case strings.TrimSpace(r.NameEN) == "":
		return fault.Invalid("RULE_NAME", "a rule is named in both languages").At("nameEn")
	}
	if err := r.Conditions.Check(); err != nil {
		return fault.Under("conditions", err)
	}
	return fault.Under("outcome", r.Outcome.Check())
}

// Check refuses conditions that no case could ever meet.
func (c Conditions) Check() error {
	category := func(s string) bool { return digits(s, 2, 4) }
	region := func(s string) bool { return digits(s, 4, 6, 9, 12, 15) }
	source := func(s string) bool { return s == "clue" || s == "inspection" }
	weekday := func(w calendar.Weekday) bool { return slices.Contains(weekdays, w) }
	for _, err := range []error{
		each("categories", c.Categories, category, "a category is 2 or 4 digits"),
		each("regions", c.Regions, region, "a region is a division code of 4, 6, 9, 12 or 15 digits"),
		each("placeKinds", c.PlaceKinds, word, "a kind of place has 1 to 40 lower-case letters, digits and underscores"),
		each("sources", c.Sources, source, "a source is clue or inspection"),
		each("weekdays", c.Weekdays, weekday, "weekdays are written monday to sunday"),
	} {
		if err != nil {
			return err
		}
	}
	return c.Hours.check()
}

func (h *Hours) check() error {
	switch {
	case h == nil:
		return nil
	case h.From < 0 || h.From > 23:
		return fault.Invalid("RULE_HOURS", "hours begin at 0 to 23").At("from").At("hours")
	case h.To < 1 || h.To > 24:
		return fault.Invalid("RULE_HOURS", "hours end at 1 to 24").At("to").At("hours")
	case h.From == h.To:
		return fault.Invalid("RULE_HOURS", "hours that are empty, or a whole day, are no condition").At("hours")
	}
	return nil
}

// Check refuses an outcome that could not be carried out.
func (o Outcome) Check() error {
	switch {
	case !word(o.Department):
		return fault.Invalid("RULE_DEPARTMENT", "a rule names the department that leads").At("department")
	case !word(o.Ladder):
		return fault.Invalid("RULE_LADDER", "a rule names a ladder").At("ladder")
	case o.Priority < 1 || o.Priority > 4:
		return fault.Invalid("RULE_PRIORITY", "a priority is 1 to 4").At("priority")
	case o.Standard < 0:
		return fault.Invalid("RULE_STANDARD", "a standard is a position from 1, or 0 for the one filed under").At("standard")
	}
	for i, d := range o.Assisting {
		if !word(d) || d == o.Department || slices.Contains(o.Assisting[:i], d) {
			return fault.Invalid("RULE_DEPARTMENT", "assisting departments are others than the lead, each once").At(at(i)).At("assisting")
		}
	}
	return nil
}

func each[T ~string](list string, values []T, ok func(T) bool, rule string) error {
	if len(values) > listMost {
		return fault.Invalid("RULE_CONDITION", "a condition lists at most %d values", listMost).At(list)
	}
	for i, v := range values {
		if !ok(v) {
			return fault.Invalid("RULE_CONDITION", "%s", rule).At(at(i)).At(list)
		}
	}
	return nil
}

func digits(s string, lengths ...int) bool {
	return slices.Contains(lengths, len(s)) && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func word(s string) bool {
	in := func(r rune) bool { return r == '_' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
	return s != "" && len(s) <= 40 && !strings.ContainsFunc(s, func(r rune) bool { return !in(r) })
}

func at(i int) string { return "[" + strconv.Itoa(i) + "]" }
