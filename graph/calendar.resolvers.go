package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *calendarResolver) Days(ctx context.Context, obj *api.Calendar, from calendar.Date, to calendar.Date) ([]api.CalendarDay, error) {
	days, err := obj.Edition.Days(from, to)
	return api.DaysOf(days), err
}

func (r *calendarPreviewResolver) Shifts(ctx context.Context, obj *casework.CalendarPreview) ([]api.CalendarShift, error) {
	return api.ShiftsOf(obj.Shifts), nil
}

func (r *calendarShiftResolver) Street(ctx context.Context, obj *api.CalendarShift) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Street)
}

func (r *calendarShiftResolver) Department(ctx context.Context, obj *api.CalendarShift) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *calendarShiftGroupResolver) Department(ctx context.Context, obj *casework.ShiftGroup) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *deadlineResolver) Case(ctx context.Context, obj *casework.Deadline) (*casework.Case, error) {
	return maybe(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *deadlineResolver) Clue(ctx context.Context, obj *casework.Deadline) (*clue.Clue, error) {
	return maybe(ctx, loadersOf(ctx).clues, obj.ClueID)
}

func (r *deadlineResolver) Explanation(ctx context.Context, obj *casework.Deadline) (*api.Explanation, error) {
	return api.Explain(obj.Face)
}

func (r *mutationResolver) PreviewCalendar(ctx context.Context, input calendar.Edit) (*api.PreviewCalendarPayload, error) {
	preview, refusal, err := told(read(ctx, r.Resolver, casework.PreviewCalendar, input))
	return &api.PreviewCalendarPayload{Preview: preview, Errors: refusal}, err
}

func (r *mutationResolver) PublishCalendar(ctx context.Context, input calendar.Edit) (*api.PublishCalendarPayload, error) {
	begun, refusal, err := write(ctx, r.Resolver, casework.PublishCalendar, input)
	return &api.PublishCalendarPayload{Rederivation: begun, Errors: refusal}, err
}

func (r *publishCalendarPayloadResolver) Calendar(ctx context.Context, obj *api.PublishCalendarPayload) (*api.Calendar, error) {
	if obj.Rederivation == nil {
		return nil, nil
	}
	return r.calendar(ctx, &obj.Rederivation.ToVersion)
}

func (r *queryResolver) Deadline(ctx context.Context, id uuid.UUID) (*casework.Deadline, error) {
	return found(read(ctx, r.Resolver, casework.DeadlineByID, id))
}

func (r *queryResolver) Calendar(ctx context.Context, version *int) (*api.Calendar, error) {
	return r.calendar(ctx, version)
}

func (r *queryResolver) Rederivation(ctx context.Context, id uuid.UUID) (*casework.Rederivation, error) {
	return found(read(ctx, r.Resolver, casework.RederivationByID, id))
}

func (r *queryResolver) Rederivations(ctx context.Context, first int, after *string) (*api.Connection[casework.Rederivation], error) {
	place, err := api.Turn[casework.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, casework.Rederivation.Place, func(tx *pg.Tx) ([]casework.Rederivation, bool, error) {
		return casework.Rederivations(ctx, tx, casework.Page{After: place, First: first})
	})
}

func (r *Resolver) Calendar() generated.CalendarResolver { return &calendarResolver{r} }

func (r *Resolver) CalendarPreview() generated.CalendarPreviewResolver {
	return &calendarPreviewResolver{r}
}

func (r *Resolver) CalendarShift() generated.CalendarShiftResolver { return &calendarShiftResolver{r} }

func (r *Resolver) CalendarShiftGroup() generated.CalendarShiftGroupResolver {
	return &calendarShiftGroupResolver{r}
}

func (r *Resolver) Deadline() generated.DeadlineResolver { return &deadlineResolver{r} }

func (r *Resolver) PublishCalendarPayload() generated.PublishCalendarPayloadResolver {
	return &publishCalendarPayloadResolver{r}
}

type (
	calendarResolver               struct{ *Resolver }
	calendarPreviewResolver        struct{ *Resolver }
	calendarShiftResolver          struct{ *Resolver }
	calendarShiftGroupResolver     struct{ *Resolver }
	deadlineResolver               struct{ *Resolver }
	publishCalendarPayloadResolver struct{ *Resolver }
)
