package clue

// Clean is clean for the fuzzer.
func Clean(text string) (string, error) { return clean(text, maxText) }

// Hash is what makes two submissions the same.
func Hash(s Submission) []byte { return accepted{Submission: s}.hash() }
