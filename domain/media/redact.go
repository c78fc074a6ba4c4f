package media

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// Area of a picture that is to be covered: shares of the upright picture's width and height, 0 to 1, from its upper left.
type Area struct {
	Left   float64 `db:"left_share"`
	Top    float64 `db:"top_share"`
	Width  float64 `db:"width"`
	Height float64 `db:"height"`
}

// areasMost in one redaction.
const areasMost = 20

func (a Area) check() error {
	whole := func(from, length float64) bool { return from >= 0 && length > 0 && from+length <= 1 }
	if !whole(a.Left, a.Width) || !whole(a.Top, a.Height) {
		return fault.Invalid(CodeArea, "an area lies within the picture: shares of its width and height")
	}
	return nil
}

const redactSQL = `update photos set state = 'received', copy_key = null, thumb_key = null, rendering = rendering + 1 where id = $1`

const insertRedactionsSQL = `insert into photo_redactions (id, photo_id, left_share, top_share, width, height, made_by, made_at)
	select id, $1, left_share, top_share, width, height, $2, $3
	from unnest($4::uuid[], $5::float8[], $6::float8[], $7::float8[], $8::float8[]) as area(id, left_share, top_share, width, height)`

const redactionsSQL = `select left_share, top_share, width, height from photo_redactions where photo_id = $1 order by id`

// Redact 涂抹 covers areas of the photo's copy for good: a face that was not found, a number plate, a name. The copy is made
// anew, and cannot be seen until it is. The original stays sealed as it is. own says that the viewer took the photo; whether
// the viewer may see it at all is the caller's to know.
//
// Faults: ACTION_NOT_YOURS; PHOTO_NOT_READY; PHOTO_AREA at "areas" and below.
func (p Photo) Redact(tx *pg.Tx, own bool, areas []Area) (Photo, error) {
	if !own && !slices.ContainsFunc(mayReveal, tx.Actor.Has) {
		return p, fault.Denied("ACTION_NOT_YOURS", "a photo is redacted by who took it, and by staff")
	}
	if p.State != StateReady || p.Sealed {
		return p, fault.Conflict(CodeNotReady, "there is no copy of this photo to redact").At("photo")
	}
	if len(areas) == 0 || len(areas) > areasMost {
		return p, fault.Invalid(CodeArea, "1 to %d areas at a time", areasMost).At("areas")
	}
	var ids []uuid.UUID
	var sides [4][]float64
	for i, a := range areas {
		if err := a.check(); err != nil {
			return p, fault.Under(fmt.Sprintf("areas[%d]", i), err)
		}
		ids = append(ids, pg.NewID())
		for side, share := range []float64{a.Left, a.Top, a.Width, a.Height} {
			sides[side] = append(sides[side], share)
		}
	}
	tx.Queue(insertRedactionsSQL, p.ID, tx.Actor.ID, tx.Now, ids, sides[0], sides[1], sides[2], sides[3])
	tx.Queue(redactSQL, p.ID)
	tx.Emit(JobProcess, Job{Photo: p.ID})
	audit.Record(tx, "photo.redact", "photo", p.ID.String(), map[string]any{"subject": p.Subject, "of": p.SubjectID, "areas": len(areas)})
	p.State, p.CopyKey, p.ThumbKey, p.Rendering = StateReceived, nil, nil, p.Rendering+1
	return p, nil
}

func redactions(ctx context.Context, tx *pg.Tx, photo uuid.UUID) ([]Area, error) {
	return pg.All[Area](ctx, tx, redactionsSQL, photo)
}

// cover hides areas under one grey, in place.
func cover(m *image.RGBA, areas []Area) {
	w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	for _, a := range areas {
		at := image.Rect(int(a.Left*w), int(a.Top*h), int((a.Left+a.Width)*w)+1, int((a.Top+a.Height)*h)+1)
		draw.Draw(m, at.Intersect(m.Rect), image.NewUniform(color.Gray{Y: 0x80}), image.Point{}, draw.Src)
	}
}
