// Package day is a grid worker's day 今日任务: what is to be done on the spot, from wherever it comes, in the order in which to
// walk to it, each with why it is there.
package day

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/tour"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Kind is what is to be done.
type Kind string

const (
	Inspection   Kind = "inspection"   // 巡查: a task to answer
	Verification Kind = "verification" // 核实: is a report true?
	Check        Kind = "check"        // 核查: is it really fixed?
	Offer        Kind = "offer"        // 交接: a colleague asks to have a task taken over
	Reinspection Kind = "reinspection" // 抽查: a closed case to look at again
	Reminder     Kind = "reminder"     // 催办: a ladder presses, and nothing else of it is on the list
)

// Kinds lists them all.
var Kinds = []Kind{Inspection, Verification, Check, Offer, Reinspection, Reminder}

// Why is how it came to whoever has it.
type Why string

const (
	OfPlan     Why = "plan"        // a plan's period (Name)
	OfCampaign Why = "campaign"    // a campaign (Name)
	Claimed    Why = "claimed"     // they took it themselves
	HandedOver Why = "handed_over" // a colleague's (By), taken over
	Assigned   Why = "assigned"    // a dispatcher (By) gave it to them
	Offered    Why = "offered"     // a colleague (By) asks
	Asked      Why = "asked"       // a dispatcher, or the platform, wants it seen (By)
	Sampled    Why = "sampled"     // it was drawn in a sample (Name)
	Pressed    Why = "pressed"     // time runs out, or has
)

// Whys lists them all.
var Whys = []Why{OfPlan, OfCampaign, Claimed, HandedOver, Assigned, Offered, Asked, Sampled, Pressed}

func (k Kind) MarshalGQL(w io.Writer)     { enum.Marshal(w, k) }
func (k *Kind) UnmarshalGQL(in any) error { return enum.Unmarshal(k, in, Kinds) }
func (y Why) MarshalGQL(w io.Writer)      { enum.Marshal(w, y) }
func (y *Why) UnmarshalGQL(in any) error  { return enum.Unmarshal(y, in, Whys) }

// Stop is one thing to do, and the way to it.
type Stop struct {
	Kind       Kind       `db:"kind"`
	ID         uuid.UUID  `db:"id"` // of the task, or of the message that reminds
	Why        Why        `db:"why"`
	Name       *string    `db:"name"`        // of the campaign, plan or sample
	CaseNumber *int64     `db:"case_number"` // of what it is about
	ClueNumber *int64     `db:"clue_number"`
	By         *uuid.UUID `db:"by_id"` // who gave, offered or asked for it; nil: the platform
	DueAt      *time.Time `db:"due_at"`
	Point      geo.Point  `db:"point"` // WGS 84; of a cell, some point in it
	Cell       string     `db:"cell"`
	Premises   *string    `db:"premises"` // code
	CaseID     *uuid.UUID `db:"case_id"`
	ClueID     *uuid.UUID `db:"clue_id"`

	Reminded  bool      `db:"-"` // a ladder presses for it, and nobody has acknowledged that
	Metres    float64   `db:"-"` // from the stop before
	ArrivesAt time.Time `db:"-"` // by walking only: no sooner than that
	Late      bool      `db:"-"` // it is due before that
}

// Day is everything that waits for whoever acts, up to a hundred stops, the soonest due of all.
type Day struct {
	Stops  []Stop // in the order in which to walk
	Metres float64
	More   bool // there is more, due later
}

const (
	most    = 100
	walking = 1.2 // metres a second: somebody with a bag, in a street
)

// Mine is the day of whoever acts, walked from a position; without one, from what is due first. Metres are those of a straight line,
// and nobody stays anywhere: what is late then can in no way be met.
//
// Faults: those of geo.Position.Canonical under "from".
func Mine(ctx context.Context, tx *pg.Tx, from *geo.Position) (Day, error) {
	walk := tour.Walk{At: tx.Now, Speed: walking}
	if from != nil {
		at, err := from.Canonical()
		if err != nil {
			return Day{}, fault.Under("from", err)
		}
		walk.From = &at
	}
	stops, err := pg.All[Stop](ctx, tx, stopsSQL, tx.Actor.ID, most+1)
	if err != nil {
		return Day{}, err
	}
	if stops, err = remind(ctx, tx, stops); err != nil {
		return Day{}, err
	}
	d := Day{Stops: soonest(stops), More: len(stops) > most}
	d.walk(walk)
	return d, nil
}

// walk puts the stops into order.
func (d *Day) walk(w tour.Walk) {
	places := make([]tour.Stop, len(d.Stops))
	for i, s := range d.Stops {
		places[i] = tour.Stop{Point: s.Point, Due: s.DueAt}
	}
	ordered := make([]Stop, 0, len(d.Stops))
	for _, leg := range w.Order(places) {
		s := d.Stops[leg.Stop]
		s.Metres, s.ArrivesAt, s.Late = leg.Metres, leg.Arrives, leg.Late
		d.Metres += leg.Metres
		ordered = append(ordered, s)
	}
	d.Stops = ordered
}
