package clue

// Clean is clean for the fuzzer.
func Clean(text string) (string, error) { return clean(text, maxText) }
