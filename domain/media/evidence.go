package media

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/pg"
)

// JobAppraise is the outbox kind that asks for Appraise; its payload is a Job.
const JobAppraise = "photo.appraise"

// Evidence is what speaks for and against a photo, for those who judge by it.
type Evidence struct {
	PhotoID  uuid.UUID  `db:"photo_id"`
	Grade    Grade      `db:"grade"`
	Doubts   []Doubt    `db:"doubts"`     // in the order of Doubts
	ShotAt   *time.Time `db:"shot_at"`    // by the camera's clock; nil: the file does not say
	CameraM  *float64   `db:"camera_m"`   // metres from the camera to the place, rounded up; nil: the file does not say
	DeviceAt *time.Time `db:"device_at"`  // when the device took its position, by its own clock
	DeviceM  *float64   `db:"device_m"`   // metres from the device to the place; nil: it did not say, or what it said is the place
	Mocked   *bool      `db:"mocked"`     // nil: it gave no position
	Earlier  *uuid.UUID `db:"earlier_id"` // the first photo of something else that shows the same picture
}

const evidenceColumns = `photo_id, grade, doubts, shot_at, camera_m, device_at, device_m, mocked, earlier_id`

const evidenceSQL = `select ` + evidenceColumns + ` from photo_evidence where photo_id = any($1::uuid[]) order by photo_id`

const writeEvidenceSQL = `insert into photo_evidence (` + evidenceColumns + `, appraised_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	on conflict (photo_id) do update set grade = excluded.grade, doubts = excluded.doubts, shot_at = excluded.shot_at, camera_m = excluded.camera_m,
		device_at = excluded.device_at, device_m = excluded.device_m, mocked = excluded.mocked, earlier_id = excluded.earlier_id, appraised_at = excluded.appraised_at`

// EvidenceOf returns what is known of photos. Of one that is not ready, is sealed, or belongs to nothing yet, there is none.
// Who may see it is the caller's to know.
func EvidenceOf(ctx context.Context, tx *pg.Tx, photos []uuid.UUID) ([]Evidence, error) {
	return pg.All[Evidence](ctx, tx, evidenceSQL, photos)
}

// ByIDs returns photos, whoever looks.
func ByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Photo, error) {
	return pg.All[Photo](ctx, tx, photosByIDSQL, ids)
}

// Appraise weighs what a photo shows against where and when it should have been taken, and looks whether its picture was used before. It
// follows from a copy that was made, from a declaration that came after it, and from an earlier use that became known later. Any error means that
// it should be tried again.
func Appraise(ctx context.Context, db *pg.DB, files Files, id uuid.UUID) error {
	photo, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (Photo, error) { return Get(ctx, tx, id) })
	if err != nil || photo.Subject == nil || photo.State != StateReady || photo.Sealed {
		return err
	}
	file, err := files.Open(ctx, *photo.OriginalKey)
	if err != nil {
		return fmt.Errorf("appraise photo %s: %w", id, err)
	}
	defer file.Close()
	read, err := readCamera(file)
	if err != nil {
		return fmt.Errorf("appraise photo %s: %w", id, err)
	}
	return db.Write(ctx, func(tx *pg.Tx) error { return photo.appraise(ctx, tx, read) })
}

func (p Photo) appraise(ctx context.Context, tx *pg.Tx, read camera) error {
	about, err := pg.One[scene](ctx, tx, sceneSQL, *p.SubjectID)
	if errors.Is(err, pgx.ErrNoRows) { // from before scenes were kept, or of what nobody decided on yet
		return nil
	}
	if err != nil {
		return err
	}
	e := Evidence{PhotoID: p.ID, ShotAt: read.at, CameraM: about.cameraMetres(read), DeviceAt: about.CapturedAt, Mocked: about.Mocked}
	if *p.Subject != OfClue { // a report's place is what its device said: that says nothing about the photo
		e.DeviceM = about.deviceMetres()
	}
	if e.Earlier, err = p.earlier(ctx, tx); err != nil {
		return fmt.Errorf("earlier use of photo %s: %w", p.ID, err)
	}
	e.Grade, e.Doubts = judge(p.facts(e))
	e.CameraM = coarse(e.CameraM)
	tx.Queue(writeEvidenceSQL, e.PhotoID, e.Grade, e.Doubts, e.ShotAt, e.CameraM, e.DeviceAt, e.DeviceM, e.Mocked, e.Earlier, tx.Now)
	return nil
}

func (p Photo) facts(e Evidence) facts {
	handedIn := p.DeclaredAt
	if p.ReceivedAt != nil && p.ReceivedAt.Before(handedIn) {
		handedIn = *p.ReceivedAt
	}
	return facts{handedIn: handedIn, shotAt: e.ShotAt, deviceAt: e.DeviceAt, cameraM: e.CameraM, deviceM: e.DeviceM,
		mocked: e.Mocked != nil && *e.Mocked, usedBefore: e.Earlier != nil}
}

// earlier finds the first use of the photo's picture, and has those appraised again that turn out to be later ones. Of two that are
// appraised at once, the later one sees the other.
func (p Photo) earlier(ctx context.Context, tx *pg.Tx) (*uuid.UUID, error) {
	self, err := pg.One[like](ctx, tx, selfSQL, p.ID)
	if errors.Is(err, pgx.ErrNoRows) { // a picture of next to nothing
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found, err := alike(ctx, tx, self)
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		if !o.before(self) && o.EarlierID == nil {
			tx.Emit(JobAppraise, Job{Photo: o.ID})
		}
	}
	if len(found) == 0 || !found[0].before(self) {
		return nil, nil
	}
	return &found[0].ID, nil
}
