package graph

import (
	"context"

	"gridwork/domain/casework"
	"gridwork/graph/api"
)

func (r *mutationResolver) RedactPhoto(ctx context.Context, input casework.RedactPhotoInput) (*api.PhotoPayload, error) {
	p, refusal, err := write(ctx, r.Resolver, casework.RedactPhoto, input)
	if err != nil {
		return nil, err
	}
	return &api.PhotoPayload{Photo: p, Errors: refusal}, nil
}
