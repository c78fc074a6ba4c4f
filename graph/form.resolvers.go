package graph

import (
	"context"

	"gridwork/domain/xlsform"
	"gridwork/graph/api"
)

func (r *mutationResolver) ImportChecklist(ctx context.Context, input api.ImportChecklistInput) (*api.ImportChecklistPayload, error) {
	form, err := input.Import()
	if err != nil {
		return onForm(told(xlsform.Taken{}, err))
	}
	return onForm(write(ctx, r.Resolver, xlsform.Take, form))
}
