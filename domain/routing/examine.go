package routing

import (
	"context"
	"slices"
	"strings"

	"gridwork/pg"
)

// Severity says whether a finding keeps rules from being published.
type Severity string

const (
	Wrong    Severity = "error"   // keeps it from being published
	Doubtful Severity = "warning" // somebody should look
)

// Severities lists every severity.
var Severities = []Severity{Wrong, Doubtful}

// Finding is something that an examination of rules came upon.
type Finding struct {
	Severity Severity
	Code     string // stable, SCREAMING_SNAKE_CASE
	Rule     string // its code; empty where no one rule is to blame
	Path     string // such as "rules[3].outcome.department"
	Category string // of a gap: for which no rule fits
	Region   string // of a gap, or of a desk that is missing: where; empty: everywhere
	Says     string // plain English
}

// city is what rules are examined against.
type city struct {
	streets, categories  []string
	departments, ladders []string
	desks                []desk
	standards            []position
}

type desk struct {
	Department string `db:"department"`
	Region     string `db:"region"`
}

type position struct {
	Category string `db:"category"`
	Position int    `db:"position"`
}

// Examine finds everything that is wrong or doubtful about a version of the rules, at once: rules that can never fit,
// since earlier ones take all of their cases; categories and streets for which no rule fits; departments, ladders and
// standards that do not exist; departments without a desk that could accept. For administrators and supervisors.
func Examine(ctx context.Context, tx *pg.Tx, version int) ([]Finding, error) {
	if _, err := Look(ctx, tx, version); err != nil {
		return nil, err
	}
	return examine(ctx, tx, version)
}

func examine(ctx context.Context, tx *pg.Tx, version int) ([]Finding, error) {
	rules, err := RulesOf(ctx, tx, version)
	if err != nil {
		return nil, err
	}
	c, err := readCity(ctx, tx)
	if err != nil {
		return nil, err
	}
	return c.examine(rules), nil
}

func readCity(ctx context.Context, tx *pg.Tx) (c city, err error) {
	for _, list := range []struct {
		to  *[]string
		sql string
	}{{&c.streets, streetCodesSQL}, {&c.categories, categoryCodesSQL}, {&c.departments, departmentCodesSQL}, {&c.ladders, ladderCodesSQL}} {
		if *list.to, err = pg.Vals[string](ctx, tx, list.sql); err != nil {
			return c, err
		}
	}
	if c.desks, err = pg.All[desk](ctx, tx, desksSQL); err != nil {
		return c, err
	}
	c.standards, err = pg.All[position](ctx, tx, standardsSQL)
	return c, err
}

// examine is pure.
func (c city) examine(rules []Rule) []Finding {
	found := []Finding{}
	for i, r := range rules {
		found = append(found, c.names(i, r)...)
		found = append(found, c.deskless(i, r)...)
	}
	return append(found, c.coverage(rules)...)
}

// names finds what a rule names and the city does not have.
func (c city) names(i int, r Rule) (found []Finding) {
	at := "rules" + at(i) + "."
	wrong := func(code, path, says string) {
		found = append(found, Finding{Severity: Wrong, Code: code, Rule: r.Code, Path: at + path, Says: says})
	}
	if !slices.Contains(c.departments, r.Outcome.Department) {
		wrong("DEPARTMENT_UNKNOWN", "outcome.department", "there is no department "+r.Outcome.Department)
	}
	for _, d := range r.Outcome.Assisting {
		if !slices.Contains(c.departments, d) {
			wrong("DEPARTMENT_UNKNOWN", "outcome.assisting", "there is no department "+d)
		}
	}
	if !slices.Contains(c.ladders, r.Outcome.Ladder) {
		wrong("LADDER_UNKNOWN", "outcome.ladder", "there is no ladder "+r.Outcome.Ladder)
	}
	for _, code := range r.Conditions.Categories {
		if !slices.ContainsFunc(c.categories, func(known string) bool { return strings.HasPrefix(known, code) }) {
			wrong("CATEGORY_UNKNOWN", "conditions.categories", "there is no category "+code)
		}
	}
	for _, code := range r.Conditions.Regions {
		if !c.has(code) {
			wrong("REGION_UNKNOWN", "conditions.regions", "there is no region "+code)
		}
	}
	if n := r.Outcome.Standard; n > 0 && !slices.ContainsFunc(c.standards, func(p position) bool {
		return p.Position == n && begins(p.Category, r.Conditions.Categories)
	}) {
		wrong("STANDARD_UNKNOWN", "outcome.standard", "no category of the rule has a standard at this position")
	}
	return found
}

// has reports whether a code names a region that holds streets, or lies in one.
func (c city) has(code string) bool {
	return slices.ContainsFunc(c.streets, func(street string) bool {
		return strings.HasPrefix(street, code) || strings.HasPrefix(code, street)
	})
}

// deskless finds departments of a rule that nobody accepts for somewhere it reaches: the first such street of each.
func (c city) deskless(i int, r Rule) (found []Finding) {
	for _, department := range append([]string{r.Outcome.Department}, r.Outcome.Assisting...) {
		if !slices.Contains(c.departments, department) {
			continue
		}
		for _, street := range c.streets {
			if !r.reaches(street) || slices.ContainsFunc(c.desks, func(d desk) bool {
				return d.Department == department && strings.HasPrefix(street, d.Region)
			}) {
				continue
			}
			found = append(found, Finding{Severity: Wrong, Code: "DESK_MISSING", Rule: r.Code, Path: "rules" + at(i) + ".outcome", Region: street,
				Says: "nobody accepts for " + department + " in " + street})
			break
		}
	}
	return found
}

// reaches reports whether some case of a street can meet the rule's regions.
func (r Rule) reaches(street string) bool {
	return len(r.Conditions.Regions) == 0 || slices.ContainsFunc(r.Conditions.Regions, func(region string) bool {
		return strings.HasPrefix(street, region) || strings.HasPrefix(region, street)
	})
}
