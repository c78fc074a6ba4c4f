// Package routing decides which department a case belongs to. The decision is pure: facts and a versioned set of rules
// go in, an outcome with its trace comes out. The first rule that fits wins; where none fits nothing is guessed.
package routing

import (
	"time"
)

// RuleSet is one version of the rules, in the order in which they are tried. A published version never changes.
type RuleSet struct {
	Version       int
	Note          string    // why it was published
	EffectiveFrom time.Time // zero: from publication on
	Rules         []Rule
}

// Rule sends cases that meet every one of its conditions to an outcome.
type Rule struct {
	Code       string     `db:"code"` // stable across versions
	NameZH     string     `db:"name_zh"`
	NameEN     string     `db:"name_en"`
	Conditions Conditions `db:"conditions"`
	Outcome    Outcome    `db:"outcome"`
}

// Outcome is where a case goes and how it is pressed.
type Outcome struct {
	Department string   `json:"department"` // that leads
	Assisting  []string `json:"assisting"`  // departments that help
	// Standard is the position of another row of the category's filing standard than the one that the case was filed
	// under; 0 keeps that one.
	Standard int    `json:"standard,omitempty"`
	Ladder   string `json:"ladder"`   // code of the escalation ladder
	Priority int    `json:"priority"` // 1 highest … 4
}

// Facts are what rules may look at.
type Facts struct {
	Category  string // 4 digits
	Urgent    bool
	Cell      string    // 15 digits: every region's code is a beginning of it
	PlaceKind string    // what stands there; empty while unknown, and then no rule about kinds of places fits
	Source    string    // clue or inspection
	At        time.Time // when the case was filed
}

// Decision is the outcome with the way to it.
type Decision struct {
	RuleSet int     // version
	Rule    *Rule   // nil: no rule fits
	Trace   []Tried // every rule that was tried, in order; the last one is the winner if there is one
}

// Tried is one rule of the trace.
type Tried struct {
	Rule   string    `json:"rule"`             // code
	Failed Condition `json:"failed,omitempty"` // the first condition that was not met; empty: the rule won
	Was    string    `json:"was,omitempty"`    // what the case had instead
}

// Decide tries the rules in order until one fits.
func Decide(set RuleSet, f Facts) Decision {
	d := Decision{RuleSet: set.Version, Trace: []Tried{}}
	for i := range set.Rules {
		rule := &set.Rules[i]
		failed, was := rule.fails(f)
		d.Trace = append(d.Trace, Tried{Rule: rule.Code, Failed: failed, Was: was})
		if failed == "" {
			d.Rule = rule
			break
		}
	}
	return d
}
