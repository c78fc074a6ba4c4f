// Package badge lets whoever is asked to open a door see whether the person in front of it is a grid worker on duty: the worker's
// handheld shows an address 工牌 that is good for some minutes, and the platform answers it for anybody. Nothing is stored, neither
// of what was issued nor of who looked.
package badge

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// Codes of the faults about badges.
const (
	CodeNotAllowed = "NOT_ALLOWED" // badges are for grid workers
	CodeOffDuty    = "NOT_ON_DUTY" // a badge is for a turn, and there is none now
)

// Badge is what a handheld shows.
type Badge struct {
	Code  string
	Until time.Time // when it is over
}

// Issue signs a badge for a handheld of whoever acts, who is a grid worker on duty. It is good for as long as life.
//
// Faults: NOT_ALLOWED; DEVICE_NOT_FOUND, DEVICE_REVOKED at "device"; NOT_ON_DUTY.
func (k Key) Issue(ctx context.Context, tx *pg.Tx, handheld uuid.UUID, life time.Duration) (Badge, error) {
	if !tx.Actor.Has(actor.GridWorker) {
		return Badge{}, fault.Denied(CodeNotAllowed, "badges are for grid workers")
	}
	if _, err := device.Own(ctx, tx, handheld); err != nil {
		return Badge{}, err
	}
	on, err := onDuty(ctx, tx, tx.Actor)
	if err == nil && !on {
		err = fault.Conflict(CodeOffDuty, "a badge is for whoever is on duty")
	}
	if err != nil {
		return Badge{}, err
	}
	until := tx.Now.Add(life).Truncate(time.Second)
	return Badge{k.sign(handheld, until), until}, nil
}

// Verdict is what there is to say of a code.
type Verdict string

const (
	OnDuty    Verdict = "on_duty"   // the badge of a grid worker who is on duty now
	OffDuty   Verdict = "off_duty"  // of one who is not, or not any more
	Expired   Verdict = "expired"   // signed by the platform, and over
	Withdrawn Verdict = "withdrawn" // its handheld was revoked, its account is closed, or whoever had it is no grid worker any more
	Unknown   Verdict = "unknown"   // never signed by the platform
)

// Verdicts lists them all.
var Verdicts = []Verdict{OnDuty, OffDuty, Expired, Withdrawn, Unknown}

// Sight is what anybody sees of a code. What follows the verdict is told of OnDuty and OffDuty only.
type Sight struct {
	Verdict Verdict
	Family  string        // family name; a name that is not written in Chinese is whole
	Places  []cell.Region // streets and communities that are looked after, a street before its communities
	Until   time.Time
}

// Look says what a code is worth at this moment: a revocation, the end of an account and the end of a turn count with their commit.
// A code that was never signed costs no look into the store, whatever is wrong with it.
func (k Key) Look(ctx context.Context, tx *pg.Tx, code string) (Sight, error) {
	handheld, until, ours := k.open(code)
	switch {
	case !ours:
		return Sight{Verdict: Unknown}, nil
	case !tx.Now.Before(until):
		return Sight{Verdict: Expired}, nil
	}
	h, err := device.Known(ctx, tx, handheld)
	if fault.Is(err, device.CodeNotFound) || err == nil && (h.Until != nil || !h.Owner.Has(actor.GridWorker)) {
		return Sight{Verdict: Withdrawn}, nil
	}
	if err != nil {
		return Sight{}, err
	}
	on, err := onDuty(ctx, tx, h.Owner)
	if err != nil {
		return Sight{}, err
	}
	s := Sight{Verdict: OffDuty, Family: Family(h.Owner.Name), Until: until}
	if on {
		s.Verdict = OnDuty
	}
	s.Places, err = placesOf(ctx, tx, h.Owner)
	return s, err
}

// regionsOf is where somebody is a grid worker.
func regionsOf(who *actor.Actor) (regions []string) {
	for _, g := range who.Grants {
		if g.Role == actor.GridWorker {
			regions = append(regions, g.Region)
		}
	}
	return regions
}

func onDuty(ctx context.Context, tx *pg.Tx, who *actor.Actor) (bool, error) {
	var audiences []identity.Audience
	for _, region := range regionsOf(who) {
		audiences = append(audiences, identity.Audience{Role: actor.GridWorker, Region: region})
	}
	found, err := identity.OnDutyAll(ctx, tx, audiences)
	for _, people := range found {
		if slices.Contains(people, who.ID) {
			return true, err
		}
	}
	return false, err
}

// Division codes: a street's has 9 digits, a community's 12.
const (
	streetDigits    = 9
	communityDigits = 12
	communitiesMost = 6 // with more of them the streets alone are told
)

// placesOf is where somebody's cells are, those that they stand in for too; without any it is where they are a grid worker.
func placesOf(ctx context.Context, tx *pg.Tx, who *actor.Actor) ([]cell.Region, error) {
	cells, err := cell.Held(ctx, tx, who.ID)
	if err != nil {
		return nil, err
	}
	streets, communities := heads(cells, streetDigits), heads(cells, communityDigits)
	if len(communities) > communitiesMost {
		communities = nil
	}
	codes := slices.Concat(streets, communities)
	if len(codes) == 0 {
		codes = regionsOf(who)
	}
	return cell.Regions(ctx, tx, codes)
}

// heads are the different beginnings of codes.
func heads(codes []string, digits int) (found []string) {
	for _, code := range codes {
		found = append(found, code[:min(digits, len(code))])
	}
	slices.Sort(found)
	return slices.Compact(found)
}
