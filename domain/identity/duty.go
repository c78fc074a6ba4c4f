package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

// City is the local time by which shifts are kept. China has one time zone and no summer time.
var City = time.FixedZone("Asia/Shanghai", 8*60*60)

// Audience names people by what they are, not who: whoever holds the role in exactly this region, for this
// department ("" = none).
type Audience struct {
	Role       actor.Role
	Region     string
	Department string
}

// Moment is an audience at a time.
type Moment struct {
	Audience
	At time.Time
}

type onDuty struct {
	Position int       `db:"position"`
	Person   uuid.UUID `db:"person_id"`
}

// OnDuty returns who of the audience is on shift now and not absent, ordered by id.
func OnDuty(ctx context.Context, tx *pg.Tx, who Audience) ([]uuid.UUID, error) {
	found, err := OnDutyAll(ctx, tx, []Audience{who})
	return found[who], err
}

// OnDutyAll is OnDuty for many audiences in one query. An audience with nobody on duty is absent from the result.
func OnDutyAll(ctx context.Context, tx *pg.Tx, audiences []Audience) (map[Audience][]uuid.UUID, error) {
	moments := make([]Moment, len(audiences))
	for i, a := range audiences {
		moments[i] = Moment{a, tx.Now}
	}
	found := make(map[Audience][]uuid.UUID, len(audiences))
	all, err := OnDutyAt(ctx, tx, moments)
	for m, people := range all {
		found[m.Audience] = people
	}
	return found, err
}

// OnDutyAt is OnDutyAll for many times, also those to come and those that are past: by the shifts and absences that are
// known now, and by the grants as they stood.
func OnDutyAt(ctx context.Context, tx *pg.Tx, moments []Moment) (map[Moment][]uuid.UUID, error) {
	n := len(moments)
	roles, regions, departments := make([]string, n), make([]string, n), make([]string, n)
	times, days, hours := make([]time.Time, n), make([]string, n), make([]string, n)
	for i, m := range moments {
		local := m.At.In(City)
		roles[i], regions[i], departments[i] = string(m.Role), m.Region, m.Department
		times[i], days[i], hours[i] = m.At, local.Format(time.DateOnly), local.Format("15:04:05")
	}
	rows, err := pg.All[onDuty](ctx, tx, onDutySQL, roles, regions, departments, times, days, hours)
	if err != nil {
		return nil, err
	}
	found := make(map[Moment][]uuid.UUID, n)
	for _, row := range rows {
		m := moments[row.Position-1]
		found[m] = append(found[m], row.Person)
	}
	return found, nil
}

// WorkingWithin finds who of the people has some time on shift in a role between two times, anywhere, by the shifts and
// absences that are known now. Ordered by id.
func WorkingWithin(ctx context.Context, tx *pg.Tx, role actor.Role, people []uuid.UUID, from, until time.Time) ([]uuid.UUID, error) {
	return pg.Vals[uuid.UUID](ctx, tx, workingWithinSQL, role, people, from, until,
		from.In(City).Format(time.DateOnly), until.In(City).Format(time.DateOnly), City.String())
}
