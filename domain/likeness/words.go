package likeness

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// fillers are characters that every report is full of, whatever it is about.
const fillers = "的了都在有是没人就不上个这着还也一到很好快要来去们吗呢吧啊"

// words are what a text is compared by, sorted and each once: every Chinese character but the fillers, and every run
// of Latin letters or digits. Single characters find two tellings of one thing better than pairs and runs of them do,
// for short texts share few (docs/figures.md).
func words(text string) []string {
	var found []string
	var run strings.Builder
	end := func() {
		if run.Len() > 0 {
			found = append(found, run.String())
			run.Reset()
		}
	}
	kind := 0
	for _, r := range strings.ToLower(width.Fold.String(text)) {
		k := kindOf(r)
		if k != kind {
			end()
		}
		kind = k
		switch {
		case k == letter || k == digit:
			run.WriteRune(r)
		case k == character && !strings.ContainsRune(fillers, r):
			found = append(found, string(r))
		}
	}
	end()
	slices.Sort(found)
	return slices.Compact(found)
}

const (
	other = iota
	letter
	digit
	character
)

func kindOf(r rune) int {
	switch {
	case unicode.Is(unicode.Han, r):
		return character
	case unicode.IsDigit(r):
		return digit
	case unicode.IsLetter(r):
		return letter
	}
	return other
}

// shared counts what two sorted lists share.
func shared(a, b []string) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch strings.Compare(a[0], b[0]) {
		case -1:
			a = a[1:]
		case +1:
			b = b[1:]
		default:
			n, a, b = n+1, a[1:], b[1:]
		}
	}
	return n
}
