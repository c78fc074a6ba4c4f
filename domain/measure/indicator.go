package measure

import (
	"context"
	"slices"
	"strings"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// Dimension is what figures are told apart by.
type Dimension string

const (
	Together     Dimension = "together"   // one group
	ByRegion     Dimension = "region"     // what lies directly in the region
	ByDepartment Dimension = "department" // the department that leads or led
	ByCategory   Dimension = "category"
	ByDay        Dimension = "day"
)

// Dimensions lists them all. People are none of them.
var Dimensions = []Dimension{Together, ByRegion, ByDepartment, ByCategory, ByDay}

// Filter says which figures: days are the city's, both included.
type Filter struct {
	Region     string // division code; "" = the viewer's whole reach
	Department string // "" = all
	Category   string // 2 or 4 digits; "" = all
	From, To   calendar.Date
	By         Dimension
	Measures   []string // keys; empty = all
}

// periodMost and daysMost bound what one answer holds.
const (
	periodMost = 5 * 366
	daysMost   = 400
)

// check refuses a filter that cannot be answered.
func (f Filter) check() error {
	from, to := dayOf(f.From), dayOf(f.To)
	switch days := int(to.Sub(from).Hours() / 24); {
	case to.Before(from):
		return fault.Invalid("PERIOD_REVERSED", "a period ends after it begins").At("to")
	case days > periodMost, f.By == ByDay && days > daysMost:
		return fault.Invalid("PERIOD_TOO_LONG", "a period is at most five years, by day %d days", daysMost).At("to")
	case f.Category != "" && (len(f.Category) != 2 && len(f.Category) != 4 || strings.Trim(f.Category, "0123456789") != ""):
		return fault.Invalid("CATEGORY_CODE", "a category's code has 4 digits, of a major one 2").At("category")
	}
	return nil
}

func dayOf(d calendar.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Group is the indicators of one region, department, category or day, or of all together.
type Group struct {
	By         Dimension
	Key        string // the code, or the day; "" where it is all together
	Indicators []Indicator
}

// Indicator 指标值 is a measure with its value.
type Indicator struct {
	Measure     Measure
	Value       *float64 // nil: nothing is divided, or no stage has ended
	Numerator   int      // of a time: 0
	Denominator int      // of a time: how many stages have ended
	of          Filter   // of the group, so that the cases behind it can be found
}

// Indicators are the figures within the viewer's reach, in groups that are ordered by key. Measures that say nothing of
// departments, or of categories and single days, are left out where those are asked for.
//
// Faults: PERIOD_REVERSED and PERIOD_TOO_LONG at "to", CATEGORY_CODE at "category"; ACTION_NOT_YOURS for whoever may read no
// figures.
func Indicators(ctx context.Context, tx *pg.Tx, f Filter) ([]Group, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	all, err := areas(ctx, tx, f)
	if err != nil {
		return nil, err
	}
	if all, err = split(ctx, tx, all, f.By); err != nil {
		return nil, err
	}
	measures, err := Current(ctx, tx)
	if err != nil {
		return nil, err
	}
	figures, err := look(ctx, tx, f, all, measures)
	if err != nil {
		return nil, err
	}
	return figures.groups(f, measures, all), nil
}

// figures are what the sums hold, by group.
type figures struct {
	counts map[string]Counts
	times  map[string]map[escalation.Stage][]bucket
	visits bool // whether visited places could be counted
}

// bucket of a histogram: how many took from 1.2^At to 1.2^(At+1) seconds.
type bucket struct {
	At int
	N  int
}

func (fig figures) groups(f Filter, measures []Measure, all []area) []Group {
	streetsToo := !slices.ContainsFunc(all, func(a area) bool { return a.department != everything })
	groups := make([]Group, 0, len(fig.counts))
	for key, counts := range fig.counts {
		g := Group{By: f.By, Key: key}
		for _, m := range measures {
			if !f.wants(m) || !streetsToo && !m.OfDepartments || m.visits() && !fig.visits {
				continue
			}
			g.Indicators = append(g.Indicators, m.indicate(counts, fig.times[key][m.Stage], f.pinned(key)))
		}
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b Group) int { return strings.Compare(a.Key, b.Key) })
	return groups
}

func (f Filter) wants(m Measure) bool {
	return len(f.Measures) == 0 || slices.Contains(f.Measures, m.Key)
}

// pinned is the filter of one group alone.
func (f Filter) pinned(key string) Filter {
	switch f.By {
	case ByRegion:
		f.Region = key
	case ByDepartment:
		f.Department = key
	case ByCategory:
		f.Category = key
	case ByDay:
		day, _ := time.Parse(time.DateOnly, key) // as the sums write it
		f.From = calendar.DateOf(day)
		f.To = f.From
	}
	f.By = Together
	return f
}

// visits reports whether the measure is about places and their visits.
func (m Measure) visits() bool { return m.cohort() == OfVisited }

// cohort is on which day the counts of a ratio stand.
func (m Measure) cohort() Cohort {
	if len(m.Denominator) == 0 {
		return ""
	}
	b, _ := m.Denominator[0].base()
	return bases[b].cohort
}

// indicate reckons the measure.
func (m Measure) indicate(c Counts, times []bucket, of Filter) Indicator {
	i := Indicator{Measure: m, of: of}
	if m.Unit == Second {
		i.Value, i.Denominator = quantile(times, m.Quantile)
		return i
	}
	i.Numerator, i.Denominator = total(m.Numerator, c), total(m.Denominator, c)
	if i.Denominator > 0 {
		v := float64(i.Numerator) / float64(i.Denominator)
		i.Value = &v
	}
	return i
}

func total(terms []Term, c Counts) (n int) {
	for _, t := range terms {
		b, minus := t.base()
		if v := bases[b].of(c); minus {
			n -= v
		} else {
			n += v
		}
	}
	return n
}
