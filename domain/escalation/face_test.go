package escalation_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/escalation"
	"gridwork/pg"
)

// face is the case's only clock as it is read now.
func face(t *testing.T, ctx context.Context, tx *pg.Tx, caseID uuid.UUID) escalation.Face {
	t.Helper()
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	found, err := pg.All[escalation.Face](ctx, tx, `select `+escalation.FaceColumns+` from clocks where case_id = $1`, caseID)
	if err != nil || len(found) != 1 {
		t.Fatalf("%d clocks, %v", len(found), err)
	}
	if err := escalation.Read(ctx, tx, map[uuid.UUID][]escalation.Face{caseID: found}); err != nil {
		t.Fatal(err)
	}
	return found[0]
}

func TestAClockTellsWhatIsLeftUsedAndNext(t *testing.T) {
	t.Parallel()
	ctx, tx, id, due := started(t) // three working days, from Friday 17:30

	tx.Now = tx.Now.Add(72 * time.Hour) // Monday 17:30: eight working hours later
	f := face(t, ctx, tx, id)
	if f.Remaining == nil || *f.Remaining != 16*time.Hour || f.Used == nil || *f.Used != 8.0/24 {
		t.Errorf("after a third: %v left, %v used", f.Remaining, f.Used)
	}
	if f.Due() == nil || !f.Due().Equal(due) || f.NextStepAt == nil {
		t.Errorf("due %v, next step %v", f.Due(), f.NextStepAt)
	}

	escalation.Freeze(tx, id)
	if f = face(t, ctx, tx, id); f.Due() != nil || f.NextStepAt != nil {
		t.Errorf("frozen, it is due %v and presses at %v", f.Due(), f.NextStepAt)
	}

	escalation.StopAll(tx, escalation.OfCase(id))
	tx.Now = tx.Now.Add(240 * time.Hour)
	if f = face(t, ctx, tx, id); f.Remaining == nil || *f.Remaining != 16*time.Hour {
		t.Errorf("stopped, it has %v left: it goes on counting", f.Remaining)
	}
}
