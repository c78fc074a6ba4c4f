package clue_test

import (
	"slices"
	"testing"

	"gridwork/domain/clue"
	"gridwork/test/fixture"
)

func TestWhatIsOftenReportedInAStreetIsOfferedFirstThere(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for range 6 {
		town.submitted(func(s *clue.Submission) { s.Category = fixture.Rubbish })
	}
	common := town.common(fixture.Nanyuan)
	if len(common) == 0 || common[0] != fixture.Rubbish {
		t.Errorf("after six reports of rubbish, %v are offered", common)
	}
	if elsewhere := town.common(fixture.Yuanling); elsewhere[0] == fixture.Rubbish {
		t.Errorf("another street is offered %v", elsewhere)
	}
}

func TestWhatWasReportedOnceIsNotTold(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	before := town.common(fixture.Nanyuan)
	town.submitted(func(s *clue.Submission) { s.Category = fixture.Rubbish })
	if after := town.common(fixture.Nanyuan); !slices.Equal(before, after) {
		t.Errorf("one report changed what is offered from %v to %v", before, after)
	}
}

func TestARestrictedKindIsNeverOffered(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for range 6 {
		town.submitted(func(s *clue.Submission) { s.Category = fixture.Violence })
	}
	if slices.Contains(town.common(fixture.Nanyuan), fixture.Violence) {
		t.Error("a restricted kind is among what is offered")
	}
}

// common is what reporters in a street are offered.
func (t *town) common(street string) []string {
	t.Helper()
	codes, err := clue.Common(t.ctx, t.tx, street)
	t.must(err)
	return codes
}
