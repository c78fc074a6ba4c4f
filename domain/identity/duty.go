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
	roles, regions, departments := make([]string, len(audiences)), make([]string, len(audiences)), make([]string, len(audiences))
	for i, a := range audiences {
		roles[i], regions[i], departments[i] = string(a.Role), a.Region, a.Department
	}
	local := tx.Now.In(City)
	rows, err := pg.All[onDuty](ctx, tx, onDutySQL, roles, regions, departments, tx.Now,
		local.Format(time.DateOnly), local.Format("15:04:05"))
	if err != nil {
		return nil, err
	}
	found := make(map[Audience][]uuid.UUID, len(audiences))
	for _, row := range rows {
		who := audiences[row.Position-1]
		found[who] = append(found[who], row.Person)
	}
	return found, nil
}
