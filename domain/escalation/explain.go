package escalation

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/pg"
)

// Explain accounts for a clock's due time: every segment from its start with the reason why it counted or did not,
// every pause with its cost, in the clock's unit and on the calendar that it is bound to. Whoever asks must be allowed
// to read the case or clue: the caller has made sure of that.
//
// Errors: CLOCK_UNKNOWN.
func Explain(ctx context.Context, tx *pg.Tx, clockID uuid.UUID) (calendar.Explanation, error) {
	row, err := pg.One[live](ctx, tx, liveClockSQL, clockID)
	if errors.Is(err, pgx.ErrNoRows) {
		return calendar.Explanation{}, fault.NotFound("CLOCK_UNKNOWN", "there is no such clock")
	}
	if err != nil {
		return calendar.Explanation{}, err
	}
	cal := calendar.RoundTheClock
	if row.CalendarVersion != nil {
		if cal, err = calendar.At(ctx, tx, *row.CalendarVersion); err != nil {
			return calendar.Explanation{}, err
		}
	}
	return cal.Explain(row.StartedAt, row.Limit, row.Pauses)
}
