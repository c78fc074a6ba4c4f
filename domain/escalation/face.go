package escalation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/pg"
)

// FaceColumns select what a Face is read from, from the table clocks.
const FaceColumns = ClockColumns + `, (select min(deadlines.due_at) from deadlines
		where deadlines.clock_id = clocks.id and deadlines.state = 'armed') as next_step_at`

const facesOfCluesSQL = `select ` + FaceColumns + ` from clocks
	where clocks.clue_id = any($1::uuid[]) and clocks.stopped_at is null
	order by clocks.clue_id, clocks.started_at, clocks.id`

// Face is a clock as people read it at a moment: how much is left of its limit, and when it presses next.
type Face struct {
	Clock
	NextStepAt *time.Time     `db:"next_step_at"` // nil at the top of its ladder, while frozen, and once stopped
	Remaining  *time.Duration `db:"-"`            // of the limit, in counted time; negative when late; nil where no calendar tells
	Used       *float64       `db:"-"`            // the share of the limit that has run, 1 at its end; nil where no calendar tells

	cal *calendar.Calendar
}

// FacesOfClues are the running clocks of clues, by clue. The caller has made sure that the viewer may see the clues.
func FacesOfClues(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID][]Face, error) {
	faces, err := pg.All[Face](ctx, tx, facesOfCluesSQL, clues)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID][]Face, len(clues))
	for _, f := range faces {
		found[*f.ClueID] = append(found[*f.ClueID], f)
	}
	return found, Read(ctx, tx, found)
}

// Read reads off clocks that were selected by FaceColumns, in one query for all of their calendars.
func Read[K comparable](ctx context.Context, tx *pg.Tx, selected map[K][]Face) error {
	seen := map[int]bool{}
	var versions []int
	for _, faces := range selected {
		for _, f := range faces {
			if v := f.CalendarVersion; v != nil && !seen[*v] {
				seen[*v], versions = true, append(versions, *v)
			}
		}
	}
	var calendars map[int]*calendar.Calendar
	if len(versions) > 0 {
		var err error
		if calendars, err = calendar.Versions(ctx, tx, versions); err != nil {
			return err
		}
	}
	for _, faces := range selected {
		for i := range faces {
			faces[i].read(calendars, tx.Now)
		}
	}
	return nil
}

// read works out what has run of the limit until now, or had when the clock stopped.
func (f *Face) read(calendars map[int]*calendar.Calendar, now time.Time) {
	f.cal = calendar.RoundTheClock
	if f.CalendarVersion != nil {
		f.cal = calendars[*f.CalendarVersion]
	}
	if f.StoppedAt != nil {
		now = *f.StoppedAt
	}
	elapsed, err := f.cal.Elapsed(f.StartedAt, now, f.Unit, f.Pauses)
	if err != nil {
		return // the calendar does not reach that far: nothing is guessed
	}
	limit := f.Counted(f.cal)
	left, share := limit-elapsed, elapsed.Seconds()/limit.Seconds()
	f.Remaining, f.Used = &left, &share
}

// Due is when the limit is used up; nil while the clock is frozen, since nobody knows.
func (f Face) Due() *time.Time {
	if f.Frozen() {
		return nil
	}
	return &f.DueAt
}

// Explain accounts for the due time: every segment from the start with the reason why it counted or did not, every
// pause with its cost, in the clock's unit and on the calendar that it is bound to. It is nil where that calendar does
// not reach far enough.
func (f Face) Explain() (*calendar.Explanation, error) {
	e, err := f.cal.Explain(f.StartedAt, f.Limit, f.Pauses)
	if _, untold := fault.As(err); untold {
		return nil, nil
	}
	return &e, err
}
