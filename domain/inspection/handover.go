package inspection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// moment is how long somebody has to be on shift to be there now.
const moment = time.Second

// Claim takes a task of one's own duty grid: one that nobody has, or that of a colleague who is not on duty. Claiming again
// changes nothing. Faults: TASK_NOT_FOUND; ACTION_NOT_YOURS for whoever is not in the duty grid's roster; ACTION_NOT_POSSIBLE
// for a task that is over; TASK_HELD where the colleague is on duty, who can be asked to hand it over.
func Claim(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Task, error) {
	t, ties, err := take(ctx, tx, id)
	switch {
	case err != nil || ties.own:
		return t, err
	case !ties.roster:
		return Task{}, errNotYours
	}
	if t.AssigneeID != nil {
		there, err := identity.WorkingWithin(ctx, tx, actor.GridWorker, []uuid.UUID{*t.AssigneeID}, tx.Now, tx.Now.Add(moment))
		if err != nil {
			return Task{}, err
		}
		if len(there) > 0 {
			return Task{}, fault.Conflict("TASK_HELD", "a colleague who is on duty has this task: ask for it to be handed over").At("task")
		}
	}
	before := t.AssigneeID
	t.give(&tx.Actor.ID, Claimed)
	if err := t.write(ctx, tx, event{Kind: "claimed", From: before, To: t.AssigneeID}); err != nil {
		return Task{}, err
	}
	return t, t.tell(ctx, tx, notify.TaskTaken, nil, before)
}

// OfferInput offers a task to a colleague.
type OfferInput struct {
	Task uuid.UUID
	To   uuid.UUID // a grid worker of the place
	Note string    // up to 500 characters
}

// Offer asks a colleague to take a task over; it stays with whoever offers it until the colleague accepts. A second offer
// takes the place of the first. Faults: TASK_NOT_FOUND, ACTION_NOT_YOURS, ACTION_NOT_POSSIBLE; ASSIGNEE_NOT_POSSIBLE at "to";
// TEXT_… at "note".
func Offer(ctx context.Context, tx *pg.Tx, in OfferInput) (Task, error) {
	note, err := prose.Clean("note", in.Note, maxNote)
	if err != nil {
		return Task{}, err
	}
	t, ties, err := take(ctx, tx, in.Task)
	switch {
	case err != nil:
		return Task{}, err
	case !ties.own:
		return Task{}, errNotYours
	case t.OfferedTo != nil && *t.OfferedTo == in.To:
		return t, nil
	}
	if err := t.fits(ctx, tx, in.To); err != nil {
		return Task{}, err
	}
	t.OfferedTo, t.OfferedAt = &in.To, &tx.Now
	if err := t.write(ctx, tx, event{Kind: "offered", From: t.AssigneeID, To: &in.To, Note: note}); err != nil {
		return Task{}, err
	}
	return t, t.tell(ctx, tx, notify.TaskOffered, nil, &in.To)
}

// AnswerOfferInput is a colleague's answer.
type AnswerOfferInput struct {
	Task   uuid.UUID
	Accept bool
	Note   string // up to 500 characters
}

// AnswerOffer takes a task over that was offered to whoever acts, or leaves it where it is. Accepting again changes nothing.
// Faults: TASK_NOT_FOUND, also once the offer was withdrawn; ACTION_NOT_YOURS, ACTION_NOT_POSSIBLE; TEXT_… at "note".
func AnswerOffer(ctx context.Context, tx *pg.Tx, in AnswerOfferInput) (Task, error) {
	note, err := prose.Clean("note", in.Note, maxNote)
	if err != nil {
		return Task{}, err
	}
	t, ties, err := take(ctx, tx, in.Task)
	switch {
	case err != nil:
		return Task{}, err
	case ties.own && in.Accept && t.CameBy == HandedOver:
		return t, nil
	case !ties.offered:
		return Task{}, errNotYours
	}
	before := t.AssigneeID
	e := event{Kind: "declined", From: before, To: &tx.Actor.ID, Note: note}
	if in.Accept {
		e.Kind = "accepted"
		t.give(&tx.Actor.ID, HandedOver)
	}
	t.OfferedTo, t.OfferedAt = nil, nil
	if err := t.write(ctx, tx, e); err != nil {
		return Task{}, err
	}
	return t, t.tell(ctx, tx, notify.OfferAnswered, map[string]any{"decision": e.Kind}, before)
}

