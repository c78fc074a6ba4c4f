package api

import (
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
)

// RederivationConnection is a page of rederivations.
type RederivationConnection = Connection[casework.Rederivation]

// Calendar is a version as the API tells it.
type Calendar struct {
	Version     int
	PublishedAt time.Time
	calendar.Rules
	Edition calendar.Edition
}

// CalendarOf is an edition as the API tells it.
func CalendarOf(e calendar.Edition) *Calendar {
	return &Calendar{Version: e.Version(), PublishedAt: e.PublishedAt, Rules: e.Rules(), Edition: e}
}

// CalendarDay is a date as the calendar has it.
type CalendarDay struct {
	Date     calendar.Date
	Reason   calendar.Reason
	Name     *string
	Openings []calendar.Opening
}

// DaysOf are dates as the API tells them.
func DaysOf(days []calendar.Day) []CalendarDay {
	said := make([]CalendarDay, len(days))
	for i, d := range days {
		said[i] = CalendarDay{d.Date, d.Reason, unless(d.Name), d.Openings}
	}
	return said
}

// CalendarShift is a clock that would move.
type CalendarShift struct {
	Clock                  uuid.UUID
	CaseNumber, ClueNumber *int64
	Street                 string
	Stage                  escalation.Stage
	Department             *string
	DueAt, MovesTo         time.Time
}

// ShiftsOf are shifts as the API tells them.
func ShiftsOf(shifts []casework.Shift) []CalendarShift {
	said := make([]CalendarShift, len(shifts))
	for i, s := range shifts {
		said[i] = CalendarShift{s.ClockID, unless(s.CaseNumber), unless(s.ClueNumber), s.Street, s.Stage, s.Department, s.DueAt, s.MovesTo}
	}
	return said
}

// PreviewCalendarPayload is what a preview gives.
type PreviewCalendarPayload struct {
	Preview *casework.CalendarPreview
	Errors  []UserError
}

// PublishCalendarPayload is what a publication gives.
type PublishCalendarPayload struct {
	Rederivation *casework.Rederivation
	Errors       []UserError
}
