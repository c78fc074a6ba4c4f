// Package prose makes what people wrote fit to be kept and shown.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gridwork/fault"
)

// What a text is refused for.
const (
	CodeTooLong  = "TEXT_TOO_LONG"
	CodeEncoding = "TEXT_ENCODING" // not valid UTF-8
	CodeMissing  = "TEXT_MISSING"
)

// Clean returns a text without control characters but line breaks and tabs, without those that turn the direction of what follows, and
// without blanks around it. The faults,
// TEXT_TOO_LONG for more than so many characters and TEXT_ENCODING, name the input's path.
func Clean(path, text string, most int) (string, error) {
	// Control characters do not count, but nobody needs as many of them as of letters.
	if len(text) > most*utf8.UTFMax+most {
		return "", tooLong(path, most)
	}
	if !utf8.ValidString(text) {
		return "", fault.Invalid(CodeEncoding, "this text is not valid UTF-8").At(path)
	}
	text = strings.TrimSpace(strings.Map(printable, strings.ReplaceAll(text, "\r\n", "\n")))
	if utf8.RuneCountInString(text) > most {
		return "", tooLong(path, most)
	}
	return text, nil
}

// Some is Clean, and refuses a text that nothing is left of: TEXT_MISSING.
func Some(path, text string, most int) (string, error) {
	text, err := Clean(path, text, most)
	if err == nil && text == "" {
		err = fault.Invalid(CodeMissing, "this must not be empty").At(path)
	}
	return text, err
}

func tooLong(path string, most int) error {
	return fault.Invalid(CodeTooLong, "at most %d characters", most).At(path)
}

func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' || turns(r) {
		return -1
	}
	return r
}

// turns says whether a character orders what follows it, or what follows the whole text, to be read the other way: "gpj.exe" looks like
// a picture then (Unicode UAX #9, explicit directional formatting). Letters have a direction of their own and need none of them.
func turns(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }
