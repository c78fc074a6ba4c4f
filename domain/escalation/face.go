package escalation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/pg"
)

const faceColumns = ClockColumns + `, (select min(deadlines.due_at) from deadlines
		where deadlines.clock_id = clocks.id and deadlines.state = 'armed') as next_step_at`

// The clocks of the newest round: a reopening starts clocks of its own.
const facesOfCasesSQL = `select ` + faceColumns + ` from clocks
	where clocks.case_id = any($1::uuid[])
	and clocks.round = (select max(newest.round) from clocks newest where newest.case_id = clocks.case_id)
	order by clocks.case_id, clocks.stopped_at is not null, clocks.started_at, clocks.id`

const facesOfCluesSQL = `select ` + faceColumns + ` from clocks
	where clocks.clue_id = any($1::uuid[]) and clocks.stopped_at is null
	order by clocks.clue_id, clocks.started_at, clocks.id`

// Face is a clock as people read it at a moment: how much is left, and when it presses next.
type Face struct {
	Clock
	NextStepAt *time.Time `db:"next_step_at"` // nil at the top of the ladder, while frozen, and once stopped

	now time.Time
	cal *calendar.Calendar
}

// FacesOfCases are the clocks of the current round of cases, running ones first, by case. The caller has made sure that
// the viewer may see the cases.
func FacesOfCases(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Face, error) {
	return faces(ctx, tx, func(c Clock) uuid.UUID { return *c.CaseID }, facesOfCasesSQL, cases)
}

// FacesOfClues are the running clocks of clues, by clue. The caller has made sure that the viewer may see the clues.
func FacesOfClues(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID][]Face, error) {
	return faces(ctx, tx, func(c Clock) uuid.UUID { return *c.ClueID }, facesOfCluesSQL, clues)
}

func faces(ctx context.Context, tx *pg.Tx, of func(Clock) uuid.UUID, query string, ids []uuid.UUID) (map[uuid.UUID][]Face, error) {
	rows, err := pg.All[Face](ctx, tx, query, ids)
	if err != nil {
		return nil, err
	}
	var versions []int
	for _, f := range rows {
		if f.CalendarVersion != nil {
			versions = append(versions, *f.CalendarVersion)
		}
	}
	calendars := map[int]*calendar.Calendar{}
	if len(versions) > 0 {
		if calendars, err = calendar.Versions(ctx, tx, versions); err != nil {
			return nil, err
		}
	}
	found := make(map[uuid.UUID][]Face, len(ids))
	for _, f := range rows {
		f.now, f.cal = tx.Now, calendar.RoundTheClock
		if f.CalendarVersion != nil {
			f.cal = calendars[*f.CalendarVersion]
		}
		found[of(f.Clock)] = append(found[of(f.Clock)], f)
	}
	return found, nil
}

// Due is when the limit is used up; nil while the clock is frozen, since nobody knows.
func (f Face) Due() *time.Time {
	if f.Frozen() {
		return nil
	}
	return &f.DueAt
}

// counted is what the clock has counted until now, or until it stopped; false where its calendar cannot tell.
func (f Face) counted() (time.Duration, bool) {
	end := f.now
	if f.StoppedAt != nil {
		end = *f.StoppedAt
	}
	counted, err := f.cal.Elapsed(f.StartedAt, end, f.Unit, f.Pauses)
	return counted, err == nil
}

// Remaining is the counted time left of the limit, negative when late; nil where it cannot be told.
func (f Face) Remaining() *time.Duration {
	counted, ok := f.counted()
	if !ok {
		return nil
	}
	left := f.Limit.Counted(f.cal) - counted
	return &left
}

// Used is the share of the limit that has run, 1 at its end; nil where it cannot be told.
func (f Face) Used() *float64 {
	counted, ok := f.counted()
	if !ok {
		return nil
	}
	share := counted.Seconds() / f.Limit.Counted(f.cal).Seconds()
	return &share
}

// Explain accounts for the due time; nil where the calendar cannot tell.
func (f Face) Explain() (*calendar.Explanation, error) {
	e, err := f.cal.Explain(f.StartedAt, f.Limit, f.Pauses)
	if _, untold := fault.As(err); untold {
		return nil, nil
	}
	return &e, err
}
