package notify

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/identity"
	"gridwork/pg"
)

// The night, in the city's hours: hushed text messages of this time wait for its end.
const (
	nightBegins = 21
	nightEnds   = 8
)

// morning is the end of the night that now lies in, or nil by day.
func morning(now time.Time) *time.Time {
	local := now.In(identity.City)
	day := local.Day()
	switch {
	case local.Hour() >= nightBegins:
		day++
	case local.Hour() >= nightEnds:
		return nil
	}
	end := time.Date(local.Year(), local.Month(), day, nightEnds, 0, 0, 0, identity.City)
	return &end
}

// Release sends the text messages whose night is over, at most max of them, one for each person however many waited.
// It returns how many left their wait.
func Release(ctx context.Context, tx *pg.Tx, max int) (int, error) {
	type released struct {
		ID      uuid.UUID `db:"id"`
		Carrier bool      `db:"carrier"`
	}
	rows, err := pg.All[released](ctx, tx, releaseSQL, tx.Now, max)
	for _, row := range rows {
		if row.Carrier {
			tx.Emit(JobText, DeliverJob{Delivery: row.ID})
		}
	}
	return len(rows), err
}
