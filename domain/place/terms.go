package place

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/width"
)

// readingsMost bounds the readings of one character that a search knows: 厦 is sha and xia.
const readingsMost = 2

// unit is one Chinese character, one run of digits or one Latin letter.
type unit struct {
	text     string
	readings []string // pinyin without tones; of digits and letters: themselves
}

// units cuts a text. What is neither character, digit nor letter separates nothing: 科苑路 15 号 is 科苑路15号.
func units(text string) (found []unit) {
	var digits strings.Builder
	end := func() {
		if digits.Len() > 0 {
			found = append(found, unit{digits.String(), []string{digits.String()}})
			digits.Reset()
		}
	}
	for _, r := range strings.ToLower(width.Fold.String(text)) {
		if unicode.IsDigit(r) {
			digits.WriteRune(r)
			continue
		}
		end()
		switch {
		case unicode.Is(unicode.Han, r):
			found = append(found, unit{string(r), readings(r)})
		case unicode.IsLetter(r):
			found = append(found, unit{string(r), []string{string(r)}})
		}
	}
	end()
	return found
}

var everyReading = pinyin.Args{Style: pinyin.Normal, Heteronym: true}

func readings(r rune) []string {
	if known, ok := looked.Load(r); ok {
		return known.([]string)
	}
	all := pinyin.SinglePinyin(r, everyReading) // the commonest first
	if len(all) == 0 {
		all = []string{string(r)}
	}
	all = all[:min(len(all), readingsMost)]
	looked.Store(r, all)
	return all
}

// looked keeps what the dictionary said, which takes its time over each character.
var looked sync.Map

// The three ways in which two neighbours are found are told apart by their first character.
const (
	byInitials  = "~"
	bySyllables = "^"
)

// terms are what a text is found by: each two neighbouring units, as written, as initials and as syllables.
func terms(text string) []string {
	all := units(text)
	var found []string
	for i := range len(all) - 1 {
		a, b := all[i], all[i+1]
		found = append(found, a.text+b.text)
		for _, x := range a.readings {
			for _, y := range b.readings {
				found = append(found, byInitials+initial(x)+initial(y), bySyllables+x+" "+y)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// initial is the first letter of a syllable, or the whole of a number.
func initial(reading string) string {
	if reading[0] >= '0' && reading[0] <= '9' {
		return reading
	}
	return reading[:1]
}
