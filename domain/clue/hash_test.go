package clue_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/geo"
)

// submissions draws from few values for each field, so that two draws are often alike but for one field, or have the same
// letters divided among fields in another way.
func submissions() *rapid.Generator[clue.Submission] {
	word := rapid.SampledFrom([]string{"", "a", "ab", "b", "abc", "c", "\x00"})
	number := rapid.SampledFrom([]float64{0, 1, 114.05, 22.54})
	return rapid.Custom(func(t *rapid.T) clue.Submission {
		s := clue.Submission{Text: word.Draw(t, "text"), Category: word.Draw(t, "category"), Anonymous: rapid.Bool().Draw(t, "anonymous")}
		s.Position = geo.Position{Lon: number.Draw(t, "lon"), Lat: number.Draw(t, "lat"), Accuracy: number.Draw(t, "accuracy"),
			Datum: geo.Datum(word.Draw(t, "datum")), Source: geo.Source(word.Draw(t, "source")), Mocked: rapid.Bool().Draw(t, "mocked"),
			CapturedAt: time.UnixMicro(rapid.Int64Range(0, 1).Draw(t, "at")).UTC()}
		for range rapid.IntRange(0, 2).Draw(t, "photos") {
			s.Photos = append(s.Photos, media.Declared{ID: uuid.UUID{byte(rapid.IntRange(0, 1).Draw(t, "id"))}, SHA256: []byte(word.Draw(t, "hash"))})
		}
		return s
	})
}

func TestTwoReportsAreTheSameWhenTheirHashesAreAndOnlyThen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := submissions().Draw(t, "a"), submissions().Draw(t, "b")
		if rapid.Bool().Draw(t, "alike") {
			b.Position = a.Position
		}
		if same := bytes.Equal(clue.Hash(a), clue.Hash(b)); same != reflect.DeepEqual(a, b) {
			t.Fatalf("same hash %v\n%+v\n%+v", same, a, b)
		}
		b = a
		b.ID, b.Contact = uuid.UUID{1}, clue.Contact{Name: "李四"}
		b.Position.CapturedAt = a.Position.CapturedAt.In(time.FixedZone("UTC+8", 8*3600))
		if !bytes.Equal(clue.Hash(a), clue.Hash(b)) {
			t.Fatal("the id, the contact or the time zone made it another report")
		}
	})
}
