package fieldwork

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/device"
	"gridwork/fault"
	"gridwork/pg"
)

// Push takes one operation of a device in, whatever else comes with it: done, or kept for a person to decide, or refused
// with the reason and the path. The same operation again is given the first answer again. An error is for the log: the
// answer has already told the handheld to come again.
//
// Each operation is a transaction of its own, so that none touches another. One whose verb is refused because somebody
// else was there first is taken back whole, and kept in a second transaction.
func Push(ctx context.Context, y Yard, from uuid.UUID, op Operation) (Answer, error) {
	c, err := op.accept(from)
	if err == nil && !json.Valid([]byte(op.Body)) {
		err = fault.Invalid(CodeBody, "a body is JSON").At("body")
	}
	var answer Answer
	if err == nil {
		answer, err = pg.WriteVal(ctx, y.DB, func(tx *pg.Tx) (Answer, error) { return take(ctx, tx, y, c) })
	}
	if contest := new(contested); errors.As(err, &contest) {
		answer, err = pg.WriteVal(ctx, y.DB, func(tx *pg.Tx) (Answer, error) { return keep(ctx, tx, c, contest) })
	}
	if err != nil {
		return refused(op.ID, err)
	}
	return answer, nil
}

// contested is why an operation could not be carried out beside what somebody else did.
type contested struct {
	reason Reason
	cause  error
}

func (c *contested) Error() string { return c.cause.Error() }

// refused is the answer to an operation that is not taken.
func refused(id uuid.UUID, err error) (Answer, error) {
	a := Answer{ID: id.String(), Status: Rejected}
	f, public := fault.As(err)
	if !public {
		a.Retry, a.Error = true, &Refusal{Code: "INTERNAL", Message: "something went wrong here, try again"}
		return a, err
	}
	a.Retry, a.Error = f.Kind == fault.KindBusy, &Refusal{f.Code, f.Message, f.Field}
	return a, nil
}

// known finds out who sent an operation, and lets the transaction act as them.
func known(ctx context.Context, tx *pg.Tx, c captured) (device.Holder, error) {
	h, err := device.Known(ctx, tx, c.device)
	if err != nil {
		return h, err
	}
	if !h.Verify(device.OperationText(c.device, c.ID, string(c.Kind), c.CapturedAt, c.Body), c.Signature) {
		return h, fault.Invalid(CodeSignature, "not signed with the device's key, or not this").At("signature")
	}
	if c.at.After(tx.Now.Add(clockAhead)) && !c.Kind.clockless() {
		return h, fault.Busy(CodeFuture, "captured in the future: the handheld's clock is wrong").At("capturedAt")
	}
	if h.Until != nil && !c.at.Before(*h.Until) {
		return h, fault.Denied(CodeRevoked, "captured after the device was revoked").At("capturedAt")
	}
	if tx.Actor = h.Owner; h.Owner == nil {
		tx.Actor = actor.Anonymous
	}
	return h, nil
}

func take(ctx context.Context, tx *pg.Tx, y Yard, c captured) (Answer, error) {
	h, err := known(ctx, tx, c)
	if err != nil {
		return Answer{}, err
	}
	h.Seen(tx)
	if c.Kind == SubmitClue {
		return takeReport(ctx, tx, y, c, h)
	}
	before, err := claim(ctx, tx, c, h)
	if before != nil || err != nil {
		return deref(before), err
	}
	if h.Until != nil {
		return quarantine(ctx, tx, c, h)
	}
	d, err := carryOut(ctx, tx, y, c)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{ID: c.ID.String(), Status: Accepted, Result: &d.Result}
	if contests(d.contested, c.ID, "") {
		a.Status = Conflicting
		if a.Conflict, err = conflictOf(ctx, tx, c.ID); err != nil {
			return a, err
		}
	}
	return a, settle(ctx, tx, c, a)
}

// carryOut does what an operation says. Faults carry its path.
func carryOut(ctx context.Context, tx *pg.Tx, y Yard, c captured) (done, error) {
	d, err := verbs[c.Kind].do(ctx, tx, y, c)
	if err == nil {
		return d, nil
	}
	if reason, yes := isContest(err); yes && !verbs[c.Kind].asks {
		return d, &contested{reason, fault.Under("body", err)}
	}
	return d, fault.Under("body", err)
}

// takeReport takes a report, of which no receipt is kept: beside it would stand who reported. The clue knows itself again.
// One from before a revocation is taken as an anonymous one: it waits for a dispatcher's decision like any other, without
// the word of a grid worker behind it.
func takeReport(ctx context.Context, tx *pg.Tx, y Yard, c captured, h device.Holder) (Answer, error) {
	b, err := read[clueBody](c)
	if err != nil {
		return Answer{}, fault.Under("body", err)
	}
	b.Anonymous = b.Anonymous || h.Until != nil
	d, err := report(ctx, tx, y, b.submission(c.ID))
	if reason, yes := isContest(err); yes {
		return Answer{}, &contested{reason, fault.Under("body", err)}
	}
	if err != nil {
		return Answer{}, fault.Under("body", err)
	}
	a := Answer{ID: c.ID.String(), Status: Accepted, Result: &d.Result}
	if d.repeated {
		a.Status, a.First = Duplicate, Accepted
	}
	return a, nil
}

// receipt is the first answer to an operation.
type receipt struct {
	Hash   []byte          `db:"payload_hash"`
	Body   string          `db:"body"`
	Answer json.RawMessage `db:"answer"`
}

// claim makes an operation's id this one's, or finds the answer to the one whose it is. Whoever comes at the same time
// waits here until the other is answered.
func claim(ctx context.Context, tx *pg.Tx, c captured, h device.Holder) (*Answer, error) {
	claimed, err := pg.Exec(ctx, tx, claimSQL, c.ID, h.ID, c.Kind, c.hash, c.Body, c.at, tx.Now)
	if err != nil || claimed > 0 {
		return nil, err
	}
	first, err := pg.One[receipt](ctx, tx, receiptSQL, c.ID)
	if err != nil {
		return nil, fmt.Errorf("the operation whose id is taken: %w", err)
	}
	if !bytes.Equal(first.Hash, c.hash) {
		a, err := keepReused(ctx, tx, c, h, first)
		return &a, err
	}
	var a Answer
	if err := json.Unmarshal(first.Answer, &a); err != nil {
		return nil, fmt.Errorf("the first answer to %s: %w", c.ID, err)
	}
	a.First, a.Status = a.Status, Duplicate
	return &a, nil
}

// settle keeps an answer, to be given again.
func settle(ctx context.Context, tx *pg.Tx, c captured, a Answer) error {
	_, err := tx.Exec(ctx, settleSQL, c.ID, a)
	return err
}

// version is what stands where an operation wanted to write.
type version struct {
	Street string          `db:"street"`
	CaseID *uuid.UUID      `db:"case_id"`
	Theirs json.RawMessage `db:"theirs"`
}

// stands finds what an operation is about; nil where that is nothing that there is.
func stands(ctx context.Context, tx *pg.Tx, c captured) (subject string, v *version, err error) {
	subject, _ = verbs[c.Kind].about(c)
	found, err := pg.One[version](ctx, tx, verbs[c.Kind].subjectSQL, subject)
	if errors.Is(err, pgx.ErrNoRows) {
		return subject, nil, nil
	}
	return subject, &found, err
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
