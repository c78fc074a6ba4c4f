package cell_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func TestWhoHoldsACellIsAnsweredForAnyTime(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	worker := func(weekdays string) *actor.Actor {
		p := fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.OffDuty())
		exec(t, ctx, tx, `insert into shifts (id, person_id, role, region, weekdays, starts, ends, valid_from)
			values ($1, $2, 'grid_worker', $3, $4::smallint[], '08:00', '18:00', '2025-01-01')`, pg.NewID(), p.ID, fixture.Nanyuan, weekdays)
		return p
	}
	former, holder, standIn := worker("{1,2,3,4,5,6,7}"), worker("{1,2,3,4,5}"), worker("{3,4,5,6,7}")
	code := fixture.Cell(fixture.Nanyuan, 0)
	grid := fixture.DutyGrid(t, ctx, tx, []string{code}, former, standIn)
	monday := time.Date(2026, 3, 2, 10, 0, 0, 0, identity.City)
	exec(t, ctx, tx, `update duties set valid_to = $2 where person_id = $1`, former.ID, monday)
	exec(t, ctx, tx, `insert into duties (duty_grid_id, person_id, part, valid_from) values ($1, $2, 'holder', $3)`, grid, holder.ID, monday)
	exec(t, ctx, tx, `insert into absences (person_id, from_at, to_at) values ($1, $2, $3)`, holder.ID, monday.AddDate(0, 0, 8), monday.AddDate(0, 0, 20))
	exec(t, ctx, tx, `update grants set revoked_at = $2 where person_id = $1`, former.ID, monday)

	for _, try := range []struct {
		when string
		at   time.Time
		want *actor.Actor
	}{
		{"before the change, also when asked today", monday.AddDate(0, 0, -1), former},
		{"at the change", monday, holder},
		{"on a working day to come", monday.AddDate(0, 0, 4), holder},
		{"on the day off", monday.AddDate(0, 0, 5), standIn},
		{"in the night, when nobody is on duty", monday.Add(13 * time.Hour), holder},
		{"while the holder is away", monday.AddDate(0, 0, 9), standIn},
		{"while both are", monday.AddDate(0, 0, 15), holder},
	} {
		got, err := cell.HolderAt(ctx, tx, code, try.at)
		if err != nil || got == nil || *got != try.want.ID {
			t.Errorf("%s: %v, %v; want %v", try.when, got, err, try.want.ID)
		}
	}

	for _, try := range []struct {
		when        string
		from, until time.Time
		want        *actor.Actor
	}{
		{"over a weekend and a Monday", monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 7).Add(time.Hour), holder},
		{"over a weekend", monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 6), standIn},
		{"over an absence", monday.AddDate(0, 0, 8).Add(time.Hour), monday.AddDate(0, 0, 13), standIn},
		{"over a night", monday.Add(10 * time.Hour), monday.Add(20 * time.Hour), holder},
	} {
		got, err := cell.Crews(ctx, tx, []uuid.UUID{grid}, try.from, try.until)
		if err != nil || !slices.Equal(got[grid], []uuid.UUID{try.want.ID}) {
			t.Errorf("%s: %v, %v; want %v", try.when, got, err, try.want.ID)
		}
	}
}

func TestColleaguesShareADutyGrid(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	worker := func() *actor.Actor {
		return fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	}
	holder, standIn, stranger := worker(), worker(), worker()
	mine, theirs := fixture.Cell(fixture.Nanyuan, 0), fixture.Cell(fixture.Nanyuan, 1)
	fixture.DutyGrid(t, ctx, tx, []string{mine}, holder, standIn)
	fixture.DutyGrid(t, ctx, tx, []string{theirs}, stranger)

	if got, err := cell.Colleagues(ctx, tx, standIn.ID); err != nil || !slices.Equal(got, []uuid.UUID{holder.ID}) {
		t.Errorf("colleagues: %v, %v", got, err)
	}
	for code, want := range map[string]bool{mine: true, theirs: false, "nowhere": false} {
		if got, err := cell.InRoster(ctx, tx, standIn.ID, code); err != nil || got != want {
			t.Errorf("in the roster of %s: %v, %v", code, got, err)
		}
	}
}
