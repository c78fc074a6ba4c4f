package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Filter narrows a list. Its zero value keeps everything in the viewer's scope.
type Filter struct {
	Region     string  // code of a division or a cell; "" = all
	Department string  // that leads; "" = any
	States     []State // any of these; empty = all
	Open       *bool   // only those in which work is owed, or only the others
	Category   string  // a code, or the two digits of a major one; "" = all
	Handler    *uuid.UUID
	DueBefore  *time.Time // of the disposal, not over yet
	Overdue    bool       // past it, not over yet
	Text       string     // a piece of the text, in any case, or the case's number
}

// Place is where a case stands in a list, the newest first; or a check, the oldest first.
type Place struct {
	At time.Time // filed, or asked for
	ID uuid.UUID
}

// Place is the case's own: the cursor of what follows it.
func (c Case) Place() Place { return Place{c.FiledAt, c.ID} }

// Page is one step through a list: at most First rows that follow After (nil = from the start).
type Page struct {
	After *Place
	First int
}

// List is the cases that the viewer may see, the newest first: of the regions and departments in scope, those to which a
// department of the viewer's lends help now, those named to the viewer, those in cells that the viewer holds, and those
// that the viewer was asked to check. more tells whether others follow.
func List(ctx context.Context, tx *pg.Tx, f Filter, page Page) (found []Case, more bool, err error) {
	found, err = pg.All[Case](ctx, tx, listSQL, f.args(tx, page.After, page.First+1)...)
	return pg.Page(found, page.First, err)
}

// args are the parameters of the lists.
func (f Filter) args(tx *pg.Tx, after *Place, limit int) []any {
	if after == nil {
		after = &Place{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), ID: uuid.Max}
	}
	var text *string
	if words := strings.ToLower(strings.TrimSpace(f.Text)); words != "" {
		text = &words
	}
	due := f.DueBefore
	if f.Overdue && (due == nil || tx.Now.Before(*due)) {
		due = &tx.Now
	}
	return scoped(tx, f.Region, f.states(due != nil), nonempty(f.Department), f.Category, due, text, f.Handler, after.At, after.ID, limit)
}

// states are those that the filter leaves, each of them a walk of its own through an index.
func (f Filter) states(due bool) []State {
	return slices.DeleteFunc(slices.Clone(States), func(s State) bool {
		return len(f.States) > 0 && !slices.Contains(f.States, s) || f.Open != nil && *f.Open != s.Open() || due && !s.Open()
	})
}

func nonempty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
