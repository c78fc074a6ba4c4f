package consignment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/rowfile"
)

// JobCarry is the job that carries an import on.
const JobCarry = "import.carry"

// Job names an import, and which time of setting it going the job belongs to.
type Job struct {
	Import uuid.UUID `json:"import"`
	Epoch  int       `json:"epoch"`
}

// Turn is how long one job carries an import before the next one does: a worker that dies is missed soon, and no import keeps others waiting
// for long.
const Turn = time.Minute

var (
	errStopped = errors.New("the import was stopped")
	errTurn    = errors.New("the turn is over")
)

// carrying is one job at work.
type carrying struct {
	Job
	rule
	header []string
	turn   time.Duration
	until  time.Time // by the database's clock; zero until the first batch
}

// Carry carries an import on for a turn, in the name of whoever brought it. Each batch is stored together with its rejects and with how far the
// import has come, so that a worker that dies costs nothing but time, and a second one beside it does nothing twice. A job of an import that was stopped does
// nothing.
//
// Fault: IMPORT_ELSEWHERE, to be tried again, where somebody else moves it on.
func Carry(ctx context.Context, db *pg.DB, files Files, job Job, turn time.Duration) error {
	w, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (whole, error) { return load(ctx, tx, job.Import) })
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("load import: %w", err)
	case w.FinishedAt != nil:
		return files.let(ctx, db, over{w.run.File, w.Name})
	case w.State != Running || w.Epoch != job.Epoch:
		return nil
	}
	err = carry(ctx, db, files, w, job, turn)
	why, told := fault.As(err)
	switch {
	case err == nil:
		return files.let(ctx, db, over{w.run.File, w.Name})
	case errors.Is(err, errStopped):
		return nil
	case errors.Is(err, errTurn):
		return db.Write(ctx, func(tx *pg.Tx) error { tx.Emit(JobCarry, job); return nil })
	case told && why.Code == intake.CodeElsewhere:
		return fault.Busy(intake.CodeElsewhere, "somebody else moves it on").Because(err)
	case told && why.Kind != fault.KindBusy:
		return db.Write(ctx, func(tx *pg.Tx) error { return broke(ctx, tx, job, why) })
	}
	return err
}

func load(ctx context.Context, tx *pg.Tx, id uuid.UUID) (w whole, err error) {
	if w.run, err = pg.One[run](ctx, tx, runSQL, id); err == nil {
		w.Import, err = pg.One[intake.Import](ctx, tx, loadSQL, id)
	}
	return w, err
}

// broke keeps why an import cannot be carried on.
func broke(ctx context.Context, tx *pg.Tx, job Job, why *fault.Error) error {
	n, err := pg.Exec(ctx, tx, breakSQL, job.Import, job.Epoch, why.Code, why.Message, why.Field)
	if err == nil && n > 0 {
		audit.Record(tx, "import.break", "import", job.Import.String(), map[string]any{"code": why.Code})
	}
	return err
}

// carry takes the file in until its end, the turn's, or a stop.
func carry(ctx context.Context, db *pg.DB, files Files, w whole, job Job, turn time.Duration) error {
	c := &carrying{Job: job, rule: rules[Kind(w.Kind)], header: w.Header, turn: turn}
	var who *actor.Actor
	var atlas *cell.Atlas
	if err := db.Read(ctx, func(tx *pg.Tx) (err error) {
		if who, err = c.behind(ctx, tx, w.run.PersonID); err == nil {
			atlas, err = cell.LoadAtlas(ctx, tx)
		}
		return err
	}); err != nil {
		return err
	}
	path := files.path(w.run.File, w.Name)
	if w.About == nil {
		if err := measure(ctx, db, path, job.Import); err != nil {
			return files.told(err)
		}
	}
	file, err := rowfile.Options{Layer: w.Layer, Shapes: c.shapes}.Open(path)
	if err != nil {
		return files.told(err)
	}
	defer func() { _ = file.Close() }()
	way := c.way(w.Import, w.run, atlas)
	_, err = intake.Carry(actor.With(ctx, who), db, w.Import, intake.Way{Batch: way.Batch, Take: c.taking(way.Take)}, intake.Rows(file),
		func(intake.Import, []intake.Reject) error { return nil })
	return err
}

// behind is whoever brought the file, as long as they may still take it in.
func (c *carrying) behind(ctx context.Context, tx *pg.Tx, person uuid.UUID) (*actor.Actor, error) {
	who, err := identity.Behind(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	if who == nil {
		return nil, errNotAllowed
	}
	return who, c.may(who)
}

// measure keeps about how many rows there are, where that can be known.
func measure(ctx context.Context, db *pg.DB, path string, id uuid.UUID) error {
	about, err := rowfile.About(path)
	if err != nil || about == 0 {
		return err
	}
	return db.Write(ctx, func(tx *pg.Tx) error {
		tx.Queue(aboutSQL, id, about)
		return nil
	})
}

// taking is the kind's way, looked after: a batch is stored only as long as the import goes on, and with its rejects.
func (c *carrying) taking(take intake.Take) intake.Take {
	return func(rows []intake.Record) intake.Store {
		store := take(rows)
		return func(ctx context.Context, tx *pg.Tx) (int, []intake.Reject, error) {
			if err := c.goesOn(ctx, tx); err != nil {
				return 0, nil, err
			}
			written, rejects, err := store(ctx, tx)
			if err == nil && len(rejects) > 0 {
				err = c.reject(ctx, tx, rejects)
			}
			return written, rejects, err
		}
	}
}

// goesOn locks the run, so that a stop that was answered is one.
func (c *carrying) goesOn(ctx context.Context, tx *pg.Tx) error {
	goes, err := pg.Val[bool](ctx, tx, goesOnSQL, c.Import, c.Epoch)
	if err != nil {
		return err
	}
	if !goes {
		return errStopped
	}
	if c.until.IsZero() {
		c.until = tx.Now.Add(c.turn)
	}
	if tx.Now.After(c.until) {
		return errTurn
	}
	_, err = c.behind(ctx, tx, tx.Actor.ID)
	return err
}

func (c *carrying) reject(ctx context.Context, tx *pg.Tx, rejects []intake.Reject) error {
	var rows []int
	var fields, codes, reasons []string
	var lines []json.RawMessage
	for _, r := range rejects {
		line, err := json.Marshal(cells(r.Record, c.header))
		if err != nil {
			return err
		}
		rows, fields, codes, reasons, lines = append(rows, r.Number), append(fields, r.Why.Field), append(codes, r.Why.Code), append(reasons, r.Why.Message), append(lines, line)
	}
	_, err := tx.Exec(ctx, rejectSQL, c.Import, rows, fields, codes, reasons, lines)
	return err
}
