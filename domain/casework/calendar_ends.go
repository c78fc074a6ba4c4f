package casework

import (
	"context"
	"time"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
)

const provisionalSQL = `select count(*) from clocks where stopped_at is null and meant_unit is not null`

// Reach is how far promises can be made.
type Reach struct {
	Ends        time.Time     // of the unbroken run of published years
	Left        time.Duration // until then; 0 if no calendar is published
	Provisional int           // clocks that already run without a calendar
}

// CalendarReach measures how far the published calendar reaches.
func CalendarReach(ctx context.Context, tx *pg.Tx) (Reach, error) {
	reach := Reach{Ends: tx.Now}
	cal, err := calendar.Current(ctx, tx)
	if fault.Is(err, "CALENDAR_MISSING") {
		return reach, nil
	}
	if err != nil {
		return reach, err
	}
	reach.Ends = cal.Horizon(tx.Now)
	reach.Left = reach.Ends.Sub(tx.Now)
	reach.Provisional, err = pg.Val[int](ctx, tx, provisionalSQL)
	return reach, err
}

// WarnOfCalendar tells every administrator that the calendar ends soon: whoever calls it does so once a day.
func WarnOfCalendar(ctx context.Context, tx *pg.Tx) error {
	reach, err := CalendarReach(ctx, tx)
	if err != nil || reach.Left >= calendar.Ahead {
		return err
	}
	admins, err := identity.OfRole(ctx, tx, actor.Admin)
	if err != nil {
		return err
	}
	params := map[string]any{"count": int(reach.Left / (24 * time.Hour)), "year": reach.Ends.Year()}
	if reach.Provisional > 0 {
		params["total"] = reach.Provisional
	}
	var messages []notify.Message
	for _, admin := range admins {
		messages = append(messages, notify.Message{Person: &admin, Kind: notify.CalendarEnds, Params: params})
	}
	notify.Send(tx, messages...)
	return nil
}
