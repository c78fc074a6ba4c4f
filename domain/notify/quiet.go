package notify

import (
	"context"
	"time"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// QuietRule 免打扰 is one version of when hushed text messages rest, how they are bundled, and how many one person gets at
// most; the same holds for notifications, on each handheld by itself, and by night also for those that neither press nor are hushed. The newest version holds at once, also for what waits. Urgent messages know none of it, and the inbox always gets
// everything: what a rule holds back is told of by a later text, never dropped.
type QuietRule struct {
	Version       int       `db:"version"` // set by PublishQuiet
	NightBegins   string    `db:"night_begins"`
	NightEnds     string    `db:"night_ends"`     // both the city's time, as 21:30; where they are the same there is no night
	BundleMinutes int       `db:"bundle_minutes"` // what one person gets within them leaves as one text, 1 to 60
	PerHour       int       `db:"per_hour"`       // texts to one person, urgent ones counted too
	PerDay        int       `db:"per_day"`        // in 24 hours
	PublishedAt   time.Time `db:"published_at"`
}

const (
	bundleMost = 60
	hourMost   = 1000
	dayMost    = 10_000
)

const quietColumns = `version, to_char(night_begins, 'HH24:MI') as night_begins, to_char(night_ends, 'HH24:MI') as night_ends,
	bundle_minutes, per_hour, per_day, published_at`

const quietSQL = `select ` + quietColumns + ` from quiet_rules order by version desc limit 1`

const publishQuietSQL = `insert into quiet_rules (version, night_begins, night_ends, bundle_minutes, per_hour, per_day, published_at)
	select max(version) + 1, $1::text::time, $2::text::time, $3, $4, $5, $6 from quiet_rules returning ` + quietColumns

// Quiet is the rule that holds.
func Quiet(ctx context.Context, tx *pg.Tx) (QuietRule, error) {
	return pg.One[QuietRule](ctx, tx, quietSQL)
}

// PublishQuiet makes a rule the next version, which holds from now on. For administrators of the whole city.
//
// Faults: NOT_ALLOWED; QUIET_TIME, QUIET_BUNDLE and QUIET_CAP at the field; QUIET_RACE.
func PublishQuiet(ctx context.Context, tx *pg.Tx, q QuietRule) (QuietRule, error) {
	if !tx.Actor.Citywide(actor.AdministerAll) {
		return q, fault.Denied("NOT_ALLOWED", "the quiet rule is for administrators of the city")
	}
	if err := q.check(); err != nil {
		return q, err
	}
	q, err := pg.One[QuietRule](ctx, tx, publishQuietSQL, q.NightBegins, q.NightEnds, q.BundleMinutes, q.PerHour, q.PerDay, tx.Now)
	if pg.Constraint(err) == "quiet_rules_pkey" {
		return q, fault.Conflict("QUIET_RACE", "another rule was published at the same time").Because(err)
	}
	if err == nil {
		audit.Record(tx, "quiet.publish", "quiet_rule", "city", map[string]any{"version": q.Version, "night_begins": q.NightBegins,
			"night_ends": q.NightEnds, "bundle_minutes": q.BundleMinutes, "per_hour": q.PerHour, "per_day": q.PerDay})
	}
	return q, err
}

func (q QuietRule) check() error {
	_, begins := hour(q.NightBegins)
	_, ends := hour(q.NightEnds)
	switch {
	case !begins:
		return fault.Invalid("QUIET_TIME", "a time of day is written like 21:30").At("nightBegins")
	case !ends:
		return fault.Invalid("QUIET_TIME", "a time of day is written like 21:30").At("nightEnds")
	case q.BundleMinutes < 1 || q.BundleMinutes > bundleMost:
		return fault.Invalid("QUIET_BUNDLE", "texts are bundled over 1 to %d minutes", bundleMost).At("bundleMinutes")
	case q.PerHour < 1 || q.PerHour > hourMost:
		return fault.Invalid("QUIET_CAP", "a person gets 1 to %d texts an hour", hourMost).At("perHour")
	case q.PerDay < q.PerHour || q.PerDay > dayMost:
		return fault.Invalid("QUIET_CAP", "a person gets as many texts a day as an hour at least, and at most %d", dayMost).At("perDay")
	}
	return nil
}

// hour is a time of day, as what has passed since midnight.
func hour(text string) (time.Duration, bool) {
	at, err := time.Parse("15:04", text)
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, err == nil && len(text) == 5
}

// leaves is when a person's next hushed text may leave: now, or later, by night or after so many texts. left are those that
// went out to the person in the last 24 hours, the oldest first.
func (q QuietRule) leaves(now time.Time, left []time.Time) time.Time {
	at := now
	for _, limit := range []struct {
		most int
		span time.Duration
	}{{q.PerHour, time.Hour}, {q.PerDay, 24 * time.Hour}} {
		if len(left) < limit.most {
			continue
		}
		if free := left[len(left)-limit.most].Add(limit.span); free.After(at) {
			at = free
		}
	}
	return q.day(at)
}

// day is the end of the night that the time lies in, or the time itself by day.
func (q QuietRule) day(at time.Time) time.Time {
	begins, _ := hour(q.NightBegins)
	ends, _ := hour(q.NightEnds)
	local := at.In(identity.City)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, identity.City)
	passed := local.Sub(midnight)
	switch {
	case begins <= ends && (passed < begins || passed >= ends), begins > ends && passed < begins && passed >= ends:
		return at
	case passed >= ends: // the night goes on after midnight
		return midnight.AddDate(0, 0, 1).Add(ends)
	}
	return midnight.Add(ends)
}
