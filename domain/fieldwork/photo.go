package fieldwork

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/pg"
)

// A photo of what somebody has yet to decide on is for those who may decide, and for whoever took it ($3).
const seePhotoSQL = `select exists (select from devices where devices.id = scoped.device_id and devices.person_id = $3) as own
	from (select id, street, device_id, case_id, false as late from conflicts union all select operation_id, street, device_id, case_id, true from quarantine) scoped
	where scoped.id = $6 and (exists (select from devices where devices.id = scoped.device_id and devices.person_id = $3)
		or not scoped.late and ` + actor.InRegion + ` and ` + mayKnow + `
		or scoped.late and exists (select from unnest($4::text[], $5::text[]) as lead(region, department)
			where scoped.street ^@ lead.region and lead.department = '') and ` + mayKnow + `)`

// SeePhoto reports whether the viewer took a photo of media.OfOperation, or fails with PHOTO_NOT_FOUND where the viewer may
// not see it.
func SeePhoto(ctx context.Context, tx *pg.Tx, p media.Photo) (own bool, err error) {
	scope := tx.Actor.Scope(actor.Readmit)
	own, err = pg.Val[bool](ctx, tx, seePhotoSQL, append(reconcilable(tx), scope.Regions, scope.Departments, *p.SubjectID)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, fault.NotFound(media.CodeNotFound, "no such photo")
	}
	return own, err
}
