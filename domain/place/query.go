package place

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"gridwork/fault"
)

//go:embed syllables.txt
var syllableText string

// syllables are those that Chinese characters are read as, without tones.
var syllables = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, s := range strings.Fields(syllableText) {
		set[s] = true
	}
	return set
})

// longestSyllable in letters: zhuang.
const longestSyllable = 6

// wanted are the terms that a place has to have to be found: by its characters, or where the query has none, by the
// syllables that its letters spell, or else by its letters as initials. SEARCH_TOO_SHORT for less than two of these.
func wanted(query string) ([]string, error) {
	all := units(query)
	prefix, spelled := "", ""
	if !hasHan(query) {
		if read := spell(all); len(read) > 1 {
			all, prefix, spelled = read, bySyllables, " "
		} else {
			prefix = byInitials
		}
	}
	if len(all) < 2 {
		return nil, fault.Invalid(CodeTooShort, "two characters at least are needed to look for a place").At("text")
	}
	found := make([]string, len(all)-1)
	for i := range found {
		found[i] = prefix + all[i].text + spelled + all[i+1].text
	}
	return found, nil
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// spell joins letters to syllables; nil where they spell none. A last syllable that is still being typed is left out.
func spell(all []unit) (read []unit) {
	for len(all) > 0 {
		if c := all[0].text[0]; c >= '0' && c <= '9' {
			read, all = append(read, all[0]), all[1:]
			continue
		}
		n := 0
		for n < len(all) && (all[n].text[0] < '0' || all[n].text[0] > '9') {
			n++
		}
		var letters strings.Builder
		for _, u := range all[:n] {
			letters.WriteString(u.text)
		}
		parts, whole := split(letters.String())
		if !whole && n < len(all) || len(parts) == 0 {
			return nil
		}
		for _, p := range parts {
			read = append(read, unit{text: p})
		}
		all = all[n:]
	}
	return read
}

// split reads syllables from the first letter on, longer ones first; whole tells whether nothing was left. Where something is, it
// begins a syllable, or there are no parts.
func split(letters string) (parts []string, whole bool) {
	// From the end: how the letters from here on are read, if they can be.
	reads := make([][]string, len(letters)+1)
	open := make([]bool, len(letters)+1) // read, but for a last syllable that is not whole
	reads[len(letters)] = []string{}
	for at := len(letters) - 1; at >= 0; at-- {
		open[at] = begins(letters[at:])
		for n := min(longestSyllable, len(letters)-at); n > 0; n-- {
			rest := reads[at+n]
			if rest == nil && !open[at+n] || !syllables()[letters[at:at+n]] {
				continue
			}
			better := reads[at] == nil || open[at] && !open[at+n]
			if better {
				reads[at], open[at] = append([]string{letters[at : at+n]}, rest...), open[at+n]
			}
		}
	}
	return reads[0], reads[0] != nil && !open[0]
}

func begins(letters string) bool {
	for s := range syllables() {
		if strings.HasPrefix(s, letters) {
			return true
		}
	}
	return false
}
