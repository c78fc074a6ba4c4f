package casework

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gridwork/fault"
)

const (
	noteMost = 500  // characters of a reason, a basis, a decision
	textMost = 2000 // characters of a disposal, an answer, a case
)

// words makes what somebody wrote fit to be kept and shown: valid UTF-8, no control characters but line breaks and tabs,
// no blanks around it, at most so many characters. The faults name the input's path: TEXT_TOO_LONG, TEXT_ENCODING.
func words(path, text string, most int) (string, error) {
	if !utf8.ValidString(text) {
		return "", fault.Invalid("TEXT_ENCODING", "this text is not valid UTF-8").At(path)
	}
	if utf8.RuneCountInString(text) > most {
		return "", fault.Invalid("TEXT_TOO_LONG", "at most %d characters", most).At(path)
	}
	return strings.TrimSpace(strings.Map(printable, strings.ReplaceAll(text, "\r\n", "\n"))), nil
}

// someWords is words, and refuses none: TEXT_MISSING.
func someWords(path, text string, most int) (string, error) {
	text, err := words(path, text, most)
	if err == nil && text == "" {
		err = fault.Invalid("TEXT_MISSING", "this must not be empty").At(path)
	}
	return text, err
}

func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}
