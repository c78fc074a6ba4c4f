// Package measure says how well the work goes, by region, department, category and day: rates and times that are made of
// counts, each of which opens the cases behind it. Measures serve areas and departments. Nobody's work is ranked: no table
// here knows a person.
//
// What is counted is code (the bases), what is made of the counts is data (the measures). The figures follow the cases: a
// change puts the case into a queue, in its own transaction, and RollUp takes what the case added out of the sums and puts
// in what it adds now. Rebuild makes the same figures from nothing.
package measure

import (
	"maps"
	"slices"
)

//go:generate go run gridwork/cmd/counts

// Base names something that is counted.
type Base string

// Cohort is which day a count stands on: above and below the line of a ratio stand the same rounds, clues or looks.
type Cohort string

const (
	OfOpened    Cohort = "opened"    // rounds of cases, on the day when they began
	OfDue       Cohort = "due"       // rounds of cases, on the day when their disposal is due
	OfLooked    Cohort = "looked"    // random re-inspections, on the day when they were answered
	OfReported  Cohort = "reported"  // clues, on the day when they came in
	OfInspected Cohort = "inspected" // answered inspections, on the day when somebody was there
	OfVisited   Cohort = "visited"   // cells, premises and floors, over a whole period: no sum of days
)

// Counts are everything that is counted, of some region, department and category in some time.
type Counts struct {
	Sums

	Cells        int `db:"-"` // of the region, valid at the end of the period
	CellsVisited int `db:"-"` // of those, by somebody on the spot within the period

	Premises        int `db:"-"` // of the region
	PremisesVisited int `db:"-"` // of those, inspected within the period

	Floors        int `db:"-"` // above ground, of the region's buildings whose number of them is known
	FloorsVisited int `db:"-"` // of those, walked in an inspection within the period, each once
}

// Bases that are no sums of days: how many cells, premises and floors there are, and how many were visited.
const (
	Cells        Base = "cells"
	CellsVisited Base = "cells_visited"

	Premises        Base = "premises"
	PremisesVisited Base = "premises_visited"

	Floors        Base = "floors"
	FloorsVisited Base = "floors_visited"
)

// base is where a count stands and how it is read.
type base struct {
	cohort Cohort
	of     func(Counts) int
}

var bases = func() map[Base]base {
	all := map[Base]base{
		Cells:        {OfVisited, func(c Counts) int { return c.Cells }},
		CellsVisited: {OfVisited, func(c Counts) int { return c.CellsVisited }},

		Premises:        {OfVisited, func(c Counts) int { return c.Premises }},
		PremisesVisited: {OfVisited, func(c Counts) int { return c.PremisesVisited }},

		Floors:        {OfVisited, func(c Counts) int { return c.Floors }},
		FloorsVisited: {OfVisited, func(c Counts) int { return c.FloorsVisited }},
	}
	maps.Copy(all, summedBases)
	return all
}()

// Bases lists the names of all that is counted, in alphabetical order.
func Bases() []Base {
	all := make([]Base, 0, len(bases))
	for b := range bases {
		all = append(all, b)
	}
	slices.Sort(all)
	return all
}
