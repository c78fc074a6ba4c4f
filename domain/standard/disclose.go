package standard

// disclosedFrom is the least number of restricted cases that is told: fewer would point at somebody.
const disclosedFrom = 5

// Disclosed is what a count of restricted cases tells, wherever counts are grouped: nil, shown as "<5", for fewer than five,
// none included.
func Disclosed(n int) *int {
	if n < disclosedFrom {
		return nil
	}
	return &n
}
