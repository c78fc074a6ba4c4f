package safety

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Bounds are how long a timer may run, in minutes.
type Bounds struct {
	Shortest int `db:"shortest"`
	Longest  int `db:"longest"`
}

// TimerBounds are those that hold now.
func TimerBounds(ctx context.Context, tx *pg.Tx) (Bounds, error) {
	return pg.One[Bounds](ctx, tx, boundsSQL)
}

// TimerRule is one version of the bounds: what is begun or extended while it is the newest keeps to it.
type TimerRule struct {
	Version int `db:"version"` // from 1
	Bounds
	PublishedAt time.Time `db:"published_at"`
}

// TimerRules are all versions of the bounds, the newest first. For the staff whom a timer that runs out calls.
//
// Faults: NOT_ALLOWED.
func TimerRules(ctx context.Context, tx *pg.Tx) ([]TimerRule, error) {
	if len(tx.Actor.Scope(actor.ReadPeople).Regions) == 0 {
		return nil, fault.Denied("NOT_ALLOWED", "how long timers run is for the staff whom they call")
	}
	return pg.All[TimerRule](ctx, tx, timerRulesSQL)
}

// BeginInput begins a timer.
type BeginInput struct {
	ID         uuid.UUID     // UUIDv7, made by the handheld
	Minutes    int           // from when it comes in
	Position   *geo.Position // where one goes in; nil: not known
	CapturedAt time.Time     // by the handheld's clock, which decides nothing
}

// Begin begins a timer of whoever acts, who goes somewhere alone: silence at its end raises an alarm, as if they had called. The
// alarm's clock is armed at once, to begin when the timer is over, so that nothing that is lost meanwhile holds it up. The minutes
// count from when it comes in: no due time comes from a handheld's clock. The same timer again is the same one.
//
// Faults: NOT_ALLOWED for whoever carries no handheld; TIMER_BOUNDS at "minutes"; ALARM_ID_REUSED at "id".
func Begin(ctx context.Context, tx *pg.Tx, in BeginInput) (Alarm, error) {
	until, err := ends(ctx, tx, in.Minutes)
	if err != nil {
		return Alarm{}, err
	}
	a := Alarm{ID: in.ID, Kind: Overdue, State: Waiting, PersonID: tx.Actor.ID, CapturedAt: earlier(in.CapturedAt, tx.Now), MadeAt: tx.Now, BackBy: &until}
	if err := a.land(ctx, tx, in.Position); err != nil {
		return a, err
	}
	first, err := a.begin(ctx, tx, until)
	if err != nil || !first {
		return a, err
	}
	a.note(tx, Begun, nil, map[string]any{"back_by": until})
	audit.Record(tx, "timer.begin", "alarm", a.ID.String(), map[string]any{"minutes": in.Minutes})
	return a, nil
}

// ExtendInput gives a timer that runs another end.
type ExtendInput struct {
	Alarm   uuid.UUID
	Minutes int // from when it comes in
}

// Extend lets a timer of whoever acts run anew from now on. One that has run out has become an alarm, and is ended as one.
//
// Faults: ALARM_NOT_FOUND at "alarm"; ACTION_NOT_POSSIBLE; TIMER_BOUNDS at "minutes".
func Extend(ctx context.Context, tx *pg.Tx, in ExtendInput) (Alarm, error) {
	until, err := ends(ctx, tx, in.Minutes)
	if err != nil {
		return Alarm{}, err
	}
	a, err := waiting(ctx, tx, in.Alarm)
	if err != nil {
		return a, err
	}
	clock, _, err := a.clock(ctx, tx)
	if err != nil {
		return a, err
	}
	escalation.StopOne(tx, clock)
	a.BackBy = &until
	tx.Queue(extendSQL, a.ID, until)
	a.note(tx, Extended, nil, map[string]any{"back_by": until})
	audit.Record(tx, "timer.extend", "alarm", a.ID.String(), map[string]any{"minutes": in.Minutes})
	return a, a.count(ctx, tx, until)
}

// Return ends a timer of whoever acts in time: nobody hears of it.
//
// Faults: ALARM_NOT_FOUND at "alarm"; ACTION_NOT_POSSIBLE once it has run out, or is over.
func Return(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Alarm, error) {
	a, err := waiting(ctx, tx, id)
	if err != nil {
		return a, err
	}
	return a, a.end(ctx, tx, Back, "")
}

// waiting is a timer of whoever acts that runs, locked.
func waiting(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Alarm, error) {
	a, err := locked(ctx, tx, id)
	switch {
	case err != nil:
		return a, err
	case a.PersonID != tx.Actor.ID:
		return a, errNotFound
	case a.State != Waiting:
		return a, fault.Conflict("ACTION_NOT_POSSIBLE", "this timer does not run any more").At("alarm")
	}
	return a, nil
}

// ends is when a timer of so many minutes is over.
func ends(ctx context.Context, tx *pg.Tx, minutes int) (time.Time, error) {
	bounds, err := TimerBounds(ctx, tx)
	if err != nil {
		return time.Time{}, err
	}
	if minutes < bounds.Shortest || minutes > bounds.Longest {
		return time.Time{}, fault.Invalid("TIMER_BOUNDS", "a timer runs for %d to %d minutes", bounds.Shortest, bounds.Longest).At("minutes")
	}
	return tx.Now.Add(time.Duration(minutes) * time.Minute), nil
}
