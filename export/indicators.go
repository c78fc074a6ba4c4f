package export

import (
	"context"
	"strings"

	"gridwork/domain/calendar"
	"gridwork/domain/measure"
	"gridwork/domain/standard"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
)

// indicators is the figures of a period, a line for each region, department, category or day, and of every measure its
// value with what was divided by what. It takes "from" and "to" (days), "by" (as the API names dimensions; TOGETHER
// without it), "region", "department", "category" and "measures" (keys parted by commas; all without it).
func indicators(ctx context.Context, o order) (table, error) {
	f, err := o.figures()
	if err != nil {
		return table{}, err
	}
	var groups []measure.Group
	var of map[string]words
	t := table{name: words{"指标", "Indicators"}, sheet: words{"指标", "Indicators"}}
	if err := o.DB.Read(ctx, func(tx *pg.Tx) (err error) {
		t.at = tx.Now
		if groups, err = measure.Indicators(ctx, tx, f); err == nil {
			of, err = o.names(ctx, tx, groups, f.By)
		}
		return err
	}); err != nil {
		return table{}, err
	}
	t.header = []words{{"编码", "Code"}, {"名称", "Name"}}
	if len(groups) > 0 {
		for _, i := range groups[0].Indicators {
			t.header = append(t.header, columns(i.Measure)...)
		}
	}
	t.rows = func(put func(row ...any) error) error {
		for _, g := range groups {
			row := []any{g.Key, o.say(of[g.Key])}
			for _, i := range g.Indicators {
				row = append(row, figures(i)...)
			}
			if err := put(row...); err != nil {
				return err
			}
		}
		return nil
	}
	return t, nil
}

func (o order) figures() (f measure.Filter, err error) {
	f = measure.Filter{Region: o.FormValue("region"), Department: o.FormValue("department"), Category: o.FormValue("category"), By: measure.Together}
	if by := o.FormValue("by"); by != "" {
		if err := enum.Unmarshal(&f.By, by, measure.Dimensions); err != nil {
			return f, fault.Invalid("DIMENSION_UNKNOWN", "there is no such dimension").At("by")
		}
	}
	for name, day := range map[string]*calendar.Date{"from": &f.From, "to": &f.To} {
		if err := day.UnmarshalText([]byte(o.FormValue(name))); err != nil {
			return f, fault.Under(name, err)
		}
	}
	f.Measures = strings.FieldsFunc(o.FormValue("measures"), func(r rune) bool { return r == ',' })
	return f, nil
}

// names are what the keys of groups are called.
func (o order) names(ctx context.Context, tx *pg.Tx, groups []measure.Group, by measure.Dimension) (map[string]words, error) {
	of := map[string]words{}
	switch by {
	case measure.ByRegion:
		atlas := o.Atlas()
		for _, g := range groups {
			if r, known := atlas.Region(g.Key); known {
				of[g.Key] = words{r.NameZH, r.NameEN}
			}
		}
	case measure.ByDepartment:
		all, err := standard.Departments(ctx, tx)
		for _, d := range all {
			of[d.Code] = words{d.NameZH, d.NameEN}
		}
		return of, err
	case measure.ByCategory:
		all, err := standard.Categories(ctx, tx)
		for _, c := range all {
			of[c.Code] = words{c.NameZH, c.NameEN}
		}
		return of, err
	default: // a day, and the whole, say themselves what they are
	}
	return of, nil
}

func columns(m measure.Measure) []words {
	if m.Unit == measure.Second {
		return []words{{m.NameZH + "（秒）", m.NameEN + " (seconds)"}, {m.NameZH + "：样本数", m.NameEN + ": how many"}}
	}
	return []words{{m.NameZH, m.NameEN}, {m.NameZH + "：分子", m.NameEN + ": numerator"}, {m.NameZH + "：分母", m.NameEN + ": denominator"}}
}

func figures(i measure.Indicator) []any {
	var of any
	if i.Value != nil {
		of = *i.Value
	}
	if i.Measure.Unit == measure.Second {
		return []any{of, i.Denominator}
	}
	return []any{of, i.Numerator, i.Denominator}
}
