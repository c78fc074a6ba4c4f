// Package inspection sends grid workers to look: a checklist asks, a campaign puts it on every cell of a region, a task
// is one cell's share of it, and an item that fails is a finding, put right on the spot or filed as a case.
package inspection

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

const (
	maxItems   = 200
	maxChoices = 50
	maxName    = 100 // characters of a name
	maxWords   = 500 // characters of a question, a basis
	maxUnit    = 20
)

// Checklist 检查表 is one version of a template. A version never changes: what was answered stays readable.
type Checklist struct {
	ID          uuid.UUID `db:"id"`
	Code        string    `db:"code"`    // the same for all versions
	Version     int       `db:"version"` // from 1
	NameZH      string    `db:"name_zh"`
	NameEN      string    `db:"name_en"`
	Items       []Item    `db:"items"` // in the order in which they are asked
	PublishedAt time.Time `db:"published_at"`
}

// Item is one question.
type Item struct {
	Code       string   `json:"code"` // unique in the checklist
	QuestionZH string   `json:"question_zh"`
	QuestionEN string   `json:"question_en"`
	Kind       ItemKind `json:"kind"`
	UnitZH     string   `json:"unit_zh,omitempty"` // of a number
	UnitEN     string   `json:"unit_en,omitempty"`
	Min        *float64 `json:"min,omitempty"` // a number below it fails
	Max        *float64 `json:"max,omitempty"` // a number above it fails
	Choices    []Choice `json:"choices,omitempty"`
	// Category is that of the finding which a failure makes. An item without one only records, and cannot fail.
	Category   string   `json:"category,omitempty"`
	Severity   Severity `json:"severity,omitempty"` // of such a finding; set exactly where the category is
	LegalBasis string   `json:"legal_basis,omitempty"`
}

// Choice is one of a choice's answers.
type Choice struct {
	Code   string `json:"code"`
	NameZH string `json:"name_zh"`
	NameEN string `json:"name_en"`
	Fails  bool   `json:"fails,omitempty"` // choosing it is a finding
}

