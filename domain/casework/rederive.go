package casework

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// JobRederive is the outbox kind of a rederivation; its payload is RederiveJob.
const JobRederive = "calendar.rederive"

// RederiveJob asks for Rederive until nothing is left.
type RederiveJob struct {
	Rederivation uuid.UUID `json:"rederivation"`
}

// RederiveBatch is how many cases or clues are carried over in one transaction: some tenths of a second, for which people
// who act on one of them wait.
const RederiveBatch = 1000

// RederivationState is how far a rederivation has come.
type RederivationState string

const (
	RederivationRunning    RederivationState = "running"
	RederivationDone       RederivationState = "done"
	RederivationSuperseded RederivationState = "superseded" // a newer version was published, whose rederivation does the rest
)

// RederivationStates lists every state.
var RederivationStates = []RederivationState{RederivationRunning, RederivationDone, RederivationSuperseded}

// Rederivation 期限重算 carries every open working-time clock over to a version of the calendar.
type Rederivation struct {
	ID          uuid.UUID         `db:"id"`
	FromVersion int               `db:"from_version"`
	ToVersion   int               `db:"to_version"`
	State       RederivationState `db:"state"`
	Total       int               `db:"total"` // open clocks that were not on the version when it began
	Done        int               `db:"done"`  // clocks reckoned anew
	Moved       int               `db:"moved"` // of those, the ones due at another time now
	Part        part              `db:"part"`
	Cursor      uuid.UUID         `db:"cursor"`
	StartedAt   time.Time         `db:"started_at"`
	FinishedAt  *time.Time        `db:"finished_at"`
}

// Place is where it stands in a list: the cursor of what follows it.
func (r Rederivation) Place() Place { return Place{r.StartedAt, r.ID} }

// part is what a rederivation works on: first the cases, then the clues.
type part string

const (
	ofTheCases part = "case"
	ofTheClues part = "clue"
)

// laggard says between which versions there is something to carry over that nobody carries.
type laggard struct {
	From int `db:"from_version"`
	To   int `db:"to_version"`
}

func beginRederivation(ctx context.Context, tx *pg.Tx, from, to int) (Rederivation, error) {
	r, err := pg.One[Rederivation](ctx, tx, insertRederivationSQL, pg.NewID(), from, to, tx.Now)
	if err != nil {
		return r, fmt.Errorf("begin a rederivation: %w", err)
	}
	tx.Emit(JobRederive, RederiveJob{r.ID})
	audit.Record(tx, "rederivation.begin", "rederivation", r.ID.String(), map[string]any{"from": from, "to": to, "total": r.Total})
	return r, nil
}

// Rederive carries the clocks of the next cases or clues over, at most batch of those, and reports whether more are to
// come. Each batch is a transaction of its own, and where it stands is stored with it: an interrupted job goes on from
// there, and one that runs twice finds its work done. Cases and clues are locked before their clocks, like by every verb.
func Rederive(ctx context.Context, tx *pg.Tx, id uuid.UUID, batch int) (more bool, err error) {
	r, err := pg.One[Rederivation](ctx, tx, lockRederivationSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil // finished, by this job's first run
	}
	if err != nil {
		return false, err
	}
	cal, err := calendar.Current(ctx, tx)
	if err != nil {
		return false, err
	}
	if cal.Version() != r.ToVersion {
		return false, r.end(ctx, tx, RederivationSuperseded)
	}
	found, err := r.carry(ctx, tx, cal, batch)
	if err != nil {
		return false, fmt.Errorf("rederivation %s: %w", id, err)
	}
	if found == batch {
		return true, r.store(ctx, tx)
	}
	if r.Part == ofTheCases {
		r.Part, r.Cursor = ofTheClues, uuid.Nil
		return true, r.store(ctx, tx)
	}
	return false, r.end(ctx, tx, RederivationDone)
}

