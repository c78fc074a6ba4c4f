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
	"gridwork/domain/media"
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
	Bands       []Band    `db:"bands"` // grades of the score, the best first; none where it has none
	PublishedAt time.Time `db:"published_at"`
}

var isCode = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`).MatchString

// Publish makes the next version of a checklist, the first one for a new code. Faults name the path, such as
// "items[3].choices[0].code".
func Publish(ctx context.Context, tx *pg.Tx, c Checklist) (Checklist, error) {
	if err := MayPublish(tx.Actor); err != nil {
		return Checklist{}, err
	}
	if err := c.check(); err != nil {
		return Checklist{}, err
	}
	unknown, err := UnknownCategories(ctx, tx, c)
	if err != nil {
		return Checklist{}, err
	}
	for _, err := range unknown {
		return Checklist{}, err
	}
	published, err := pg.One[Checklist](ctx, tx, insertChecklistSQL, pg.NewID(), c.Code, c.NameZH, c.NameEN, c.Items, tx.Now, append([]Band{}, c.Bands...))
	if pg.Constraint(err) == "checklists_code_version_key" {
		return Checklist{}, fault.Busy("CONTENTION", "another version is being published, try again")
	}
	if err != nil {
		return Checklist{}, fmt.Errorf("publish checklist: %w", err)
	}
	audit.Record(tx, "checklist.publish", "checklist", published.ID.String(), map[string]any{"code": c.Code, "version": published.Version})
	return published, nil
}

// MayPublish refuses with NOT_ALLOWED whoever publishes no checklists.
func MayPublish(a *actor.Actor) error {
	if len(a.Scope(actor.AdministerAll).Regions) == 0 {
		return fault.Denied("NOT_ALLOWED", "checklists are published by administrators")
	}
	return nil
}

// Checklists are the newest versions of all checklists, by code.
func Checklists(ctx context.Context, tx *pg.Tx) ([]Checklist, error) {
	return pg.All[Checklist](ctx, tx, checklistsSQL)
}

// ChecklistVersions are all versions of one checklist, the newest first; none where there is no such checklist.
func ChecklistVersions(ctx context.Context, tx *pg.Tx, code string) ([]Checklist, error) {
	return pg.All[Checklist](ctx, tx, checklistVersionsSQL, code)
}

// Use is what uses a version of a checklist in the actor's part of the city.
type Use struct {
	Checklist uuid.UUID   `db:"checklist_id"`
	Plans     []uuid.UUID `db:"plans"`     // that have not ended
	Campaigns int         `db:"campaigns"` // that are not over, those of plans among them
	Tasks     int         `db:"tasks"`     // that campaigns of it have made so far
}

// UsesOf finds what uses versions of checklists, ordered by id.
func UsesOf(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Use, error) {
	scope := tx.Actor.Scope(actor.ReadTask)
	return pg.All[Use](ctx, tx, usesSQL, scope.Regions, scope.Departments, ids)
}

// ChecklistsByID finds versions of checklists, ordered by id.
func ChecklistsByID(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Checklist, error) {
	return pg.All[Checklist](ctx, tx, checklistsByIDSQL, ids)
}

// check is the first of Faults.
func (c Checklist) check() error {
	for _, err := range c.Faults() {
		return err
	}
	return nil
}

// Faults are all that speaks against publishing a checklist, at most one of each item, but for categories that there are none of.
func (c Checklist) Faults() (found []error) {
	switch {
	case !isCode(c.Code):
		found = append(found, invalid("CODE", "a code has 1 to 40 lower-case letters, digits, - and _").At("code"))
	case !words(c.NameZH, maxName):
		found = append(found, invalid("NAME", "a name has 1 to %d characters", maxName).At("nameZh"))
	case !words(c.NameEN, maxName):
		found = append(found, invalid("NAME", "a name has 1 to %d characters", maxName).At("nameEn"))
	case len(c.Items) == 0 || len(c.Items) > maxItems:
		return append(found, invalid("ITEMS", "a checklist asks 1 to %d questions", maxItems).At("items"))
	}
	seen := map[string]bool{}
	for i, item := range c.Items {
		err := item.check()
		if err == nil && item.Condition != nil {
			err = fault.Under("condition", item.Condition.check(c.Items[:i], c.Items[i:]))
		}
		if err == nil && seen[item.Code] {
			err = invalid("CODE", "two items have this code").At("code")
		}
		if err != nil {
			found = append(found, fault.Under(at("items", i), err))
		}
		seen[item.Code] = true
	}
	if c.photosAtLeast() > media.MaxPerSubject {
		found = append(found, invalid("PHOTOS", "an inspection has at most %d photos, signatures among them", media.MaxPerSubject).At("items"))
	}
	if err := c.checkBands(); err != nil {
		found = append(found, err)
	}
	return found
}

// photosAtLeast is how many pictures every inspection needs: each signature is one, and photos may show several items.
func (c Checklist) photosAtLeast() int {
	signatures, photos := 0, 0
	for _, i := range c.Items {
		switch {
		case i.Optional || i.Condition != nil:
		case i.Kind == Signature:
			signatures++
		case i.Kind == Photo:
			photos = max(photos, i.fewest())
		}
	}
	return signatures + photos
}

// UnknownCategories are the faults of items whose findings could not be filed.
func UnknownCategories(ctx context.Context, tx *pg.Tx, c Checklist) (found []error, err error) {
	known, err := pg.Vals[string](ctx, tx, categoriesSQL)
	if err != nil {
		return nil, err
	}
	for i, item := range c.Items {
		if item.Category != "" && !slices.Contains(known, item.Category) {
			found = append(found, fault.Invalid("UNKNOWN_CATEGORY", "there is no such category").At("category").At(at("items", i)))
		}
	}
	return found, nil
}

func invalid(code, format string, args ...any) *fault.Error {
	return fault.Invalid("CHECKLIST_"+code, format, args...)
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
