package demo

import (
	"strings"

	"gridwork/domain/calendar"
	"gridwork/domain/standard"
)

// standardBook is the file of filing standards, whose rows stand with their categories and cite laws by code.
type standardBook struct {
	Source      string         `json:"source"`
	Departments []named        `json:"departments"`
	Laws        []named        `json:"laws"`
	Majors      []major        `json:"majors"`
	Categories  []bookCategory `json:"categories"`
}

type named struct {
	Code   string `json:"code"`
	NameZH string `json:"name_zh"`
	NameEN string `json:"name_en"`
}

// major 大类 is the first two digits of a category.
type major struct {
	named
	Kind   standard.Kind `json:"kind"`
	Hazard bool          `json:"hazard"` // of every category in it
}

// bookCategory has its conditions with it, the gravest first.
type bookCategory struct {
	named
	Restricted bool      `json:"restricted"`
	Rows       []bookRow `json:"rows"`
}

type bookRow struct {
	ConditionZH string         `json:"condition_zh"`
	ConditionEN string         `json:"condition_en"`
	Limit       calendar.Limit `json:"limit"`
	ClosingZH   string         `json:"closing_zh"`
	ClosingEN   string         `json:"closing_en"`
	Lead        string         `json:"lead"`
	Assist      []string       `json:"assist"`
	Basis       []Basis        `json:"basis"`
	Urgent      bool           `json:"urgent"`
}

// Basis cites a law by its code in the standards. Article 0 cites the law as a whole.
type Basis struct {
	Law     string `json:"law"`
	Article int    `json:"article"`
}

// Standards are the departments, categories, filing standards 立结案标准 and stage limits, ready to be published.
func Standards() standard.Standards {
	book := standardData()
	s := standard.Standards{Limits: stageLimits()}
	for _, d := range book.Departments {
		s.Departments = append(s.Departments, standard.Department(d))
	}
	for _, c := range book.Categories {
		m := book.major(c.Code)
		s.Categories = append(s.Categories, standard.Category{Code: c.Code, Kind: m.Kind,
			MajorZH: m.NameZH, MajorEN: m.NameEN, NameZH: c.NameZH, NameEN: c.NameEN, Restricted: c.Restricted, Hazard: m.Hazard})
		for _, row := range c.Rows {
			s.Filings = append(s.Filings, row.filing(c.Code))
		}
	}
	return s
}

func (b standardBook) major(category string) major {
	for _, m := range b.Majors {
		if strings.HasPrefix(category, m.Code) {
			return m
		}
	}
	panic("demo data standards.json: no major class for " + category)
}

func (r bookRow) filing(category string) standard.Filing {
	return standard.Filing{Category: category, ConditionZH: r.ConditionZH, ConditionEN: r.ConditionEN,
		LimitNumber: r.Limit.Number, LimitUnit: r.Limit.Unit, ClosingZH: r.ClosingZH, ClosingEN: r.ClosingEN,
		Department: r.Lead, Assisting: r.Assist, LegalBasis: Citation(r.Basis), Urgent: r.Urgent}
}

func stageLimits() []standard.TimeLimit {
	var limits []standard.TimeLimit
	for _, l := range limitData().Limits {
		limits = append(limits, standard.TimeLimit{Stage: l.Stage, Urgent: l.Urgent, LimitNumber: l.Limit.Number, LimitUnit: l.Limit.Unit})
	}
	return limits
}

// Citation writes a legal basis out as it stands on an order: 《中华人民共和国消防法》第二十八条；….
func Citation(basis []Basis) string {
	laws := standardData().Laws
	cited := make([]string, len(basis))
	for i, c := range basis {
		cited[i] = "《" + nameOf(laws, c.Law) + "》"
		if c.Article > 0 {
			cited[i] += "第" + chineseNumber(c.Article) + "条"
		}
	}
	return strings.Join(cited, "；")
}

func nameOf(list []named, code string) string {
	for _, n := range list {
		if n.Code == code {
			return n.NameZH
		}
	}
	panic("demo data standards.json: no law " + code)
}

// chineseNumber writes 1 to 9999 as statutes number their articles: 二十八, 一百零五, 一千二百五十四.
func chineseNumber(n int) string {
	digits := []rune("零一二三四五六七八九")
	units := []string{"千", "百", "十", ""}
	var out strings.Builder
	zero := false
	for i, power := range []int{1000, 100, 10, 1} {
		digit := n / power % 10
		switch {
		case digit == 0:
			zero = out.Len() > 0
			continue
		case zero:
			out.WriteRune(digits[0])
			zero = false
		}
		if digit != 1 || power != 10 || out.Len() > 0 { // ten to nineteen drop the leading one
			out.WriteRune(digits[digit])
		}
		out.WriteString(units[i])
	}
	return out.String()
}