// carry does one batch of the part that it stands in, and returns of how many cases or clues.
func (r *Rederivation) carry(ctx context.Context, tx *pg.Tx, cal *calendar.Calendar, batch int) (int, error) {
	next, lock, over, measured := nextCasesSQL, holdCasesSQL, escalation.CarryCases, MeasureAgain
	if r.Part == ofTheClues {
		next, lock, over, measured = nextCluesSQL, holdCluesSQL, escalation.CarryClues, clue.MeasureAgain
	}
	ids, err := pg.Vals[uuid.UUID](ctx, tx, next, r.Cursor, r.ToVersion, batch)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	if _, err := tx.Exec(ctx, lock, ids); err != nil {
		return 0, err
	}
	carried, err := over(ctx, tx, cal, ids)
	if err != nil {
		return 0, err
	}
	moved := r.follow(tx, carried)
	measured(tx, ids...)
	r.Cursor, r.Done, r.Moved = ids[len(ids)-1], r.Done+len(carried), r.Moved+moved
	audit.Record(tx, JobRederive, "rederivation", r.ID.String(), map[string]any{"part": r.Part, "from": ids[0], "through": r.Cursor,
		"clocks": len(carried), "moved": moved, "version": r.ToVersion})
	return len(ids), nil
}

// follow writes what rests on the clocks: the due times that cases and tasks carry, and a line in the timeline of what is
// due at another time now.
func (r *Rederivation) follow(tx *pg.Tx, carried []escalation.Carried) (moved int) {
	var w wake
	for _, c := range carried {
		w.add(r.subject(c), c)
		if c.Moved() {
			moved++
		}
	}
	ids, events, details := w.lines(r.ToVersion, r.ID)
	_, role := audit.Who(tx.Actor)
	if r.Part == ofTheCases {
		tx.Queue(carryCasesSQL, w.cases.ids, w.cases.dues)
		tx.Queue(carryChecksSQL, w.tasks.ids, w.tasks.dues)
		tx.Queue(insertRederivedCasesSQL, tx.Now, role, events, ids, details)
	} else {
		tx.Queue(carryVerificationsSQL, w.tasks.ids, w.tasks.dues)
		tx.Queue(insertRederivedCluesSQL, tx.Now, role, events, ids, details)
	}
	if moved > 0 {
		tx.Wake() // whoever watches the case looks again
	}
	return moved
}

func (r *Rederivation) subject(c escalation.Carried) uuid.UUID {
	if r.Part == ofTheCases {
		return *c.CaseID
	}
	return *c.ClueID
}

func (r *Rederivation) store(ctx context.Context, tx *pg.Tx) error {
	_, err := tx.Exec(ctx, updateRederivationSQL, r.ID, r.State, r.Done, r.Moved, r.Part, r.Cursor, r.FinishedAt)
	return err
}

func (r *Rederivation) end(ctx context.Context, tx *pg.Tx, state RederivationState) error {
	r.State, r.FinishedAt = state, now(tx)
	audit.Record(tx, "rederivation."+string(state), "rederivation", r.ID.String(), map[string]any{"done": r.Done, "moved": r.Moved,
		"total": r.Total, "version": r.ToVersion})
	return r.store(ctx, tx)
}

// RederivationByID finds one, for administrators. REDERIVATION_NOT_FOUND for everybody else, and if there is none.
func RederivationByID(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Rederivation, error) {
	r, err := pg.One[Rederivation](ctx, tx, rederivationSQL, id, mayAdminister(tx))
	if errors.Is(err, pgx.ErrNoRows) {
		err = fault.NotFound("REDERIVATION_NOT_FOUND", "no such rederivation")
	}
	return r, err
}

// Rederivations are all there were, the newest first; none for anybody but administrators.
func Rederivations(ctx context.Context, tx *pg.Tx, page Page) (found []Rederivation, more bool, err error) {
	after := page.After
	if after == nil {
		after = &Place{At: tx.Now.Add(time.Hour)}
	}
	found, err = pg.All[Rederivation](ctx, tx, rederivationsSQL, after.At, after.ID, page.First+1, mayAdminister(tx))
	return pg.Page(found, page.First, err)
}