var isCode = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`).MatchString

// Publish makes the next version of a checklist, the first one for a new code. Faults name the path, such as
// "items[3].choices[0].code".
func Publish(ctx context.Context, tx *pg.Tx, c Checklist) (Checklist, error) {
	if len(tx.Actor.Scope(actor.AdministerAll).Regions) == 0 {
		return Checklist{}, fault.Denied("NOT_ALLOWED", "checklists are published by administrators")
	}
	if err := c.check(); err != nil {
		return Checklist{}, err
	}
	if err := knownCategories(ctx, tx, c.Items); err != nil {
		return Checklist{}, err
	}
	published, err := pg.One[Checklist](ctx, tx, insertChecklistSQL, pg.NewID(), c.Code, c.NameZH, c.NameEN, c.Items, tx.Now)
	if pg.Constraint(err) == "checklists_code_version_key" {
		return Checklist{}, fault.Busy("CONTENTION", "another version is being published, try again")
	}
	if err != nil {
		return Checklist{}, fmt.Errorf("publish checklist: %w", err)
	}
	audit.Record(tx, "checklist.publish", "checklist", published.ID.String(), map[string]any{"code": c.Code, "version": published.Version})
	return published, nil
}

// Checklists are the newest versions of all checklists, by code.
func Checklists(ctx context.Context, tx *pg.Tx) ([]Checklist, error) {
	return pg.All[Checklist](ctx, tx, checklistsSQL)
}

// ChecklistsByID finds versions of checklists, ordered by id.
func ChecklistsByID(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Checklist, error) {
	return pg.All[Checklist](ctx, tx, checklistsByIDSQL, ids)
}

func (c Checklist) check() error {
	switch {
	case !isCode(c.Code):
		return invalid("CODE", "a code has 1 to 40 lower-case letters, digits, - and _").At("code")
	case !words(c.NameZH, maxName):
		return invalid("NAME", "a name has 1 to %d characters", maxName).At("nameZh")
	case !words(c.NameEN, maxName):
		return invalid("NAME", "a name has 1 to %d characters", maxName).At("nameEn")
	case len(c.Items) == 0 || len(c.Items) > maxItems:
		return invalid("ITEMS", "a checklist asks 1 to %d questions", maxItems).At("items")
	}
	seen := map[string]bool{}
	for i, item := range c.Items {
		err := item.check()
		if err == nil && seen[item.Code] {
			err = invalid("CODE", "two items have this code").At("code")
		}
		if err != nil {
			return fault.Under(at("items", i), err)
		}
		seen[item.Code] = true
	}
	return nil
}

func (i Item) check() error {
	switch {
	case !isCode(i.Code):
		return invalid("CODE", "a code has 1 to 40 lower-case letters, digits, - and _").At("code")
	case !words(i.QuestionZH, maxWords):
		return invalid("QUESTION", "a question has 1 to %d characters", maxWords).At("questionZh")
	case !words(i.QuestionEN, maxWords):
		return invalid("QUESTION", "a question has 1 to %d characters", maxWords).At("questionEn")
	case !slices.Contains(ItemKinds, i.Kind):
		return invalid("KIND", "no such kind of question").At("kind")
	case (i.Category == "") != (i.Severity == ""):
		return invalid("SEVERITY", "a severity is given exactly where a category is").At("severity")
	case i.Severity != "" && !slices.Contains(Severities, i.Severity):
		return invalid("SEVERITY", "no such severity").At("severity")
	case i.LegalBasis != "" && !words(i.LegalBasis, maxWords):
		return invalid("LEGAL_BASIS", "a legal basis has at most %d characters", maxWords).At("legalBasis")
	}
	if err := i.checkNumber(); err != nil {
		return err
	}
	return i.checkChoices()
}

func (i Item) checkNumber() error {
	isNumber := i.Kind == Number
	switch {
	case (i.UnitZH != "") != isNumber || isNumber && !words(i.UnitZH, maxUnit):
		return invalid("UNIT", "a number has a unit of 1 to %d characters, nothing else has", maxUnit).At("unitZh")
	case (i.UnitEN != "") != isNumber || isNumber && !words(i.UnitEN, maxUnit):
		return invalid("UNIT", "a number has a unit of 1 to %d characters, nothing else has", maxUnit).At("unitEn")
	case i.Min != nil && (!isNumber || !finite(*i.Min)):
		return invalid("BOUND", "only a number has bounds, and they are finite").At("min")
	case i.Max != nil && (!isNumber || !finite(*i.Max)):
		return invalid("BOUND", "only a number has bounds, and they are finite").At("max")
	case i.Min != nil && i.Max != nil && *i.Min > *i.Max:
		return invalid("BOUND", "the bounds exclude every number").At("max")
	case (i.Min != nil || i.Max != nil) && i.Category == "":
		return invalid("CATEGORY", "an item that can fail needs the category of its finding").At("category")
	}
	return nil
}

func (i Item) checkChoices() error {
	if (i.Kind == OneOf) != (len(i.Choices) > 0) || len(i.Choices) == 1 || len(i.Choices) > maxChoices {
		return invalid("CHOICES", "a choice has 2 to %d answers, nothing else has any", maxChoices).At("choices")
	}
	seen := map[string]bool{}
	for n, c := range i.Choices {
		path := at("choices", n)
		switch {
		case !isCode(c.Code) || seen[c.Code]:
			return invalid("CODE", "a code has 1 to 40 lower-case letters, digits, - and _, and stands once").At("code").At(path)
		case !words(c.NameZH, maxWords):
			return invalid("NAME", "a name has 1 to %d characters", maxWords).At("nameZh").At(path)
		case !words(c.NameEN, maxWords):
			return invalid("NAME", "a name has 1 to %d characters", maxWords).At("nameEn").At(path)
		case c.Fails && i.Category == "":
			return invalid("CATEGORY", "an item that can fail needs the category of its finding").At("category")
		}
		seen[c.Code] = true
	}
	return nil
}

// knownCategories refuses items whose findings could not be filed.
func knownCategories(ctx context.Context, tx *pg.Tx, items []Item) error {
	known, err := pg.Vals[string](ctx, tx, categoriesSQL)
	if err != nil {
		return err
	}
	for i, item := range items {
		if item.Category != "" && !slices.Contains(known, item.Category) {
			return fault.Invalid("UNKNOWN_CATEGORY", "there is no such category").At("category").At(at("items", i))
		}
	}
	return nil
}

func invalid(code, format string, args ...any) *fault.Error {
	return fault.Invalid("CHECKLIST_"+code, format, args...)
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
