package casework

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// The step that a message tells of, and where its case stands.
const acknowledgedStepSQL = `select ` + escalation.ClockColumns + `, deadlines.step,
		coalesce(cases.round = clocks.round and cases.state not in ('suspended', 'closed', 'voided', 'force_closed'), false) as in_work
	from deadlines join clocks on clocks.id = deadlines.clock_id left join cases on cases.id = clocks.case_id
	where deadlines.id = $1`

const lockClueSQL = `select id from clues where id = $1 for update`

const insertAcknowledgementSQL = `insert into acknowledgements (id, message_id, person_id, clock_id, clue_id, case_id, round, stage, step,
	at, until, due_at, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)`

const insertClueAcknowledgedSQL = `insert into clue_events (id, clue_id, at, kind, actor_id, actor_role, detail)
	values ($1, $2, $3, 'acknowledged', $4, $5, $6)`

const raiseEpochSQL = `update cases set epoch = epoch + 1 where id = $1`

const cancelSilenceSQL = `update acknowledgements set state = 'cancelled', settled_at = $1 where case_id = any($2) and state = 'armed'`

// acknowledgedStep is the step of a ladder that a message tells of.
type acknowledgedStep struct {
	escalation.Clock
	Step   int  `db:"step"`
	InWork bool `db:"in_work"` // the case is in the clock's round, and somebody owes work
}

// Acknowledge confirms a message of whoever acts 签收. Where a ladder's step wrote it, the same person is not nagged again
// by that clock until the message's AckUntil; the clock itself runs on, others and higher steps are told as always. The
// timeline keeps who acknowledged and until when, and a ladder that presses on silence afterwards has its timer armed, all
// in this transaction.
//
// Faults: MESSAGE_NOT_FOUND; ACTION_NOT_POSSIBLE for a message that asks for no acknowledgement.
func Acknowledge(ctx context.Context, tx *pg.Tx, id uuid.UUID) (notify.Message, error) {
	own, err := notify.Own(ctx, tx, []uuid.UUID{id})
	if err != nil {
		return notify.Message{}, err
	}
	var about Case
	if len(own) == 1 && own[0].NeedsAck {
		if about, err = lockSubject(ctx, tx, own[0]); err != nil {
			return notify.Message{}, err
		}
	}
	m, err := notify.Acknowledge(ctx, tx, id)
	if err != nil || m.AckedAt == nil || !m.AckedAt.Equal(tx.Now.Truncate(time.Microsecond)) {
		return m, err // it says nothing new
	}
	if m.DeadlineID == nil {
		noteAcknowledged(tx, m, about, map[string]any{"about": m.Kind})
		return m, nil
	}
	s, err := pg.One[acknowledgedStep](ctx, tx, acknowledgedStepSQL, *m.DeadlineID)
	if err != nil {
		return m, fmt.Errorf("step of message %s: %w", m.ID, err)
	}
	about.Round = s.Round
	noteAcknowledged(tx, m, about, map[string]any{"stage": s.Stage, "step": s.Step})
	return m, s.keep(ctx, tx, m)
}

// lockSubject locks the case's row, or the clue's, before anything that hangs on it is changed.
func lockSubject(ctx context.Context, tx *pg.Tx, m notify.Message) (about Case, err error) {
	switch {
	case m.CaseID != nil:
		return pg.One[Case](ctx, tx, lockBehindSQL, *m.CaseID)
	case m.ClueID != nil:
		_, err = pg.Val[uuid.UUID](ctx, tx, lockClueSQL, *m.ClueID)
	}
	return about, err
}

// noteAcknowledged says in the history of what the message is about who acknowledged it and until when that quiets.
func noteAcknowledged(tx *pg.Tx, m notify.Message, about Case, detail map[string]any) {
	detail["message"], detail["until"] = m.ID, *m.AckUntil
	switch {
	case m.CaseID != nil:
		tx.Queue(raiseEpochSQL, about.ID)
		note(tx, about, "acknowledged", detail)
		audit.Record(tx, "case.acknowledge", "case", about.ID.String(), map[string]any{"round": about.Round, "message": m.ID})
	case m.ClueID != nil:
		actorID, role := audit.Who(tx.Actor)
		tx.Queue(insertClueAcknowledgedSQL, pg.NewID(), *m.ClueID, tx.Now, actorID, role, detail)
		audit.Record(tx, "clue.acknowledge", "clue", m.ClueID.String(), map[string]any{"message": m.ID})
	}
}

// keep stores what was acknowledged, and arms the timer that looks for silence.
func (s *acknowledgedStep) keep(ctx context.Context, tx *pg.Tx, m notify.Message) error {
	ladder, err := escalation.Load(ctx, tx, escalation.Pin{Code: s.Ladder, Version: s.LadderVersion})
	if err != nil {
		return err
	}
	state := "quiet"
	if s.InWork && ladder.HeedsSilence(s.Stage) {
		state = "armed"
	}
	tx.Queue(insertAcknowledgementSQL, pg.NewID(), m.ID, tx.Actor.ID, s.ID, s.ClueID, s.CaseID, s.Round, s.Stage, s.Step, tx.Now, *m.AckUntil, state)
	return nil
}

// stir ends the wait for silence of cases to which something happens, with the commit.
func stir(tx *pg.Tx, cases ...uuid.UUID) { tx.Queue(cancelSilenceSQL, tx.Now, cases) }
