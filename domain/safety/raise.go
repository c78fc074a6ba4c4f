package safety

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Ladder is the code of the ladder that every alarm climbs; the first version comes with the schema.
const Ladder = "alarm"

// limit is what the ladder's offsets count from the end of: -1h is at once.
var limit = calendar.Limit{Number: 1, Unit: calendar.UrgentHour}

// borderReach is how far outside every cell a point may lie and still be taken for one of the city's, in metres.
const borderReach = 200

// RaiseInput is a call for help.
type RaiseInput struct {
	ID         uuid.UUID     // UUIDv7, made by the handheld
	Position   *geo.Position // nil: not known
	CapturedAt time.Time     // when the button was held, by the handheld's clock
}

// Raise calls for help for whoever acts: the ladder's first step, which is due at once, tells those near by and in charge. The
// same call again gives the same alarm. A position that cannot be is left out, and one outside the city is kept: a call for help
// is not refused for where it comes from.
//
// Faults: NOT_ALLOWED for whoever carries no handheld; ALARM_ID_REUSED at "id".
func Raise(ctx context.Context, tx *pg.Tx, in RaiseInput) (Alarm, error) {
	a := Alarm{ID: in.ID, Kind: SOS, State: Raised, PersonID: tx.Actor.ID, CapturedAt: earlier(in.CapturedAt, tx.Now), MadeAt: tx.Now, RaisedAt: &tx.Now}
	if err := a.land(ctx, tx, in.Position); err != nil {
		return a, err
	}
	first, err := a.begin(ctx, tx, tx.Now)
	if err != nil || !first {
		return a, err
	}
	a.note(tx, WasMade, nil, map[string]any{"kind": a.Kind})
	audit.Record(tx, "alarm.raise", "alarm", a.ID.String(), map[string]any{"kind": a.Kind, "street": a.Street})
	return a, nil
}

// begin stores an alarm with its clock, which counts from a time on; first is false where it was stored before.
func (a *Alarm) begin(ctx context.Context, tx *pg.Tx, from time.Time) (first bool, err error) {
	n, err := pg.Exec(ctx, tx, insertSQL, a.ID, a.Kind, a.State, a.PersonID, a.Street, a.Cell, a.Point, a.Accuracy, a.Datum, a.Mocked, a.FixedAt,
		a.CapturedAt, a.MadeAt, a.BackBy, a.RaisedAt)
	if err != nil {
		return false, fmt.Errorf("store an alarm: %w", err)
	}
	if n == 0 {
		stored, err := pg.One[Alarm](ctx, tx, alarmSQL, a.ID)
		if err == nil && stored.PersonID != a.PersonID {
			err = fault.Conflict("ALARM_ID_REUSED", "this id is another alarm's").At("id")
		}
		*a = stored
		return false, err
	}
	return true, a.count(ctx, tx, from)
}

// count starts the alarm's clock at a time.
func (a *Alarm) count(ctx context.Context, tx *pg.Tx, from time.Time) error {
	ladder, err := escalation.Load(ctx, tx, escalation.Pin{Code: Ladder})
	if err != nil {
		return err
	}
	_, err = ladder.StartAt(tx, from, escalation.Clock{AlarmID: &a.ID, Stage: escalation.Alarm, Street: a.Street, Limit: limit}, calendar.RoundTheClock)
	return err
}

// ground is where a point lies.
type ground struct {
	Cell   string `db:"code"`
	Street string `db:"street"`
}

// land says whose ground the alarm is on.
func (a *Alarm) land(ctx context.Context, tx *pg.Tx, at *geo.Position) (err error) {
	if a.Street, err = workplace(tx.Actor); err != nil || at == nil {
		return err
	}
	point, wrong := at.Canonical()
	if wrong != nil {
		return nil //nolint:nilerr // a position that cannot be read is none, and the call counts
	}
	a.Point, a.Accuracy, a.Datum, a.Mocked = &point, &at.Accuracy, &at.Datum, at.Mocked
	if !at.CapturedAt.IsZero() {
		fixed := earlier(at.CapturedAt, tx.Now)
		a.FixedAt = &fixed
	}
	found, err := pg.All[ground](ctx, tx, groundSQL, point, tx.Now, borderReach)
	if err != nil {
		return fmt.Errorf("land an alarm: %w", err)
	}
	if len(found) > 0 {
		a.Cell, a.Street = &found[0].Cell, found[0].Street
	}
	return nil
}

// note writes down what happened.
func (a Alarm) note(tx *pg.Tx, kind EventKind, deadline *uuid.UUID, detail map[string]any) {
	id, role := audit.Who(tx.Actor)
	if detail == nil {
		detail = map[string]any{}
	}
	tx.Queue(insertEventSQL, pg.NewID(), a.ID, tx.Now, kind, id, role, detail, deadline)
}

func earlier(a, b time.Time) time.Time {
	if a.After(b) {
		return b
	}
	return a
}
