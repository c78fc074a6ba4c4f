package inspection

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words reports whether a text of the platform's own can be shown as it stands: 1 to max characters, no control
// characters, no blanks around it.
func words(text string, max int) bool {
	return text != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= max &&
		strings.TrimSpace(text) == text && !strings.ContainsFunc(text, unicode.IsControl)
}
