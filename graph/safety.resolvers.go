package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/safety"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *alarmResolver) Person(ctx context.Context, obj *safety.Alarm) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.PersonID)
}

func (r *alarmResolver) Region(ctx context.Context, obj *safety.Alarm) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Street)
}

func (r *alarmResolver) Cell(ctx context.Context, obj *safety.Alarm) (*cell.Cell, error) {
	return maybe(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *alarmResolver) Told(ctx context.Context, obj *safety.Alarm) ([]identity.Person, error) {
	told, err := load(ctx, loadersOf(ctx).alarmed, obj.ID)
	if err != nil {
		return nil, err
	}
	return allOf(ctx, loadersOf(ctx).people, told)
}

func (r *alarmResolver) Answers(ctx context.Context, obj *safety.Alarm) ([]safety.Given, error) {
	return load(ctx, loadersOf(ctx).answers, obj.ID)
}

func (r *alarmResolver) EndedBy(ctx context.Context, obj *safety.Alarm) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.EndedBy)
}

func (r *alarmResolver) History(ctx context.Context, obj *safety.Alarm) ([]safety.Event, error) {
	return load(ctx, loadersOf(ctx).alarmEvents, obj.ID)
}

func (r *alarmResolver) Actions(ctx context.Context, obj *safety.Alarm) ([]safety.Action, error) {
	return obj.Actions(actor.From(ctx)), nil
}

func (r *alarmAnswerResolver) Person(ctx context.Context, obj *safety.Given) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.PersonID)
}

func (r *alarmEventResolver) By(ctx context.Context, obj *safety.Event) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.ByID)
}

func (r *mutationResolver) AnswerAlarm(ctx context.Context, input safety.AnswerInput) (*api.AlarmPayload, error) {
	return onAlarm(ctx, r.Resolver, safety.Answer, input)
}

func (r *mutationResolver) EndAlarm(ctx context.Context, input safety.EndInput) (*api.AlarmPayload, error) {
	return onAlarm(ctx, r.Resolver, safety.End, input)
}

func (r *queryResolver) TimerRules(ctx context.Context) ([]safety.TimerRule, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]safety.TimerRule, error) { return safety.TimerRules(ctx, tx) })
}

func (r *queryResolver) Alarms(ctx context.Context, region *string) ([]safety.Alarm, error) {
	return read(ctx, r.Resolver, safety.Open, orNone(region))
}

func (r *queryResolver) Alarm(ctx context.Context, id uuid.UUID) (*safety.Alarm, error) {
	return found(read(ctx, r.Resolver, safety.Get, id))
}

func (r *Resolver) Alarm() generated.AlarmResolver { return &alarmResolver{r} }

func (r *Resolver) AlarmAnswer() generated.AlarmAnswerResolver { return &alarmAnswerResolver{r} }

func (r *Resolver) AlarmEvent() generated.AlarmEventResolver { return &alarmEventResolver{r} }

type (
	alarmResolver       struct{ *Resolver }
	alarmAnswerResolver struct{ *Resolver }
	alarmEventResolver  struct{ *Resolver }
)
