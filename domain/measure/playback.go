package measure

import (
	"context"
	"slices"
	"time"

	"gridwork/pg"
)

// Stretch is how far back a playback goes.
type Stretch string

const (
	LastDay   Stretch = "last_24_hours" // by the hour
	LastMonth Stretch = "last_30_days"  // by the day
)

// Stretches lists them all.
var Stretches = []Stretch{LastDay, LastMonth}

// steps are the moments of a stretch up to now.
func (s Stretch) steps(now time.Time) []time.Time {
	n, step := 30, 24*time.Hour
	if s == LastDay {
		n, step = 24, time.Hour
	}
	moments := make([]time.Time, n+1)
	for i := range moments {
		moments[i] = now.Add(-time.Duration(n-i) * step)
	}
	return moments
}

// PlaybackFilter says what is played back.
type PlaybackFilter struct {
	Region     string // division code; "" = the viewer's whole reach
	Department string // whose cases: those that it leads, or led last; "" = all
	Stretch    Stretch
}

// Playback 回放 is how many cases were open, moment by moment.
type Playback struct {
	Moments     []time.Time // at equal distances, the last is now
	Communities []Played    // in which any was open, by code
}

// Played are the open cases of one community.
type Played struct {
	Community string // division code
	Open      []int  // as many as there are moments
}

// change of how many are open in a community, from a moment on.
type change struct {
	Community string `db:"community"`
	At        int    `db:"at"` // index of the moment
	By        int    `db:"by"`
}

// Play is a playback of what the rounds of cases say, for the regions in which the viewer may read the figures of all departments.
// Restricted cases stand in none.
//
// Fault: ACTION_NOT_YOURS.
func Play(ctx context.Context, tx *pg.Tx, f PlaybackFilter) (Playback, error) {
	reach, err := whole(ctx, tx, f.Region)
	if err != nil {
		return Playback{}, err
	}
	p := Playback{Moments: f.Stretch.steps(tx.Now)}
	changes, err := pg.All[change](ctx, tx, changesSQL, reach, f.Department, p.Moments)
	if err != nil {
		return Playback{}, err
	}
	for _, of := range chunks(changes) {
		open := make([]int, len(p.Moments))
		for _, c := range of {
			open[c.At] = c.By
		}
		for i := 1; i < len(open); i++ {
			open[i] += open[i-1]
		}
		if slices.Max(open) > 0 {
			p.Communities = append(p.Communities, Played{of[0].Community, open})
		}
	}
	return p, nil
}

// chunks are the changes of each community, which stand together.
func chunks(changes []change) (all [][]change) {
	for begin := 0; begin < len(changes); {
		end := begin
		for end < len(changes) && changes[end].Community == changes[begin].Community {
			end++
		}
		all = append(all, changes[begin:end])
		begin = end
	}
	return all
}

// A round counts from the first moment after it is opened to the last one before it is closed. width_bucket is how many of the moments are
// not after it: the index of the next one.
const changesSQL = `with round as (
		select left(c.cell, 12) as community, width_bucket(r.opened_at, $3::timestamptz[]) as opened,
			width_bucket(r.closed_at, $3::timestamptz[]) as closed
		from case_rounds r join cases c on c.id = r.case_id
		where (r.closed_at is null or r.closed_at > ($3::timestamptz[])[1]) and not c.restricted and c.parent_id is null
			and ($2 = '' or c.department = $2)
			and exists (select from unnest($1::text[]) as reach(region) where c.street ^@ reach.region or left(c.cell, 12) = reach.region)
	)
	select community, at, sum(n)::int as by from (
		select community, opened as at, 1 as n from round
		union all select community, closed, -1 from round where closed is not null
	) moved where at < cardinality($3::timestamptz[]) group by community, at order by community, at`
