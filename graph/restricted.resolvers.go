package graph

import (
	"context"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/identity"
	"gridwork/graph/api"
)

func (r *caseResolver) Readers(ctx context.Context, obj *casework.Case) ([]identity.Person, error) {
	ids, err := load(ctx, loadersOf(ctx).readers, obj.ID)
	people := []identity.Person{}
	for i := 0; i < len(ids) && err == nil; i++ {
		var p *identity.Person
		if p, err = load(ctx, loadersOf(ctx).people, ids[i]); p != nil {
			people = append(people, *p)
		}
	}
	return people, err
}

func (r *mutationResolver) RestrictClue(ctx context.Context, input clue.Target) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.Restrict, input)
}

func (r *mutationResolver) NameReaders(ctx context.Context, input casework.NameReadersInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.NameReaders, input)
}

func (r *mutationResolver) RemoveReader(ctx context.Context, input casework.RemoveReaderInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.RemoveReader, input)
}