// WithdrawOffer takes an offer back that was not answered yet. Without one nothing changes. Faults: TASK_NOT_FOUND,
// ACTION_NOT_YOURS, ACTION_NOT_POSSIBLE.
func WithdrawOffer(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Task, error) {
	t, ties, err := take(ctx, tx, id)
	switch {
	case err != nil:
		return Task{}, err
	case !ties.own:
		return Task{}, errNotYours
	case t.OfferedTo == nil:
		return t, nil
	}
	e := event{Kind: "withdrawn", From: t.AssigneeID, To: t.OfferedTo}
	t.OfferedTo, t.OfferedAt = nil, nil
	return t, t.write(ctx, tx, e)
}

// GiveBackInput gives a task back.
type GiveBackInput struct {
	Task   uuid.UUID
	Reason Hindrance
	Note   string // up to 500 characters; what it is, for another reason
}

// GiveBack gives a task back to the street's dispatchers, who are told why. Faults: TASK_NOT_FOUND, ACTION_NOT_YOURS,
// ACTION_NOT_POSSIBLE; REASON_MISSING and TEXT_… at "note".
func GiveBack(ctx context.Context, tx *pg.Tx, in GiveBackInput) (Task, error) {
	note, err := prose.Clean("note", in.Note, maxNote)
	if err == nil && note == "" && in.Reason == OtherHindrance {
		err = fault.Invalid("REASON_MISSING", "say what hinders you").At("note")
	}
	if err != nil {
		return Task{}, err
	}
	t, ties, err := take(ctx, tx, in.Task)
	switch {
	case err != nil:
		return Task{}, err
	case !ties.own:
		return Task{}, errNotYours
	}
	before := t.AssigneeID
	t.give(nil, Made)
	t.GivenBack = &in.Reason
	if err := t.write(ctx, tx, event{Kind: "given_back", From: before, Reason: &in.Reason, Note: note}); err != nil {
		return Task{}, err
	}
	desk, err := desk(ctx, tx, t.Street)
	if err != nil {
		return Task{}, err
	}
	return t, t.tell(ctx, tx, notify.TaskGivenBack, map[string]any{"hindrance": string(in.Reason)}, desk...)
}

// AssignInput gives a task to a grid worker.
type AssignInput struct {
	Task uuid.UUID
	To   uuid.UUID // a grid worker of the place
}

// Assign gives a task to a grid worker of the place, whoever had it before. Faults: TASK_NOT_FOUND; ACTION_NOT_YOURS for
// whoever does not dispatch in its street; ACTION_NOT_POSSIBLE; ASSIGNEE_NOT_POSSIBLE at "to".
func Assign(ctx context.Context, tx *pg.Tx, in AssignInput) (Task, error) {
	t, _, err := take(ctx, tx, in.Task)
	switch {
	case err != nil:
		return Task{}, err
	case !tx.Actor.May(actor.Dispatch, t.Street, ""):
		return Task{}, errNotYours
	case t.AssigneeID != nil && *t.AssigneeID == in.To:
		return t, nil
	}
	if err := t.fits(ctx, tx, in.To); err != nil {
		return Task{}, err
	}
	before := t.AssigneeID
	t.give(&in.To, Assigned)
	if err := t.write(ctx, tx, event{Kind: "assigned", From: before, To: &in.To}); err != nil {
		return Task{}, err
	}
	if err := t.tell(ctx, tx, notify.TaskGiven, nil, &in.To); err != nil {
		return Task{}, err
	}
	return t, t.tell(ctx, tx, notify.TaskTaken, nil, before)
}

