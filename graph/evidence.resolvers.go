package graph

import (
	"context"

	"gridwork/domain/media"
	"gridwork/graph/api"
	"gridwork/graph/generated"
)

func (r *photoEvidenceResolver) UsedBefore(ctx context.Context, obj *media.Evidence) (*api.PhotoUse, error) {
	return r.usedBefore(ctx, obj)
}

func (r *Resolver) PhotoEvidence() generated.PhotoEvidenceResolver { return &photoEvidenceResolver{r} }

type photoEvidenceResolver struct{ *Resolver }
