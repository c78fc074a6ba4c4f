package graph

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// appraised makes the photos of a subject ready, with a doubt: a picture that was used before in another photo.
func (t *town) appraised(subject uuid.UUID, earlier *uuid.UUID) (photo uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		var err error
		photo, err = pg.Val[uuid.UUID](ctx, tx, `update photos set state = 'ready', copy_key = 'copies/x', thumb_key = 'thumbs/x' where subject_id = $1 returning id`, subject)
		t.must(err)
		_, err = tx.Exec(ctx, `insert into photo_evidence (photo_id, grade, doubts, camera_m, mocked, earlier_id, appraised_at)
			values ($1, 'doubtful', '{used_before,no_shot_time}', 400, false, $2, $3)`, photo, earlier, tx.Now)
		t.must(err)
	})
	return photo
}

func (t *town) disposalOf(c casework.Case) (id uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		var err error
		id, err = pg.Val[uuid.UUID](ctx, tx, "select id from disposals where case_id = $1", c.ID)
		t.must(err)
	})
	return id
}

type seenEvidence struct {
	Grade          string
	Doubts         []string
	CameraDistance float64
	UsedBefore     *struct {
		Case *struct{ ID uuid.UUID }
		Clue *struct{ ID uuid.UUID }
	}
}

type seenPhotos []struct{ Evidence *seenEvidence }

const evidenceFields = `photos { evidence { grade doubts cameraDistance usedBefore { case { id } clue { id } } } }`

func TestWhatSpeaksAgainstAPhotoIsForThoseWhoJudgeAndNotForWhoTookIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	told := town.aTale()
	disposal, check := town.disposalOf(told.closed), town.check(told.closed).ID
	town.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		town.must(media.Declare(ctx, tx, media.Scene{Subject: media.OfCheck, ID: check}, aPhoto()))
	})
	for _, subject := range []uuid.UUID{told.clue.ID, disposal, check} {
		town.appraised(subject, nil)
	}

	judges := strings.Fields(street + " desk handler")
	for who := range town.people {
		a := town.ask(who, "query ($id: UUID!) { case(id: $id) { clues { "+evidenceFields+" } disposals { "+evidenceFields+" } checks { "+evidenceFields+" } } }", vars{"id": told.closed.ID})
		var seen struct {
			Case *struct{ Clues, Disposals, Checks []struct{ Photos seenPhotos } }
		}
		town.must(json.Unmarshal(a.Data, &seen))
		if seen.Case == nil {
			continue // whoever sees no case, sees no photo of it
		}
		for part, is := range map[string]struct {
			of  []struct{ Photos seenPhotos }
			not string // who took it
		}{"clue": {seen.Case.Clues, "reporter"}, "disposal": {seen.Case.Disposals, "handler"}, "check": {seen.Case.Checks, "worker"}} {
			for _, o := range is.of {
				for _, p := range o.Photos {
					want := (slices.Contains(judges, who) || who == "worker") && who != is.not
					if (p.Evidence != nil) != want {
						t.Errorf("%s sees %+v of the %s's photo", who, p.Evidence, part)
					}
				}
			}
		}
	}
	own := reply[struct {
		Clue struct{ Photos seenPhotos }
	}](town, "reporter", "query ($id: UUID!) { clue(id: $id) { "+evidenceFields+" } }", vars{"id": told.clue.ID})
	if len(own.Clue.Photos) != 1 || own.Clue.Photos[0].Evidence != nil {
		t.Errorf("a reporter reads what speaks against the own photo: %+v", own.Clue.Photos)
	}
}

func TestAVerificationsPhotoIsShownWithItsEvidenceToThoseWhoDecide(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	asked := town.aTale().clue
	task := town.tasksOf(asked)[0].ID
	town.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		town.must(media.Declare(ctx, tx, media.Scene{Subject: media.OfVerification, ID: task}, aPhoto()))
	})
	town.appraised(task, nil)
	for who := range town.people {
		a := town.ask(who, "query ($id: UUID!) { clue(id: $id) { verification { "+evidenceFields+" } } }", vars{"id": asked.ID})
		var seen struct {
			Clue *struct {
				Verification *struct{ Photos seenPhotos }
			}
		}
		town.must(json.Unmarshal(a.Data, &seen))
		shown := seen.Clue != nil && seen.Clue.Verification != nil
		if want := slices.Contains(strings.Fields(street+" worker"), who); shown != want {
			t.Errorf("%s is shown the verification: %t", who, shown)
		}
		if !shown {
			continue
		}
		if of := seen.Clue.Verification.Photos; len(of) != 1 || (of[0].Evidence != nil) != (who != "worker") {
			t.Errorf("%s sees %+v", who, of)
		}
	}
}

