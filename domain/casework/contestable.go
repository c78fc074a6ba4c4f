package casework

import (
	"time"

	"gridwork/domain/clue"
)

// ContestableUntil is until when the reporter of a clue may contest its outcome (Contest); nil where that is over, or
// where there is no closed case to contest.
func ContestableUntil(p clue.Progress, now time.Time) *time.Time {
	if p.Outcome == nil || *p.Outcome != string(Closed) {
		return nil
	}
	for _, step := range p.Steps {
		if until := step.At.Add(ReopenWindow); step.Stage == clue.StageClosed && !now.After(until) {
			return &until
		}
	}
	return nil
}
