package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/notify"
	"gridwork/domain/safety"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *deadDeliveryResolver) Channel(ctx context.Context, obj *notify.Delivery) (string, error) {
	return string(obj.Channel), nil
}

func (r *messageResolver) Case(ctx context.Context, obj *notify.Message) (*casework.Case, error) {
	return maybe(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *messageResolver) Clue(ctx context.Context, obj *notify.Message) (*clue.Clue, error) {
	return maybe(ctx, loadersOf(ctx).clues, obj.ClueID)
}

func (r *messageResolver) Alarm(ctx context.Context, obj *notify.Message) (*safety.Alarm, error) {
	return maybe(ctx, loadersOf(ctx).alarms, obj.AlarmID)
}

func (r *mutationResolver) MarkRead(ctx context.Context, id uuid.UUID) (*api.MessagePayload, error) {
	return onMessage(ctx, r.Resolver, notify.MarkRead, id)
}

func (r *mutationResolver) Acknowledge(ctx context.Context, id uuid.UUID) (*api.MessagePayload, error) {
	return onMessage(ctx, r.Resolver, casework.Acknowledge, id)
}

func (r *mutationResolver) RequeueDelivery(ctx context.Context, id uuid.UUID) (*api.RequeuePayload, error) {
	d, refusal, err := write(ctx, r.Resolver, notify.Requeue, id)
	return &api.RequeuePayload{Requeued: d != nil, Errors: refusal}, err
}

func (r *queryResolver) Inbox(ctx context.Context, unread bool, first int, after *string) (*api.Connection[notify.Message], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(m notify.Message) uuid.UUID { return m.ID }, func(tx *pg.Tx) ([]notify.Message, bool, error) {
		return notify.Inbox(ctx, tx, notify.Page{Before: before, First: first, Unread: unread})
	})
}

func (r *queryResolver) DeadDeliveries(ctx context.Context, first int, after *string) (*api.Connection[notify.Delivery], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(d notify.Delivery) uuid.UUID { return d.ID }, func(tx *pg.Tx) ([]notify.Delivery, bool, error) {
		return notify.Dead(ctx, tx, notify.Page{Before: before, First: first})
	})
}

func (r *Resolver) DeadDelivery() generated.DeadDeliveryResolver { return &deadDeliveryResolver{r} }

func (r *Resolver) Message() generated.MessageResolver { return &messageResolver{r} }

type (
	deadDeliveryResolver struct{ *Resolver }
	messageResolver      struct{ *Resolver }
)
