package fieldwork

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/domain/place"
	"gridwork/domain/visit"
	"gridwork/fault"
	"gridwork/pg"
)

// Yard is what taking operations in needs besides the transaction.
type Yard struct {
	DB     *pg.DB
	Intake *clue.Intake
}

// done is what an operation did.
type done struct {
	Result
	repeated  bool            // the domain knew it by itself
	contested []place.Contest // of the premises' fields that it touched
}

// verb is what the operations of a kind do, and whose photos they bring.
type verb struct {
	do func(context.Context, *pg.Tx, Yard, captured) (done, error)
	// about names what an operation is about, and its photos, as far as its body can be read.
	about func(captured) (subject string, photos []media.Declared)
	// subjectSQL finds that, as a version of its own; see version.
	subjectSQL string
	// asks: it asks for something, and tells of no work. Where somebody else was there first it is refused, not kept: there is
	// nothing to decide.
	asks bool
}

var verbs = map[Kind]verb{
	SubmitClue: {submitClue, func(c captured) (string, []media.Declared) {
		b, _ := read[clueBody](c)
		return c.ID.String(), b.Photos.declared()
	}, clueVersionSQL, false},
	SubmitInspection: {submitInspection, func(c captured) (string, []media.Declared) {
		b, _ := read[inspectionBody](c)
		return b.Task.String(), b.submission(c.ID).Pictures()
	}, inspectionVersionSQL, false},
	AnswerVerification: {answerVerification, func(c captured) (string, []media.Declared) {
		b, _ := read[verificationBody](c)
		return b.Task.String(), b.Photos.declared()
	}, verificationVersionSQL, false},
	AnswerCheck: {answerCheck, func(c captured) (string, []media.Declared) {
		b, _ := read[checkBody](c)
		return b.Task.String(), b.Photos.declared()
	}, checkVersionSQL, false},
	ReportDisposal: {reportDisposal, func(c captured) (string, []media.Declared) {
		b, _ := read[disposalBody](c)
		return b.Case.String(), b.Photos.declared()
	}, caseVersionSQL, false},
	UpdatePremises: {updatePremises, func(c captured) (string, []media.Declared) {
		b, _ := read[premisesBody](c)
		return b.Code, nil
	}, premisesVersionSQL, false},
	ClaimTask: {claimTask, func(c captured) (string, []media.Declared) {
		b, _ := read[claimBody](c)
		return b.Task.String(), nil
	}, inspectionVersionSQL, true},
	GiveBackTask: {giveBackTask, func(c captured) (string, []media.Declared) {
		b, _ := read[giveBackBody](c)
		return b.Task.String(), nil
	}, inspectionVersionSQL, true},
	AnswerOffer: {answerOffer, func(c captured) (string, []media.Declared) {
		b, _ := read[answerOfferBody](c)
		return b.Task.String(), nil
	}, inspectionVersionSQL, true},
	RaiseAlarm: {raiseAlarm, func(c captured) (string, []media.Declared) { return c.ID.String(), nil }, alarmVersionSQL, true},
	AnswerAlarm: {answerAlarm, func(c captured) (string, []media.Declared) {
		b, _ := read[answerAlarmBody](c)
		return b.Alarm.String(), nil
	}, alarmVersionSQL, true},
	EndAlarm: {endAlarm, func(c captured) (string, []media.Declared) {
		b, _ := read[endAlarmBody](c)
		return b.Alarm.String(), nil
	}, alarmVersionSQL, true},
	BeginTimer: {beginTimer, func(c captured) (string, []media.Declared) { return c.ID.String(), nil }, alarmVersionSQL, true},
	ExtendTimer: {extendTimer, func(c captured) (string, []media.Declared) {
		b, _ := read[extendTimerBody](c)
		return b.Timer.String(), nil
	}, alarmVersionSQL, true},
	EndTimer: {endTimer, func(c captured) (string, []media.Declared) {
		b, _ := read[endTimerBody](c)
		return b.Timer.String(), nil
	}, alarmVersionSQL, true},
}

func submitClue(ctx context.Context, tx *pg.Tx, y Yard, c captured) (done, error) {
	b, err := read[clueBody](c)
	if err != nil {
		return done{}, err
	}
	return report(ctx, tx, y, b.submission(c.ID))
}

