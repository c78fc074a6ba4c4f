package graph

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/graph/api"
)

// standsToPhoto reports whether the viewer judges by a photo: stands so to what it belongs to, and did not take it. How an operation that waits
// for a decision is judged nobody has said yet.
func (r *Resolver) standsToPhoto(ctx context.Context, a *actor.Actor, p *media.Photo, allowed api.Viewer) (bool, error) {
	of, err := maybe(ctx, loadersOf(ctx).pictured, p.SubjectID)
	if err != nil || of == nil || took(a, of) {
		return false, err
	}
	if inStreet(a, of.Street)&allowed != 0 {
		return true, nil
	}
	if of.Clue != nil && allowed&api.GridWorker != 0 {
		tasks, err := load(ctx, loadersOf(ctx).verifications, *of.Clue)
		if err != nil || slices.ContainsFunc(tasks, func(t clue.VerifyTask) bool { return t.AssigneeID != nil && *t.AssigneeID == a.ID }) {
			return err == nil, err
		}
	}
	for _, behind := range of.Cases {
		if stands, err := r.standsBehind(ctx, a, behind, allowed); stands || err != nil {
			return stands, err
		}
	}
	return false, nil
}

// took reports whether the viewer took the photos.
func took(a *actor.Actor, of *casework.Pictured) bool {
	return of.Taker != nil && *of.Taker == a.ID || len(of.Mark) > 0 && slices.Equal(of.Mark, a.Mark)
}

// usedBefore tells of a picture's first use as much as the viewer may know. A report and the work of the staff are never put beside each other,
// whichever was first: whoever took the one would be thought to have sent the other.
func (r *Resolver) usedBefore(ctx context.Context, e *media.Evidence) (*api.PhotoUse, error) {
	if e.Earlier == nil {
		return nil, nil
	}
	now, err := r.picturedIn(ctx, e.PhotoID)
	if err != nil {
		return nil, err
	}
	first, err := r.picturedIn(ctx, *e.Earlier)
	if err != nil || now == nil || first == nil || now.Reported() != first.Reported() {
		return &api.PhotoUse{}, err
	}
	use := &api.PhotoUse{}
	if use.Clue, err = maybe(ctx, loadersOf(ctx).clues, first.Clue); err != nil || len(first.Cases) == 0 {
		return use, err
	}
	use.Case, err = load(ctx, loadersOf(ctx).cases, first.Cases[0])
	return use, err
}

// picturedIn is what a photo belongs to.
func (r *Resolver) picturedIn(ctx context.Context, id uuid.UUID) (*casework.Pictured, error) {
	p, err := load(ctx, loadersOf(ctx).photo, id)
	if err != nil || p == nil {
		return nil, err
	}
	return maybe(ctx, loadersOf(ctx).pictured, p.SubjectID)
}
