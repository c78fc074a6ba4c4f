// Package measure says how well the work goes, by region, department, category and day: rates and times that are made of
// counts, each of which opens the cases behind it. Measures serve areas and departments. Nobody's work is ranked: no table
// here knows a person.
//
// What is counted is code (the bases), what is made of the counts is data (the measures). The figures follow the cases: a
// change puts the case into a queue, in its own transaction, and RollUp takes what the case added out of the sums and puts
// in what it adds now. Rebuild makes the same figures from nothing.
package measure

import "slices"

// Base names something that is counted.
type Base string

// Cohort is which day a count stands on: above and below the line of a ratio stand the same rounds, clues or looks.
type Cohort string

const (
	OfOpened   Cohort = "opened"   // rounds of cases, on the day when they began
	OfDue      Cohort = "due"      // rounds of cases, on the day when their disposal is due
	OfLooked   Cohort = "looked"   // random re-inspections, on the day when they were answered
	OfReported Cohort = "reported" // clues, on the day when they came in
	OfVisited  Cohort = "visited"  // cells, over a whole period: no sum of days
)

// Counts are the sums of everything that is counted, of some region, department and category in some time.
type Counts struct {
	Filed            int `db:"filed"`    // cases filed
	Reopened         int `db:"reopened"` // rounds that a reopening began
	Voided           int `db:"voided"`
	Forced           int `db:"forced"`           // closed by force
	Dispatched       int `db:"dispatched"`       // sendings to a department, reworks not counted
	DispatchedRight  int `db:"dispatched_right"` // of those, neither taken back nor rightly returned
	ReturnsAsked     int `db:"returns_asked"`
	ReturnsUpheld    int `db:"returns_upheld"`
	Disposals        int `db:"disposals"` // reported
	Checks           int `db:"checks"`    // decided
	ChecksPassed     int `db:"checks_passed"`
	Reworks          int `db:"reworks"`          // failed checks 返工
	Due              int `db:"due"`              // rounds whose disposal is due, voided ones apart
	Deferred         int `db:"deferred"`         // of those, suspended now
	Closed           int `db:"closed"`           // of those, closed by a check that still holds
	ClosedOnTime     int `db:"closed_on_time"`   // of those, each disposal within its limit or exempted
	Exempted         int `db:"exempted"`         // of those, on time by a granted appeal only
	Looked           int `db:"looked"`           // random re-inspections answered with fixed or not fixed
	Unfixed          int `db:"unfixed"`          // of those, not fixed
	Missed           int `db:"missed"`           // of those looked at, something else stood there that nobody had reported
	Disputes         int `db:"disputes"`         // rounds of disputes that a check closed
	DisputesSentUp   int `db:"disputes_sent_up"` // of those, sent to the court or the district
	Reports          int `db:"reports"`          // clues
	ReportsFiled     int `db:"reports_filed"`    // filed or merged
	Rated            int `db:"rated"`            // ratings of outcomes
	Satisfied        int `db:"satisfied"`        // of those, 4 or 5 of 5
	HotlineReports   int `db:"hotline_reports"`  // what callers said
	HotlineAnswered  int `db:"hotline_answered"` // decided within the limit
	HotlineResolved  int `db:"hotline_resolved"` // put right on the spot, or the case is closed
	HotlineRated     int `db:"hotline_rated"`
	HotlineSatisfied int `db:"hotline_satisfied"`

	Cells        int `db:"-"` // of the region, valid at the end of the period
	CellsVisited int `db:"-"` // of those, by an inspection within the period
}

// Bases of the counts that cells are not part of sums for: how many there are, and how many were visited.
const (
	Cells        Base = "cells"
	CellsVisited Base = "cells_visited"
)

// base is where a count stands and how it is read.
type base struct {
	cohort Cohort
	of     func(Counts) int
}

var bases = map[Base]base{
	"filed":             {OfOpened, func(c Counts) int { return c.Filed }},
	"reopened":          {OfOpened, func(c Counts) int { return c.Reopened }},
	"voided":            {OfOpened, func(c Counts) int { return c.Voided }},
	"forced":            {OfOpened, func(c Counts) int { return c.Forced }},
	"dispatched":        {OfOpened, func(c Counts) int { return c.Dispatched }},
	"dispatched_right":  {OfOpened, func(c Counts) int { return c.DispatchedRight }},
	"returns_asked":     {OfOpened, func(c Counts) int { return c.ReturnsAsked }},
	"returns_upheld":    {OfOpened, func(c Counts) int { return c.ReturnsUpheld }},
	"disposals":         {OfOpened, func(c Counts) int { return c.Disposals }},
	"checks":            {OfOpened, func(c Counts) int { return c.Checks }},
	"checks_passed":     {OfOpened, func(c Counts) int { return c.ChecksPassed }},
	"reworks":           {OfOpened, func(c Counts) int { return c.Reworks }},
	"due":               {OfDue, func(c Counts) int { return c.Due }},
	"deferred":          {OfDue, func(c Counts) int { return c.Deferred }},
	"closed":            {OfDue, func(c Counts) int { return c.Closed }},
	"closed_on_time":    {OfDue, func(c Counts) int { return c.ClosedOnTime }},
	"exempted":          {OfDue, func(c Counts) int { return c.Exempted }},
	"looked":            {OfLooked, func(c Counts) int { return c.Looked }},
	"unfixed":           {OfLooked, func(c Counts) int { return c.Unfixed }},
	"missed":            {OfLooked, func(c Counts) int { return c.Missed }},
	"disputes":          {OfOpened, func(c Counts) int { return c.Disputes }},
	"disputes_sent_up":  {OfOpened, func(c Counts) int { return c.DisputesSentUp }},
	"reports":           {OfReported, func(c Counts) int { return c.Reports }},
	"reports_filed":     {OfReported, func(c Counts) int { return c.ReportsFiled }},
	"rated":             {OfReported, func(c Counts) int { return c.Rated }},
	"satisfied":         {OfReported, func(c Counts) int { return c.Satisfied }},
	"hotline_reports":   {OfReported, func(c Counts) int { return c.HotlineReports }},
	"hotline_answered":  {OfReported, func(c Counts) int { return c.HotlineAnswered }},
	"hotline_resolved":  {OfReported, func(c Counts) int { return c.HotlineResolved }},
	"hotline_rated":     {OfReported, func(c Counts) int { return c.HotlineRated }},
	"hotline_satisfied": {OfReported, func(c Counts) int { return c.HotlineSatisfied }},
	Cells:               {OfVisited, func(c Counts) int { return c.Cells }},
	CellsVisited:        {OfVisited, func(c Counts) int { return c.CellsVisited }},
}

// Bases lists the names of all that is counted, in alphabetical order.
func Bases() []Base {
	all := make([]Base, 0, len(bases))
	for b := range bases {
		all = append(all, b)
	}
	slices.Sort(all)
	return all
}
