package graph

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/sampling"
	"gridwork/graph/api"
	"gridwork/pg"
)

// shownClues is how many of the clues behind a case are shown: a burst hydrant has hundreds.
const shownClues = 50

func placeOfTask(t clue.VerifyTask) clue.Place { return clue.Place{At: t.AskedAt, ID: t.ID} }

func placeOfCheck(t casework.CheckTask) casework.Place {
	return casework.Place{At: t.AskedAt, ID: t.ID}
}

func placeOfInspection(t inspection.Task) inspection.Place {
	return inspection.Place{DueAt: t.DueAt, ID: t.ID}
}

func idOfReinspection(r sampling.Reinspection) uuid.UUID { return r.ID }

// found is an answer, or none.
func found[T any](v T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return &v, nil
}

// kin are the cells that a cell's ground was taken from, or given to.
func kin(ctx context.Context, of *many[string, string], code string) ([]cell.Cell, error) {
	codes, err := load(ctx, of, code)
	if err != nil {
		return nil, err
	}
	return allOf(ctx, loadersOf(ctx).cells, codes)
}

// keep is the part of a list that is wanted, and never null.
func keep[T any](list []T, wanted func(T) bool) []T {
	kept := []T{}
	for _, v := range list {
		if wanted(v) {
			kept = append(kept, v)
		}
	}
	return kept
}

func sum[T any](list []T, of func(T) int) (total int) {
	for _, v := range list {
		total += of(v)
	}
	return total
}

// orNone is what was given, or the zero that stands for "not given".
func orNone[T any](given *T) (v T) {
	if given != nil {
		v = *given
	}
	return v
}

// calendar is a version of the working calendar, or the newest.
func (r *Resolver) calendar(ctx context.Context, version *int) (*api.Calendar, error) {
	e, err := read(ctx, r, calendar.EditionOf, version)
	if err != nil {
		return nil, err
	}
	return api.CalendarOf(e), nil
}

// changedClue is the payload of an action that answers with something else than the clue.
func (r *Resolver) changedClue(ctx context.Context, id uuid.UUID) (*api.CluePayload, error) {
	c, err := load(ctx, loadersOf(ctx).clues, id)
	return &api.CluePayload{Clue: c, Errors: []api.UserError{}}, err
}

func onMessage(ctx context.Context, r *Resolver, do verb[uuid.UUID, notify.Message], id uuid.UUID) (*api.MessagePayload, error) {
	m, refusal, err := write(ctx, r, do, id)
	if err != nil {
		return nil, err
	}
	return &api.MessagePayload{Message: m, Errors: refusal}, nil
}

func (r *Resolver) photoURL(p *media.Photo, v media.Variant) *string {
	if p.State != media.StateReady {
		return nil
	}
	url := r.PhotoURL(*p, v)
	return &url
}

func (r *Resolver) contest(ctx context.Context, tx *pg.Tx, in casework.ContestInput) (clue.Clue, error) {
	return casework.Contest(ctx, tx, r.Intake.Keys, in)
}

func (r *Resolver) rate(ctx context.Context, tx *pg.Tx, in casework.RateInput) (clue.Clue, error) {
	return casework.Rate(ctx, tx, r.Intake.Keys, in)
}

func (r *Resolver) trackByClaim(ctx context.Context, tx *pg.Tx, code string) (*api.TrackedClue, error) {
	p, err := clue.Track(ctx, tx, r.Intake.Keys, code)
	if err != nil {
		return nil, err
	}
	told, err := reporterViews(ctx, tx, map[uuid.UUID]clue.Progress{p.Clue: p})
	t := told[p.Clue]
	return &t, err
}

// track is the reporter's view of a clue whose reporter has proved to be one.
func track(ctx context.Context, tx *pg.Tx, id uuid.UUID) (*api.TrackedClue, error) {
	told, err := tracked(ctx, tx, []uuid.UUID{id})
	t := told[id]
	return &t, err
}

// tracked are the views of many clues, by clue.
func tracked(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID]api.TrackedClue, error) {
	progress, err := clue.ProgressOf(ctx, tx, clues)
	if err != nil {
		return nil, err
	}
	return reporterViews(ctx, tx, progress)
}

// reporterViews add to how far clues are what their reporters may say to the outcome, and have said.
func reporterViews(ctx context.Context, tx *pg.Tx, progress map[uuid.UUID]clue.Progress) (map[uuid.UUID]api.TrackedClue, error) {
	ratings, err := casework.RatingsByClue(ctx, tx, slices.Collect(maps.Keys(progress)))
	told := make(map[uuid.UUID]api.TrackedClue, len(progress))
	for id, p := range progress {
		t := api.TrackedClue{Progress: p, ReopenUntil: casework.ContestableUntil(p, tx.Now)}
		t.RatableUntil = t.ReopenUntil
		if r, rated := ratings[id]; rated {
			t.Rating = &r
		}
		told[id] = t
	}
	return told, err
}

// routed is a round's trace with the names that its rules had then.
func routed(ctx context.Context, round casework.Round) (*api.Routing, error) {
	why := &api.Routing{RuleSet: round.RuleSetVersion, Tried: make([]api.TriedRule, len(round.Trace))}
	if round.RuleSetVersion == nil {
		return why, nil
	}
	names, err := load(ctx, loadersOf(ctx).ruleNames, *round.RuleSetVersion)
	for i, tried := range round.Trace {
		told := api.TriedRule{Rule: tried.Rule, Matched: tried.Failed == ""}
		for _, n := range names {
			if n.Code == tried.Rule {
				told.NameZh, told.NameEn = n.NameZH, n.NameEN
			}
		}
		if told.Matched {
			why.Rule = &told.Rule
		} else {
			failed := string(tried.Failed)
			told.Failed, told.Was = &failed, &tried.Was
		}
		why.Tried[i] = told
	}
	return why, err
}
