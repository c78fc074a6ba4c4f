package measure

import (
	"context"
	"slices"
	"strings"

	"gridwork/actor"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
)

// area is a region and a department ('*' for all) whose figures are added, or taken away (sign -1) where two grants would
// count them twice; key is the group that it belongs to.
type area struct {
	region, department string
	sign               int
	key                string
}

// areas are what the viewer's grants reach of a filter, so that their figures add up and nothing counts twice: everything
// of the regions that a grant without a department covers, and of the others what is a department's own.
//
// ACTION_NOT_YOURS for whoever may read no figures.
func areas(ctx context.Context, tx *pg.Tx, f Filter) ([]area, error) {
	reach := tx.Actor.Scope(actor.ReadMeasure)
	if len(reach.Regions) == 0 {
		return nil, fault.Denied("ACTION_NOT_YOURS", "figures are for those who run the work")
	}
	city, err := pg.Vals[string](ctx, tx, citiesSQL)
	if err != nil {
		return nil, err
	}
	whole, own := within(reach, f, city)
	for department := range own {
		own[department] = outermost(own[department])
	}
	return disjoint(outermost(whole), own, f.Department), nil
}

// within cuts grants to the filter: regions that are reached as a whole, and those of single departments.
func within(reach actor.Scope, f Filter, city []string) (whole []string, own map[string][]string) {
	own = map[string][]string{}
	for i, region := range reach.Regions {
		for _, region := range meet(region, f.Region, city) {
			switch department := reach.Departments[i]; {
			case department == "":
				whole = append(whole, region)
			case f.Department == "" || f.Department == department:
				own[department] = append(own[department], region)
			}
		}
	}
	return whole, own
}

// meet is the smaller of two regions that lie in one another; "" is all.
func meet(a, b string, city []string) []string {
	switch {
	case a == "" && b == "":
		return city
	case strings.HasPrefix(a, b):
		return []string{a}
	case strings.HasPrefix(b, a):
		return []string{b}
	}
	return nil
}

// outermost leaves out regions that lie in another one of the list.
func outermost(regions []string) []string {
	slices.Sort(regions)
	regions = slices.Compact(regions)
	return slices.DeleteFunc(slices.Clone(regions), func(r string) bool {
		return slices.ContainsFunc(regions, func(o string) bool { return o != r && strings.HasPrefix(r, o) })
	})
}

// disjoint gives the areas their signs: a department's own part of a region that is counted whole is taken away again.
func disjoint(whole []string, own map[string][]string, department string) []area {
	every := everything
	if department != "" {
		every = department
	}
	var all []area
	for _, region := range whole {
		all = append(all, area{region, every, 1, ""})
	}
	for department, regions := range own {
		for _, region := range regions {
			if slices.ContainsFunc(whole, func(w string) bool { return strings.HasPrefix(region, w) }) {
				continue
			}
			all = append(all, area{region, department, 1, ""})
			for _, w := range whole {
				if strings.HasPrefix(w, region) {
					all = append(all, area{w, department, -1, ""})
				}
			}
		}
	}
	return all
}

// everything stands for all departments, or all categories, in the sums.
const everything = "*"

// split gives each area's part of the groups that are asked for: its children, or each department.
func split(ctx context.Context, tx *pg.Tx, all []area, by Dimension) ([]area, error) {
	switch by {
	case ByRegion:
		return byRegion(ctx, tx, all)
	case ByDepartment:
		return byDepartment(ctx, tx, all)
	}
	return all, nil
}

// child is a region and what lies directly in it.
type child struct {
	Parent string `db:"parent"`
	Code   string `db:"code"`
}

func byRegion(ctx context.Context, tx *pg.Tx, all []area) ([]area, error) {
	var regions []string
	for _, a := range all {
		regions = append(regions, a.region)
	}
	children, err := pg.All[child](ctx, tx, childrenSQL, regions)
	var parts []area
	for _, a := range all {
		inner := false
		for _, c := range children {
			if c.Parent == a.region {
				inner = true
				parts = append(parts, area{c.Code, a.department, a.sign, c.Code})
			}
		}
		if !inner { // a community
			parts = append(parts, area{a.region, a.department, a.sign, a.region})
		}
	}
	return parts, err
}

func byDepartment(ctx context.Context, tx *pg.Tx, all []area) ([]area, error) {
	departments, err := standard.Departments(ctx, tx)
	var parts []area
	for _, a := range all {
		for _, d := range departments {
			if a.department == everything || a.department == d.Code {
				parts = append(parts, area{a.region, d.Code, a.sign, d.Code})
			}
		}
	}
	return parts, err
}

const citiesSQL = `select code from regions where level = 'city' order by code`

const childrenSQL = `select parent, code from regions where parent = any($1) order by code`
