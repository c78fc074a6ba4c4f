package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/domain/fieldwork"
	"gridwork/domain/identity"
	"gridwork/domain/media"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *conflictResolver) Person(ctx context.Context, obj *fieldwork.Conflict) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.PersonID)
}

func (r *conflictResolver) Street(ctx context.Context, obj *fieldwork.Conflict) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Street)
}

func (r *conflictResolver) Photos(ctx context.Context, obj *fieldwork.Conflict) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.ID)
}

func (r *conflictResolver) DecidedBy(ctx context.Context, obj *fieldwork.Conflict) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.DecidedBy)
}

func (r *heldOperationResolver) Person(ctx context.Context, obj *fieldwork.Held) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.PersonID)
}

func (r *heldOperationResolver) Photos(ctx context.Context, obj *fieldwork.Held) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.Operation)
}

func (r *heldOperationResolver) DecidedBy(ctx context.Context, obj *fieldwork.Held) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.DecidedBy)
}

func (r *mutationResolver) DecideConflict(ctx context.Context, input fieldwork.DecideConflictInput) (*api.DecideConflictPayload, error) {
	c, refusal, err := write(ctx, r.Resolver, fieldwork.DecideConflict, input)
	return &api.DecideConflictPayload{Conflict: c, Errors: refusal}, err
}

func (r *mutationResolver) DecideHeld(ctx context.Context, input fieldwork.DecideHeldInput) (*api.DecideHeldPayload, error) {
	h, refusal, err := write(ctx, r.Resolver, fieldwork.DecideHeld, input)
	return &api.DecideHeldPayload{Held: h, Errors: refusal}, err
}

func (r *queryResolver) Conflicts(ctx context.Context, first int, after *string) (*api.Connection[fieldwork.Conflict], error) {
	at, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(c fieldwork.Conflict) uuid.UUID { return c.ID }, func(tx *pg.Tx) ([]fieldwork.Conflict, bool, error) {
		return fieldwork.Conflicts(ctx, tx, at, first)
	})
}

func (r *queryResolver) Conflict(ctx context.Context, id uuid.UUID) (*fieldwork.Conflict, error) {
	return found(read(ctx, r.Resolver, fieldwork.ConflictByID, id))
}

func (r *queryResolver) Quarantine(ctx context.Context, first int, after *string) (*api.Connection[fieldwork.Held], error) {
	at, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(h fieldwork.Held) uuid.UUID { return h.Operation }, func(tx *pg.Tx) ([]fieldwork.Held, bool, error) {
		return fieldwork.Quarantine(ctx, tx, at, first)
	})
}

func (r *Resolver) Conflict() generated.ConflictResolver { return &conflictResolver{r} }

func (r *Resolver) HeldOperation() generated.HeldOperationResolver { return &heldOperationResolver{r} }

type (
	conflictResolver      struct{ *Resolver }
	heldOperationResolver struct{ *Resolver }
)
