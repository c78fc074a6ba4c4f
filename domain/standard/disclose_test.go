package standard_test

import (
	"testing"

	"gridwork/domain/standard"
)

func TestFewerThanFiveOfARestrictedKindAreNotTold(t *testing.T) {
	t.Parallel()
	for n := range 7 {
		if got := standard.Disclosed(n); (got == nil) != (n < 5) || got != nil && *got != n {
			t.Errorf("%d of a restricted kind: %v", n, got)
		}
	}
}
