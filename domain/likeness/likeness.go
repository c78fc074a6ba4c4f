// Package likeness says how alike two reports are, so that a dispatcher is shown first what may be about the same thing
// 疑似重复. It decides nothing: people merge.
package likeness

import (
	"io"
	"math"
	"time"

	"gridwork/enum"
	"gridwork/geo"
)

// Beyond these two reports are not compared: they are about two things.
const (
	NearMetres = 100
	NearTime   = 72 * time.Hour
)

// Aspect is one side from which two reports are compared.
type Aspect string

const (
	Place    Aspect = "place"    // 1 at the same point, falling evenly to 0 at NearMetres
	Time     Aspect = "time"     // 1 at the same instant, falling evenly to 0 at NearTime
	Category Aspect = "category" // 1 the same, half of one major class, 0 otherwise
	Text     Aspect = "text"     // the share of words that both use
	Photo    Aspect = "photo"    // 1 where one picture is in both reports
)

// Aspects lists every aspect.
var Aspects = []Aspect{Place, Time, Category, Text, Photo}

func (a Aspect) MarshalGQL(w io.Writer)     { enum.Marshal(w, a) }
func (a *Aspect) UnmarshalGQL(in any) error { return enum.Unmarshal(a, in, Aspects) }

// Report is what is compared of a clue or a finding.
type Report struct {
	Point    geo.Point
	At       time.Time
	Category string // 4 digits; "" where nobody said
	Photos   []uint64
	words    []string
}

// NewReport reads a text once, for however many comparisons. The photos are fingerprints of media.
func NewReport(point geo.Point, at time.Time, category, text string, photos []uint64) Report {
	return Report{Point: point, At: at, Category: category, Photos: photos, words: words(text)}
}

// Reason is one aspect's part in a score.
type Reason struct {
	Aspect   Aspect
	Likeness float64 // 0 to 1
	Weight   float64 // log odds that a full likeness adds to the score
}

// Likeness of two reports.
type Likeness struct {
	Metres float64       // between them
	Apart  time.Duration // between their times
	Score  float64       // 0 to 1: of equally many pairs about one thing and about two, the share about one that look like this
	Why    []Reason      // an aspect that one of them does not tell is left out
}

// Compare two reports; false where they are too far apart in place or time to be compared.
func Compare(a, b Report) (Likeness, bool) {
	l := Likeness{Metres: geo.Distance(a.Point, b.Point), Apart: a.At.Sub(b.At).Abs()}
	if l.Metres > NearMetres || l.Apart > NearTime {
		return Likeness{}, false
	}
	odds := base
	for _, aspect := range aspects {
		like, told := aspect.of(a, b, l)
		if !told {
			odds += aspect.untold
			continue
		}
		odds += aspect.weight * like
		l.Why = append(l.Why, Reason{Aspect: aspect.name, Likeness: like, Weight: aspect.weight})
	}
	l.Score = 1 / (1 + math.Exp(-odds))
	return l, true
}
