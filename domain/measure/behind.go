package measure

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/pg"
)

// Part is a side of a ratio.
type Part string

const (
	Above  Part = "numerator"
	Below  Part = "denominator"
	Beside Part = "rest" // in the denominator and not in the numerator: what is missing to 100 %
)

// Parts lists them all.
var Parts = []Part{Above, Below, Beside}

// Behind are the cases behind an indicator that the viewer may see, the newest first, after a case (nil = from the first);
// of a time, those in which the stage has ended, whatever the part. No case is behind visits and inspections. more tells whether others follow.
func (i Indicator) Behind(ctx context.Context, tx *pg.Tx, part Part, after *uuid.UUID, first int) (found []casework.Case, more bool, err error) {
	all, err := areas(ctx, tx, i.of)
	if err != nil || slices.Contains([]Cohort{OfVisited, OfInspected}, i.Measure.cohort()) || len(tx.Actor.Scope(actor.ReadCase).Regions) == 0 {
		return nil, false, err
	}
	if after == nil {
		after = &uuid.Max
	}
	for last := *after; len(found) <= first; {
		ids, err := pg.Vals[uuid.UUID](ctx, tx, i.query(), append(i.args(all, part), last, first+1)...)
		if err != nil {
			return nil, false, err
		}
		seen, err := casework.ByIDs(ctx, tx, ids)
		if err != nil {
			return nil, false, err
		}
		slices.SortFunc(seen, func(a, b casework.Case) int { return slices.Compare(b.ID[:], a.ID[:]) })
		found = append(found, seen...)
		if len(ids) <= first {
			break
		}
		last = ids[len(ids)-1]
	}
	if len(found) > first {
		return found[:first], true, nil
	}
	return found, false, nil
}

// query is where the cases of the measure are found.
func (i Indicator) query() string {
	switch {
	case i.Measure.Unit == Second && i.Measure.Stage.OfClue():
		return casesOfClueStageSQL
	case i.Measure.Unit == Second:
		return casesOfStageSQL
	case i.Measure.cohort() == OfReported:
		return casesOfReportsSQL
	}
	return casesOfRoundsSQL
}

// args are where, when and what: of a ratio the counts that have to add up to something, and those that may not.
func (i Indicator) args(all []area, part Part) []any {
	var regions, departments []string
	for _, a := range all {
		if a.sign > 0 {
			regions, departments = append(regions, a.region), append(departments, a.department)
		}
	}
	where := []any{regions, departments, i.of.Category, dayOf(i.of.From), dayOf(i.of.To)}
	if i.Measure.Unit == Second {
		return append(where, i.Measure.Stage)
	}
	some, none := i.Measure.Denominator, []Term(nil)
	switch part {
	case Above:
		some = i.Measure.Numerator
	case Beside:
		none = i.Measure.Numerator
	}
	names, weights := weighed(some)
	without, minus := weighed(none)
	return append(where, i.Measure.cohort(), names, weights, without, minus)
}

func weighed(terms []Term) (names []string, weights []int) {
	names, weights = []string{}, []int{}
	for _, t := range terms {
		b, minus := t.base()
		weight := 1
		if minus {
			weight = -1
		}
		names, weights = append(names, string(b)), append(weights, weight)
	}
	return names, weights
}

// Facts in some area: regions $1, departments $2, category $3.
const inArea = ` f.category ^@ $3 and exists (select from unnest($1::text[], $2::text[]) as a(region, department)
	where f.community ^@ a.region and a.department in ('*', f.department)) `

const weigh = `(select coalesce(sum(n.weight * v.n), 0) from unnest($7::text[], $8::integer[]) as n(name, weight) join named v on v.name = n.name) > 0
	and (select coalesce(sum(n.weight * v.n), 0) from unnest($9::text[], $10::integer[]) as n(name, weight) join named v on v.name = n.name) <= 0`

const casesOfRoundsSQL = `select distinct f.case_id from measure_facts f
	where ` + inArea + ` and f.case_id < $11 and case $6 when 'due' then f.due_day when 'looked' then f.looked_day else f.opened_day end between $4 and $5
	and (with named(name, n) as (values ` + roundsByName + `) select ` + weigh + `)
	order by f.case_id desc limit $12`

const casesOfReportsSQL = `select distinct f.case_id from measure_reports f
	where ` + inArea + ` and f.case_id < $11 and f.day between $4 and $5 and $6 <> ''
	and (with named(name, n) as (values ` + reportsByName + `) select ` + weigh + `)
	order by f.case_id desc limit $12`

const ended = ` exists (select from unnest(f.stages, f.stage_days) as s(stage, day) where s.stage = $6 and s.day between $4 and $5) `

const casesOfStageSQL = `select distinct f.case_id from measure_facts f
	where ` + inArea + ` and f.case_id < $7 and ` + ended + ` order by f.case_id desc limit $8`

const casesOfClueStageSQL = `select distinct f.case_id from measure_reports f
	where ` + inArea + ` and f.case_id < $7 and ` + ended + ` order by f.case_id desc limit $8`