func TestWhereAPictureWasUsedBeforeIsToldToWhomMaySeeThat(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	here := town.submit("reporter", fixture.Rubbish, town.position(0, 0))
	unseen := town.submit("other reporter", fixture.Rubbish, town.position(1, 0))
	first, hidden := town.appraised(here.ID, nil), town.appraised(unseen.ID, nil)
	again := town.submit("other reporter", fixture.Rubbish, town.position(2, 0))
	town.appraised(again.ID, &first)
	third := town.submit("reporter", fixture.Rubbish, town.position(3, 0))
	town.appraised(third.ID, &hidden)
	do(town, "lead", clue.Restrict, clue.Target{Clue: unseen.ID})
	filed := do(town, "lead", casework.File, casework.FileInput{Target: clue.Target{Clue: unseen.ID}, Standard: town.standard(fixture.Rubbish), Readers: []uuid.UUID{town.people["lead"].ID}})

	of := func(who string, id uuid.UUID) *seenEvidence {
		return reply[struct {
			Clue struct{ Photos seenPhotos }
		}](town, who, "query ($id: UUID!) { clue(id: $id) { "+evidenceFields+" } }", vars{"id": id}).Clue.Photos[0].Evidence
	}
	if e := of("dispatcher", again.ID); e.UsedBefore.Clue == nil || e.UsedBefore.Clue.ID != here.ID || e.UsedBefore.Case != nil || e.CameraDistance != 400 {
		t.Errorf("%+v", e)
	}
	if e := of("dispatcher", third.ID); e.UsedBefore == nil || e.UsedBefore.Clue != nil || e.UsedBefore.Case != nil || e.Grade != "DOUBTFUL" {
		t.Errorf("to a dispatcher who may not know of it: %+v", e.UsedBefore)
	}
	if e := of("lead", third.ID); e.UsedBefore.Clue == nil || e.UsedBefore.Case == nil || e.UsedBefore.Case.ID != filed.ID {
		t.Errorf("to its reader: %+v", e.UsedBefore)
	}
	if e := of("dispatcher", here.ID); e.UsedBefore != nil {
		t.Errorf("the first use: %+v", e.UsedBefore)
	}
}

// Prevents: a reporter who becomes known by a picture. Whoever took it at work would be thought to have sent it, and the other way round.
func TestAReportIsNotPutBesideTheWorkOfTheStaff(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	told := town.aTale()
	work := town.appraised(town.disposalOf(told.closed), nil)
	named := town.submit("other reporter", fixture.Rubbish, town.position(2, 0))
	town.appraised(named.ID, &work)
	tip := do(town, "anonymous", town.edge.Intake.Submit, clue.Submission{ID: pg.NewID(), Text: "又是这张照片", Category: fixture.Rubbish, Position: town.position(3, 0),
		Photos: []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, 32)}}}).Clue
	town.appraised(tip.ID, &work)
	for _, id := range []uuid.UUID{named.ID, tip.ID} {
		e := reply[struct {
			Clue struct{ Photos seenPhotos }
		}](town, "dispatcher", "query ($id: UUID!) { clue(id: $id) { "+evidenceFields+" } }", vars{"id": id}).Clue.Photos[0].Evidence
		if e.UsedBefore == nil || e.UsedBefore.Case != nil || e.UsedBefore.Clue != nil {
			t.Errorf("a report with a picture of the staff's: %+v", e.UsedBefore)
		}
	}

	worked := town.aTale().closed
	sent := town.submit("other reporter", fixture.Rubbish, town.position(1, 0))
	reported := town.appraised(sent.ID, nil)
	town.appraised(town.disposalOf(worked), &reported)
	seen := reply[struct {
		Case struct{ Disposals []struct{ Photos seenPhotos } }
	}](town, "dispatcher", "query ($id: UUID!) { case(id: $id) { disposals { "+evidenceFields+" } } }", vars{"id": worked.ID})
	if e := seen.Case.Disposals[0].Photos[0].Evidence; e.UsedBefore == nil || e.UsedBefore.Case != nil || e.UsedBefore.Clue != nil {
		t.Errorf("the staff's work with a picture of a report: %+v", e.UsedBefore)
	}
}
