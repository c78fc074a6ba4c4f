package graph

import (
	"context"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/routing"
	"gridwork/domain/safety"
	"gridwork/domain/sampling"
	"gridwork/domain/staff"
	"gridwork/domain/xlsform"
	"gridwork/graph/api"
	"gridwork/pg"
)

// verb is a domain function that changes something.
type verb[In, Out any] func(context.Context, *pg.Tx, In) (Out, error)

// write runs a verb. What it refuses is told in the payload; where it neither worked nor refused, err says so.
func write[In, Out any](ctx context.Context, r *Resolver, do verb[In, Out], in In) (out *Out, refusal []api.UserError, err error) {
	return told(pg.WriteVal(ctx, r.DB, func(tx *pg.Tx) (Out, error) { return do(ctx, tx, in) }))
}

func told[Out any](done Out, err error) (out *Out, refusal []api.UserError, internal error) {
	if refusal, err = api.Refused(err); err != nil || len(refusal) > 0 {
		return nil, refusal, err
	}
	return &done, refusal, nil
}

// submit takes a report in the crowd of those that arrive with it: they come in floods.
func (r *Resolver) submit(ctx context.Context, s clue.Submission) (clue.Receipt, error) {
	draft, err := r.Intake.Draft(actor.From(ctx), s)
	if err != nil {
		return clue.Receipt{}, err
	}
	taken, err := r.reports.Write(ctx, draft)
	if err != nil {
		return clue.Receipt{}, err
	}
	return taken.Receipt, taken.Refused
}

func onCase[In any](ctx context.Context, r *Resolver, do verb[In, casework.Case], in In) (*api.CasePayload, error) {
	c, refusal, err := write(ctx, r, do, in)
	if err != nil {
		return nil, err
	}
	return &api.CasePayload{Case: c, Errors: refusal}, nil
}

func onClue[In any](ctx context.Context, r *Resolver, do verb[In, clue.Clue], in In) (*api.CluePayload, error) {
	c, refusal, err := write(ctx, r, do, in)
	if err != nil {
		return nil, err
	}
	return &api.CluePayload{Clue: c, Errors: refusal}, nil
}

func onTask[In any](ctx context.Context, r *Resolver, do verb[In, inspection.Task], in In) (*api.InspectionTaskPayload, error) {
	t, refusal, err := write(ctx, r, do, in)
	if err != nil {
		return nil, err
	}
	return &api.InspectionTaskPayload{Task: t, Errors: refusal}, nil
}

func onOrder[In any](ctx context.Context, r *Resolver, do verb[In, casework.SupervisionOrder], in In) (*api.OrderPayload, error) {
	o, refusal, err := write(ctx, r, do, in)
	if err != nil {
		return nil, err
	}
	return &api.OrderPayload{Order: o, Errors: refusal}, nil
}

func onRules[In any](ctx context.Context, r *Resolver, do verb[In, routing.Set], in In) (*api.RuleSetPayload, error) {
	s, refusal, err := write(ctx, r, do, in)
	return &api.RuleSetPayload{RuleSet: s, Errors: refusal}, err
}

func onAppeal[In any](ctx context.Context, r *Resolver, do verb[In, casework.Appeal], in In) (*api.AppealPayload, error) {
	a, refusal, err := write(ctx, r, do, in)
	if err != nil {
		return nil, err
	}
	return &api.AppealPayload{Appeal: a, Errors: refusal}, nil
}

func onReinspection[In any](ctx context.Context, r *Resolver, do verb[In, sampling.Reinspection], in In) (*api.ReinspectionPayload, error) {
	done, refusal, err := write(ctx, r, do, in)
	return &api.ReinspectionPayload{Reinspection: done, Errors: refusal}, err
}

func onStaff[In any](ctx context.Context, r *Resolver, do verb[In, staff.Member], in In) (*api.StaffPayload, error) {
	m, refusal, err := write(ctx, r, do, in)
	return &api.StaffPayload{Member: m, Errors: refusal}, err
}

func onAlarm[In any](ctx context.Context, r *Resolver, do verb[In, safety.Alarm], in In) (*api.AlarmPayload, error) {
	a, refusal, err := write(ctx, r, do, in)
	return &api.AlarmPayload{Alarm: a, Errors: refusal}, err
}

// onForm tells what became of a form.
func onForm(t *xlsform.Taken, refusal []api.UserError, err error) (*api.ImportChecklistPayload, error) {
	if err != nil {
		return nil, err
	}
	return api.Forms(t, refusal), nil
}

// read runs a question of the domain.
func read[In, Out any](ctx context.Context, r *Resolver, ask func(context.Context, *pg.Tx, In) (Out, error), in In) (Out, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) (Out, error) { return ask(ctx, tx, in) })
}

// page runs a question of the domain that has many answers.
func page[T, P any](ctx context.Context, r *Resolver, at func(T) P, ask func(*pg.Tx) ([]T, bool, error)) (*api.Connection[T], error) {
	var more bool
	nodes, err := pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) (nodes []T, err error) {
		nodes, more, err = ask(tx)
		return nodes, err
	})
	if err != nil {
		return nil, err
	}
	return api.Page(nodes, more, at), nil
}