// Takers are whom an open task may be offered or given to, by name: the grid workers of its place but whoever has it. Nobody, for
// whoever may do neither. Faults: TASK_NOT_FOUND.
func Takers(ctx context.Context, tx *pg.Tx, id uuid.UUID) ([]identity.Person, error) {
	t, ties, err := see(ctx, tx, anyTaskSQL, id)
	if err != nil || t.State != Open || !ties.own && !tx.Actor.May(actor.Dispatch, t.Street, "") {
		return nil, err
	}
	takers, err := t.takers(ctx, tx)
	slices.SortStableFunc(takers, func(a, b identity.Person) int { return strings.Compare(a.Name, b.Name) })
	return takers, err
}

func (t Task) takers(ctx context.Context, tx *pg.Tx) ([]identity.Person, error) {
	workers, err := identity.Holders(ctx, tx, actor.GridWorker, t.Cell, "")
	return slices.DeleteFunc(workers, func(p identity.Person) bool { return t.AssigneeID != nil && *t.AssigneeID == p.ID }), err
}

// fits refuses whoever is no grid worker of the task's place, and whoever has it.
func (t Task) fits(ctx context.Context, tx *pg.Tx, person uuid.UUID) error {
	takers, err := t.takers(ctx, tx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(takers, func(p identity.Person) bool { return p.ID == person }) {
		return fault.Invalid("ASSIGNEE_NOT_POSSIBLE", "a task is for another grid worker of the place").At("to")
	}
	return nil
}

// give makes a task somebody's, or nobody's. An offer of whoever had it is over.
func (t *Task) give(to *uuid.UUID, by CameBy) {
	t.AssigneeID, t.CameBy, t.OfferedTo, t.OfferedAt = to, by, nil, nil
}

// event is what is written down of a task that goes from hand to hand.
type event struct {
	Kind     string
	From, To *uuid.UUID
	Reason   *Hindrance
	Note     string
}

func (t Task) write(ctx context.Context, tx *pg.Tx, e event) error {
	if _, err := tx.Exec(ctx, giveTaskSQL, t.ID, t.AssigneeID, t.CameBy, t.OfferedTo, t.OfferedAt, t.GivenBack); err != nil {
		return fmt.Errorf("give task %s: %w", t.ID, err)
	}
	tx.Queue(insertEventSQL, pg.NewID(), t.ID, e.Kind, starter(tx.Actor), e.From, e.To, e.Reason, e.Note, tx.Now)
	audit.Record(tx, "task."+e.Kind, "inspection_task", t.ID.String(), map[string]any{"from": e.From, "to": e.To, "reason": e.Reason})
	return nil
}

// tell tells people of the task; nil is nobody.
func (t Task) tell(ctx context.Context, tx *pg.Tx, kind notify.Kind, params map[string]any, people ...*uuid.UUID) error {
	people = slices.DeleteFunc(people, func(p *uuid.UUID) bool { return p == nil })
	if len(people) == 0 {
		return nil
	}
	campaigns, err := CampaignsOf(ctx, tx, []uuid.UUID{t.CampaignID})
	if err != nil {
		return err
	}
	all := map[string]any{"campaign": campaigns[0].Name, "cell": t.Cell, "due": t.DueAt}
	for name, value := range params {
		all[name] = value
	}
	messages := make([]notify.Message, len(people))
	for i, p := range people {
		messages[i] = notify.Message{Person: p, Kind: kind, Params: all}
	}
	notify.Send(tx, messages...)
	return nil
}

// desk is who gives out tasks in the street right now: its dispatchers on duty, else its duty leads on duty.
func desk(ctx context.Context, tx *pg.Tx, street string) ([]*uuid.UUID, error) {
	dispatchers := identity.Audience{Role: actor.Dispatcher, Region: street}
	leads := identity.Audience{Role: actor.DutyLead, Region: street}
	found, err := identity.OnDutyAll(ctx, tx, []identity.Audience{dispatchers, leads})
	people := found[dispatchers]
	if len(people) == 0 {
		people = found[leads]
	}
	all := make([]*uuid.UUID, len(people))
	for i := range people {
		all[i] = &people[i]
	}
	return all, err
}

// Leave gives all open tasks of somebody who works here no more back to the dispatchers of their streets, with the commit, and
// ends what was offered to them.
func Leave(tx *pg.Tx, person uuid.UUID) {
	tx.Queue(unofferSQL, person)
	tx.Queue(leaveSQL, person, starter(tx.Actor), tx.Now)
}
