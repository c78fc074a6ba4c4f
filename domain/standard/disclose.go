package standard

// disclosedFrom is the least number of restricted cases that is told: fewer would point at somebody.
const disclosedFrom = 5

// Disclosed is what a count tells of a kind, wherever counts are grouped: nil, shown as "<5", for fewer than five of a
// restricted kind, none included.
func Disclosed(n int, restricted bool) *int {
	if restricted && n < disclosedFrom {
		return nil
	}
	return &n
}