func report(ctx context.Context, tx *pg.Tx, y Yard, s clue.Submission) (done, error) {
	receipt, err := y.Intake.Submit(ctx, tx, s)
	if err != nil {
		return done{}, err
	}
	d := done{Result: Result{Subject: receipt.Clue.ID.String(), State: string(receipt.Clue.State), Number: receipt.Clue.Number}, repeated: receipt.Repeated}
	if receipt.ClaimCode != nil {
		d.ClaimCode = *receipt.ClaimCode
	}
	return d, nil
}

func submitInspection(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[inspectionBody](c)
	if err != nil {
		return done{}, err
	}
	receipt, err := inspection.Submit(ctx, tx, b.submission(c.ID))
	if err == nil && !receipt.Repeated && b.VisitCode != "" {
		err = visit.See(ctx, tx, c.ID, b.VisitCode)
	}
	return done{Result: Result{Subject: b.Task.String(), State: string(receipt.Task.State)}, repeated: receipt.Repeated}, err
}

func answerVerification(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[verificationBody](c)
	if err != nil {
		return done{}, err
	}
	in := clue.AnswerVerificationInput{Task: b.Task, Note: b.Note, Position: b.Position.maybe(), Photos: b.Photos.declared()}
	if in.Confirmed, err = needed(b.Confirmed, "confirmed"); err != nil {
		return done{}, err
	}
	task, err := clue.AnswerVerification(ctx, tx, in)
	return done{Result: Result{Subject: b.Task.String(), State: string(task.State)}}, err
}

func answerCheck(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[checkBody](c)
	if err != nil {
		return done{}, err
	}
	in := casework.AnswerCheckInput{Task: b.Task, Note: b.Note, Position: b.Position.maybe(), Photos: b.Photos.declared()}
	if in.Fixed, err = needed(b.Fixed, "fixed"); err != nil {
		return done{}, err
	}
	answered, err := casework.AnswerCheck(ctx, tx, in)
	return done{Result: Result{Subject: b.Task.String(), State: string(answered.State), Number: answered.Number}}, err
}

func reportDisposal(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[disposalBody](c)
	if err != nil {
		return done{}, err
	}
	reported, err := casework.ReportDisposal(ctx, tx, b.input(c.ID))
	return done{Result: Result{Subject: b.Case.String(), State: string(reported.State), Number: reported.Number}}, err
}

func updatePremises(ctx context.Context, tx *pg.Tx, _ Yard, c captured) (done, error) {
	b, err := read[premisesBody](c)
	if err != nil {
		return done{}, err
	}
	in := place.Update{Operation: c.ID, Code: b.Code, CapturedAt: c.at}
	for _, f := range b.Fields {
		in.Fields = append(in.Fields, place.FieldChange(f))
	}
	updated, err := place.UpdatePremises(ctx, tx, in)
	if err != nil {
		return done{}, err
	}
	d := done{Result: Result{Subject: b.Code}, contested: updated.Contested}
	for _, f := range in.Fields {
		if !contests(updated.Contested, c.ID, f.Field) {
			d.Merged = append(d.Merged, string(f.Field))
		}
	}
	return d, syncContests(ctx, tx, updated.Premises.Code, updated.Premises.Street, fieldsOf(in), updated.Contested)
}

func contests(all []place.Contest, operation uuid.UUID, field place.Field) bool {
	for _, c := range all {
		if c.Operation == operation && (field == "" || c.Field == field) {
			return true
		}
	}
	return false
}

func fieldsOf(in place.Update) []place.Field {
	fields := make([]place.Field, len(in.Fields))
	for i, f := range in.Fields {
		fields[i] = f.Field
	}
	return fields
}

// isContest tells a refusal that says "somebody else was here" from one that says "this is wrong", and why.
func isContest(err error) (Reason, bool) {
	f, public := fault.As(err)
	if !public {
		return "", false
	}
	switch f.Code {
	case clue.CodeIDReused, "INSPECTION_ID_REUSED", "DISPOSAL_ID_REUSED":
		return IDReused, true
	case "ACTION_NOT_POSSIBLE":
		return TaskOver, true
	case "TASK_NOT_FOUND", "ACTION_NOT_YOURS", "CASE_NOT_FOUND":
		return TaskElsewhere, true
	case "STALE_VERSION":
		return Changed, true
	}
	return "", false
}
