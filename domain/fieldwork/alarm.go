package fieldwork

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/safety"
	"gridwork/pg"
)

// Somebody calls for help where they stand, with or without network, and colleagues answer where they are.

type raiseAlarmBody struct {
	Position *position `json:"position"`
}

type answerAlarmBody struct {
	Alarm  uuid.UUID `json:"alarm"`
	Coming *bool     `json:"coming"`
}

type endAlarmBody struct {
	Alarm   uuid.UUID      `json:"alarm"`
	Outcome safety.Outcome `json:"outcome"`
	Note    string         `json:"note"`
}

func raiseAlarm(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[raiseAlarmBody](c)
	if err != nil {
		return done{}, err
	}
	return alarmed(safety.Raise(ctx, tx, safety.RaiseInput{ID: c.ID, Position: b.Position.maybe(), CapturedAt: c.at.UTC()}))
}

func answerAlarm(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[answerAlarmBody](c)
	if err != nil {
		return done{}, err
	}
	coming, err := needed(b.Coming, "coming")
	if err != nil {
		return done{}, err
	}
	return alarmed(safety.Answer(ctx, tx, safety.AnswerInput{Alarm: b.Alarm, Coming: coming}))
}

func endAlarm(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[endAlarmBody](c)
	if err != nil {
		return done{}, err
	}
	return alarmed(safety.End(ctx, tx, safety.EndInput{Alarm: b.Alarm, Outcome: b.Outcome, Note: b.Note}))
}

func alarmed(a safety.Alarm, err error) (done, error) {
	return done{Result: Result{Subject: a.ID.String(), State: string(a.State)}}, err
}

// blankMost is how many alarms are blanked at a time.
const blankMost = 1000

const (
	blankReceiptsSQL   = `update receipts set body = '{}' where operation_id = any($1::uuid[])`
	blankQuarantineSQL = `update quarantine set body = '{}' where operation_id = any($1::uuid[])`
	blankConflictsSQL  = `update conflicts set body = '{}' where operation_id = any($1::uuid[])`
)

// BlankAlarms forgets where the alarms were that ended before a time, in what handhelds sent as well: the operation that raised
// an alarm has its id.
func BlankAlarms(ctx context.Context, tx *pg.Tx, before time.Time) error {
	ids, err := safety.Blank(ctx, tx, before, blankMost)
	if err != nil {
		return fmt.Errorf("blank alarms: %w", err)
	}
	for _, statement := range []string{blankReceiptsSQL, blankQuarantineSQL, blankConflictsSQL} {
		tx.Queue(statement, ids)
	}
	return nil
}
