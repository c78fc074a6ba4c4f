package notify

import (
	"regexp"
	"strconv"
	"time"

	"gridwork/domain/identity"
)

// Render makes the title and body of a stored message for a reader: locale is zh or en, and anything else reads
// Chinese. Times are the city's.
func Render(m Message, locale string) (title, body string) {
	if locale != "en" {
		locale = "zh"
	}
	found, known := catalogue[m.Kind]
	if !known {
		found = unknown
	}
	said := found.in(locale)
	return fill(said.title, m.Params, locale), fill(said.body, m.Params, locale)
}

func (t texts) in(locale string) text {
	if locale == "en" {
		return t.en
	}
	return t.zh
}

var (
	optional = regexp.MustCompile(`\[[^\]]*\]`)
	param    = regexp.MustCompile(`\{([a-z_]+)\}`)
)

// fill drops the optional parts that lack a param, then puts the params in.
func fill(pattern string, params map[string]any, locale string) string {
	pattern = optional.ReplaceAllStringFunc(pattern, func(part string) string {
		for _, name := range param.FindAllStringSubmatch(part, -1) {
			if params[name[1]] == nil {
				return ""
			}
		}
		return part[1 : len(part)-1]
	})
	return param.ReplaceAllStringFunc(pattern, func(hole string) string {
		name := hole[1 : len(hole)-1]
		return word(name, params[name], locale)
	})
}

// word writes one param in the form that the store gives back: JSON's.
func word(name string, value any, locale string) string {
	switch v := value.(type) {
	case string:
		return code(name, v, locale)
	case map[string]any: // Both
		said, _ := v[locale].(string)
		return said
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return "–"
}

func (b Both) in(locale string) string {
	if locale == "en" {
		return b.EN
	}
	return b.ZH
}

// code translates a term, formats a time and leaves every other string as it is.
func code(name, value, locale string) string {
	if term, ok := terms[name][value]; ok {
		return term.in(locale)
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return moment(at, locale)
	}
	return value
}

func moment(at time.Time, locale string) string {
	at = at.In(identity.City)
	if locale == "en" {
		return at.Format("2 Jan 15:04")
	}
	return at.Format("1月2日 15:04")
}
