package media

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"gridwork/geo"
)

// Of the four quarters of two fingerprints that are one picture's, one at least is searched for.
func TestEveryPictureThatIsTheSameIsFoundByAQuarter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		print := [2]int64{rapid.Int64().Draw(t, "across"), rapid.Int64().Draw(t, "down")}
		other := print
		for _, bit := range rapid.SliceOfNDistinct(rapid.IntRange(0, 127), 0, sameBits, rapid.ID).Draw(t, "bits") {
			other[bit/64] ^= 1 << (bit % 64)
		}
		found := false
		for i := range print {
			found = found || slices.Contains(around(upper(print[i])), upper(other[i])) || slices.Contains(around(lower(print[i])), lower(other[i]))
		}
		if !found {
			t.Fatalf("%x is not found by %x", other, print)
		}
	})
}

func TestWhatIsOnePictureUsedTwice(t *testing.T) {
	t.Parallel()
	there, away := shenzhen, geo.Point{Lon: shenzhen.Lon + 0.05, Lat: shenzhen.Lat}
	first := like{ID: uuid.UUID{1}, Subject: OfClue, DeclaredAt: handedIn, SHA256: []byte("a"), Across: 0x0f0f, Down: new(int64(0x3333)), Place: &there}
	for name, c := range map[string]struct {
		change func(*like)
		same   bool
	}{
		"elsewhere":                         {func(p *like) { p.Place = &away }, true},
		"elsewhere, compressed again":       {func(p *like) { p.Place, p.Across, p.Down = &away, 0x0f0f^0x3f, new(int64(0x3333^0x1f00)) }, true},
		"elsewhere, and another one across": {func(p *like) { p.Place, p.Across = &away, 0x0f0f^0xfff }, false},
		"elsewhere, and another one down":   {func(p *like) { p.Place, p.Down = &away, new(int64(0x3333^0xfff)) }, false},
		"the same place":                    {func(p *like) { p.SHA256 = []byte("b") }, true},
		"the same place, compressed again":  {func(p *like) { p.SHA256, p.Across = []byte("b"), 0x0f0f^0x7 }, true},
		"the same place, put right":         {func(p *like) { p.SHA256, p.Across = []byte("b"), 0x0f0f^0xf }, false},
		"the same bytes, at once":           {func(p *like) { p.DeclaredAt = handedIn.Add(time.Minute) }, false}, // sent again
		"the same bytes, after an hour":     {func(p *like) { p.DeclaredAt = handedIn.Add(retryWithin + time.Second) }, true},
		"the same bytes, of an inspection":  {func(p *like) { p.Subject = OfInspection }, true},
		"the same bytes, elsewhere":         {func(p *like) { p.Place = &away }, true},
		"from before, alike":                {func(p *like) { p.SHA256, p.Place, p.Down, p.Across = []byte("b"), &away, nil, 0x0f0f^0x7 }, true},
		"from before, not so alike":         {func(p *like) { p.SHA256, p.Place, p.Down, p.Across = []byte("b"), &away, nil, 0x0f0f^0xf }, false},
	} {
		second := first
		second.ID = uuid.UUID{2}
		c.change(&second)
		if first.same(second) != c.same || second.same(first) != c.same {
			t.Errorf("%s: %v", name, !c.same)
		}
		if second.before(first) {
			t.Errorf("%s: it was first", name)
		}
	}
}
