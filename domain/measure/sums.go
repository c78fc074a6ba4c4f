package measure

import (
	"context"
	"fmt"
	"time"

	"gridwork/domain/escalation"
	"gridwork/domain/standard"
	"gridwork/pg"
)

// keyed are the counts of one group.
type keyed struct {
	Key string `db:"key"`
	Counts
}

// timed are the stages of one group that took as long as a bucket says.
type timed struct {
	Key    string           `db:"key"`
	Stage  escalation.Stage `db:"stage"`
	Bucket int              `db:"bucket"`
	N      int              `db:"n"`
}

// look reads the sums of areas, and counts the visits that measures want, which are no sums.
func look(ctx context.Context, tx *pg.Tx, f Filter, all []area, measures []Measure) (figures, error) {
	fig := figures{counts: map[string]Counts{}, times: map[string]map[escalation.Stage][]bucket{}}
	if f.By == Together || f.By == ByRegion {
		for _, a := range all { // a region where nothing has happened is a group too
			fig.counts[a.key] = Counts{}
		}
	}
	args, err := f.args(ctx, tx, all)
	if err != nil {
		return fig, err
	}
	counts, err := pg.All[keyed](ctx, tx, sumsSQL, args...)
	if err != nil {
		return fig, fmt.Errorf("read sums: %w", err)
	}
	for _, c := range counts {
		fig.counts[c.Key] = c.Counts
	}
	times, err := pg.All[timed](ctx, tx, timesSQL, args...)
	if err != nil {
		return fig, fmt.Errorf("read times: %w", err)
	}
	for _, t := range times {
		if fig.times[t.Key] == nil {
			fig.times[t.Key] = map[escalation.Stage][]bucket{}
		}
		fig.times[t.Key][t.Stage] = append(fig.times[t.Key][t.Stage], bucket{t.Bucket, t.N})
	}
	return fig, fig.visit(ctx, tx, f, all, measures)
}

// args are areas, categories and stretches of time as columns.
func (f Filter) args(ctx context.Context, tx *pg.Tx, all []area) ([]any, error) {
	var regions, departments, keys []string
	var signs []int
	for _, a := range all {
		regions, departments, keys, signs = append(regions, a.region), append(departments, a.department), append(keys, a.key), append(signs, a.sign)
	}
	categories, err := f.categories(ctx, tx)
	if err != nil {
		return nil, err
	}
	spans, firsts, lasts := f.spans()
	return []any{regions, departments, signs, keys, categories, spans, firsts, lasts, f.By}, nil
}

// categories are those in whose sums the figures stand.
func (f Filter) categories(ctx context.Context, tx *pg.Tx) ([]string, error) {
	if len(f.Category) == 4 {
		return []string{f.Category}, nil
	}
	if f.Category == "" && f.By != ByCategory {
		return []string{everything}, nil
	}
	known, err := standard.Categories(ctx, tx)
	var codes []string
	for _, c := range known {
		if f.Category == "" || c.Code[:2] == f.Category {
			codes = append(codes, c.Code)
		}
	}
	return codes, err
}

// spans are the whole months of the period, and the days before and after them; by day, all of its days.
func (f Filter) spans() (spans []string, firsts, lasts []time.Time) {
	from, to := dayOf(f.From), dayOf(f.To)
	add := func(span string, first, last time.Time) {
		if !last.Before(first) {
			spans, firsts, lasts = append(spans, span), append(firsts, first), append(lasts, last)
		}
	}
	begin := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	if begin.Before(from) {
		begin = begin.AddDate(0, 1, 0)
	}
	next := to.AddDate(0, 0, 1)
	end := time.Date(next.Year(), next.Month(), 1, 0, 0, 0, 0, time.UTC) // the first that is no whole month any more
	if f.By == ByDay || !begin.Before(end) {
		add("day", from, to)
		return spans, firsts, lasts
	}
	add("day", from, begin.AddDate(0, 0, -1))
	add("month", begin, end.AddDate(0, -1, 0))
	add("day", end, to)
	return spans, firsts, lasts
}

// Areas, categories and stretches of time, each met with the sums by the whole of their key.
const summed = ` from unnest($1::text[], $2::text[], $3::integer[], $4::text[]) as a(region, department, sign, key)
	cross join unnest($5::text[]) as c(category)
	cross join unnest($6::text[], $7::date[], $8::date[]) as p(span, first, last) `

const onKey = `s.region = a.region and s.department = a.department and s.category = c.category and s.span = p.span
	and s.start between p.first and p.last`

const groupKey = `case $9 when 'category' then c.category when 'day' then to_char(s.start, 'YYYY-MM-DD') else a.key end`

const sumsSQL = `select ` + groupKey + ` as key, ` + totals + summed + ` join measure_sums s on ` + onKey + ` group by 1 order by 1`

const timesSQL = `select ` + groupKey + ` as key, s.stage, s.bucket, sum(a.sign * s.n)::int as n ` + summed + ` join measure_times s on ` + onKey + `
	group by 1, 2, 3 order by 1, 2, 3`
