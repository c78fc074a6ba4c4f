package clue

// Hash is what makes two submissions the same.
func Hash(s Submission) []byte { return accepted{Submission: s}.hash() }
