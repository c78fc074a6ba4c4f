package place

import (
	"bytes"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Change is what one operation wants of one field: that it becomes Now, from what its author saw.
type Change struct {
	Operation uuid.UUID `db:"operation_id"`
	Was       *string   `db:"was"` // nil: there was nothing
	Now       *string   `db:"becomes"`
	At        time.Time `db:"captured_at"` // by the author's clock: it only puts changes in an order
}

// merge weighs changes of one field against each other, whatever the order in which they arrived. They are taken in the
// order in which they were captured: one whose author saw the value that it finds is carried out, one that asks for what
// is there already changes nothing, and any other is contested, for a person to decide. The result depends on the base
// and the set of changes alone.
func merge(base *string, changes []Change) (value *string, contested []Change) {
	ordered := slices.Clone(changes)
	slices.SortFunc(ordered, func(a, b Change) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return bytes.Compare(a.Operation[:], b.Operation[:])
	})
	value = base
	for _, c := range ordered {
		switch {
		case same(c.Was, value):
			value = c.Now
		case !same(c.Now, value):
			contested = append(contested, c)
		}
	}
	return value, contested
}

func same(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
