package routing

import (
	"cmp"
	"math/bits"
	"slices"
	"time"

	"gridwork/domain/identity"
)

// combinationsMost bounds how many combinations of classes are looked at; rules that tell more apart are too many to see.
const combinationsMost = 4_000_000

// gapsMost bounds how many gaps are listed.
const gapsMost = 200

// coverage finds rules that no case can ever reach, and categories and streets for which no rule fits. It is exact: along
// each condition, values that no rule tells apart are one class, and every combination of classes is tried.
func (c city) coverage(rules []Rule) []Finding {
	categories, regions := c.along(ByCategory, rules), c.along(ByRegion, rules)
	others := []axis{c.along(ByUrgency, rules), c.along(ByPlaceKind, rules), c.along(BySource, rules), c.along(ByHours, rules), c.along(ByWeekday, rules)}
	combinations := len(categories) * len(regions)
	for _, a := range others {
		combinations *= len(a)
	}
	if combinations > combinationsMost {
		return []Finding{{Severity: Doubtful, Code: "TOO_MANY_DISTINCTIONS", Path: "rules", Says: "the rules tell too many things apart for their reach to be examined"}}
	}
	s := sight{reached: make([]bool, len(rules)), rest: combine(others, len(rules))}
	for _, category := range categories {
		for _, region := range regions {
			if s.look(category.fits.and(region.fits)) {
				s.gaps = append(s.gaps, gap{category, region})
			}
		}
	}
	var found []Finding
	for i, r := range rules {
		if !s.reached[i] {
			found = append(found, Finding{Severity: Wrong, Code: "RULE_UNREACHABLE", Rule: r.Code, Path: "rules" + at(i),
				Says: "earlier rules take every case that this one could"})
		}
	}
	return append(found, c.gaps(s.gaps, len(regions))...)
}

// set of rules, by position.
type set []uint64

func all(n int) set {
	s := make(set, (n+63)/64)
	for i := range n {
		s[i/64] |= 1 << (i % 64)
	}
	return s
}

func (s set) and(t set) set {
	both := make(set, len(s))
	for i := range s {
		both[i] = s[i] & t[i]
	}
	return both
}

// firstOf is the first rule in both sets, or -1.
func (s set) firstOf(t set) int {
	for i := range s {
		if both := s[i] & t[i]; both != 0 {
			return i*64 + bits.TrailingZeros64(both)
		}
	}
	return -1
}

// class is values of one condition that the rules do not tell apart.
type class struct {
	values []string
	fits   set // the rules that hold for them
}

type axis []class

// along divides the values of a condition into classes.
func (c city) along(condition Condition, rules []Rule) axis {
	var classes axis
	for _, v := range c.values(condition, rules) {
		fits := make(set, (len(rules)+63)/64)
		for i, r := range rules {
			if tests[condition].holds(r, v.facts) {
				fits[i/64] |= 1 << (i % 64)
			}
		}
		known := slices.IndexFunc(classes, func(k class) bool { return slices.Equal(k.fits, fits) })
		if known < 0 {
			known, classes = len(classes), append(classes, class{fits: fits})
		}
		classes[known].values = append(classes[known].values, v.name)
	}
	return classes
}

type value struct {
	name  string
	facts Facts
}

// values are all that a case can have to say to a condition: of what rules name more finely than the city lists it, one
// of each.
func (c city) values(condition Condition, rules []Rule) (found []value) {
	switch condition {
	case ByCategory:
		for _, code := range c.categories {
			found = append(found, value{code, Facts{Category: code}})
		}
	case ByRegion:
		for _, code := range append(slices.Clone(c.streets), finer(rules)...) {
			found = append(found, value{code, Facts{Cell: code}})
		}
	case ByUrgency:
		found = []value{{"urgent", Facts{Urgent: true}}, {"usual", Facts{}}}
	case BySource:
		found = []value{{"clue", Facts{Source: "clue"}}, {"inspection", Facts{Source: "inspection"}}}
	case ByPlaceKind:
		found = []value{{"", Facts{}}}
		for _, r := range rules {
			for _, kind := range r.Conditions.PlaceKinds {
				found = append(found, value{kind, Facts{PlaceKind: kind}})
			}
		}
	case ByHours:
		for hour := range 24 {
			found = append(found, value{"", Facts{At: time.Date(2026, time.March, 1, hour, 0, 0, 0, identity.City)}})
		}
	case ByWeekday:
		for day := range 7 { // the first of March 2026 is a Sunday
			found = append(found, value{"", Facts{At: time.Date(2026, time.March, 1+day, 12, 0, 0, 0, identity.City)}})
		}
	}
	return found
}

// finer are the communities and cells that rules name.
func finer(rules []Rule) (codes []string) {
	for _, r := range rules {
		for _, code := range r.Conditions.Regions {
			if len(code) > streetDigits && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// streetDigits is the length of a street's code.
const streetDigits = 9

// combine is every combination of classes of several axes, as the rules that fit it, each once.
func combine(axes []axis, rules int) []set {
	combined := []set{all(rules)}
	for _, a := range axes {
		var next []set
		for _, s := range combined {
			for _, k := range a {
				if both := s.and(k.fits); !slices.ContainsFunc(next, func(known set) bool { return slices.Equal(known, both) }) {
					next = append(next, both)
				}
			}
		}
		combined = next
	}
	return combined
}

// sight is what has been seen of the rules' reach.
type sight struct {
	rest    []set // combinations of what is neither category nor region
	reached []bool
	gaps    []gap
}

type gap struct{ category, region class }

// look tries every combination for a category and region, and reports whether for one of them no rule fits.
func (s *sight) look(fits set) (open bool) {
	for _, rest := range s.rest {
		if first := fits.firstOf(rest); first >= 0 {
			s.reached[first] = true
		} else {
			open = true
		}
	}
	return open
}

// gaps lists where no rule fits: a category that is uncovered everywhere once, any other by street.
func (c city) gaps(open []gap, regions int) []Finding {
	everywhere := map[string]int{}
	for _, g := range open {
		for _, category := range g.category.values {
			everywhere[category]++
		}
	}
	var found []Finding
	add := func(category, region string) {
		f := Finding{Severity: Doubtful, Code: "NO_RULE", Path: "rules", Category: category, Region: region,
			Says: "for some cases of category " + category + " no rule fits: they wait for a dispatcher"}
		if !slices.Contains(found, f) {
			found = append(found, f)
		}
	}
	for _, g := range open {
		for _, category := range g.category.values {
			if everywhere[category] == regions {
				add(category, "")
				continue
			}
			for _, region := range g.region.values {
				add(category, region[:min(len(region), streetDigits)])
			}
		}
	}
	slices.SortFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Region, b.Region))
	})
	return found[:min(len(found), gapsMost)]
}
