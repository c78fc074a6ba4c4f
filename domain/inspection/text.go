package inspection

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gridwork/fault"
)

// words reports whether a text of the platform's own can be shown as it stands: 1 to max characters, no control
// characters, no blanks around it.
func words(text string, max int) bool {
	return text != "" && utf8.ValidString(text) && utf8.RuneCountInString(text) <= max &&
		strings.TrimSpace(text) == text && !strings.ContainsFunc(text, unicode.IsControl)
}

// clean makes what somebody typed fit to be kept: valid UTF-8, no control characters but line breaks and tabs, no
// blanks around it, at most max characters.
func clean(text string, max int) (string, error) {
	if len(text) > 2*max*utf8.UTFMax {
		return "", tooLong(max)
	}
	if !utf8.ValidString(text) {
		return "", fault.Invalid("TEXT_ENCODING", "this text is not valid UTF-8")
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text))
	if utf8.RuneCountInString(text) > max {
		return "", tooLong(max)
	}
	return text, nil
}

func tooLong(max int) error { return fault.Invalid("TEXT_TOO_LONG", "at most %d characters", max) }
