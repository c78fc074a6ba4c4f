package scratch

import (
	"context"
	"time"

	"gridwork/domain/identity"
)

// Morning moves the city's clock to a quarter past nine on the next weekday: by night, working clocks stand still. It returns
// the time that it is then, of the city.
func (p *Platform) Morning(ctx context.Context) (time.Time, error) {
	now, err := p.Now(ctx)
	if err != nil {
		return now, err
	}
	if err := p.Advance(ctx, nextMorning(now).Sub(now)); err != nil {
		return now, err
	}
	now, err = p.Now(ctx)
	return now.In(identity.City), err
}

// nextMorning is 09:15 of the first weekday from now on.
func nextMorning(now time.Time) time.Time {
	local := now.In(identity.City)
	for {
		morning := time.Date(local.Year(), local.Month(), local.Day(), 9, 15, 0, 0, identity.City)
		if day := morning.Weekday(); morning.After(now) && day != time.Saturday && day != time.Sunday {
			return morning
		}
		local = local.AddDate(0, 0, 1)
	}
}
