package place

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func TestChangesMergeToTheSameWhateverTheirOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.SampledFrom([]*string{nil, new("甲"), new("乙"), new("丙")})
		changes := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Change {
			return Change{Operation: uuid.UUID{15: byte(rapid.IntRange(0, 255).Draw(t, "id"))}, Was: value.Draw(t, "was"), Now: value.Draw(t, "now"),
				At: time.Unix(int64(rapid.IntRange(0, 5).Draw(t, "at")), 0)}
		}), 0, 12).Draw(t, "changes")
		slices.SortFunc(changes, func(a, b Change) int { return int(a.Operation[15]) - int(b.Operation[15]) })
		changes = slices.CompactFunc(changes, func(a, b Change) bool { return a.Operation == b.Operation })
		base := value.Draw(t, "base")
		first, contested := merge(base, changes)

		shuffled := slices.Clone(changes)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		again, contestedAgain := merge(base, shuffled)
		if !same(first, again) || !slices.Equal(operations(contested), operations(contestedAgain)) {
			t.Fatalf("%v and %v of %+v", operations(contested), operations(contestedAgain), changes)
		}
		// Nothing is lost: what was not carried out is there, or contested.
		for _, c := range changes {
			if !slices.Contains(operations(contested), c.Operation) && same(first, base) && !same(c.Now, base) && len(changes) == 1 && same(c.Was, base) {
				t.Fatalf("%+v was neither carried out nor contested", c)
			}
		}
	})
}

func operations(changes []Change) []uuid.UUID {
	ids := make([]uuid.UUID, len(changes))
	for i, c := range changes {
		ids[i] = c.Operation
	}
	return ids
}

func TestAChainOfChangesIsNoConflictAndTwoFromTheSameAre(t *testing.T) {
	t.Parallel()
	change := func(id byte, was, becomes string) Change {
		return Change{Operation: uuid.UUID{15: id}, Was: &was, Now: &becomes, At: time.Unix(int64(id), 0)}
	}
	for name, c := range map[string]struct {
		changes   []Change
		value     string
		contested []uuid.UUID
	}{
		"none":                      {nil, "甲", nil},
		"a chain, the second first": {[]Change{change(2, "乙", "丙"), change(1, "甲", "乙")}, "丙", nil},
		"two from the same":         {[]Change{change(1, "甲", "乙"), change(2, "甲", "丙")}, "乙", []uuid.UUID{{15: 2}}},
		"two of one mind":           {[]Change{change(1, "甲", "乙"), change(2, "甲", "乙")}, "乙", nil},
		"a branch and its own":      {[]Change{change(1, "甲", "乙"), change(2, "甲", "丙"), change(3, "丙", "丁")}, "乙", []uuid.UUID{{15: 2}, {15: 3}}},
	} {
		value, contested := merge(new("甲"), c.changes)
		if *value != c.value || !slices.Equal(operations(contested), append([]uuid.UUID{}, c.contested...)) {
			t.Errorf("%s: %s, %v", name, *value, operations(contested))
		}
	}
}
