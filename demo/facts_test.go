package demo

import (
	"time"

	"gridwork/domain/identity"
	"gridwork/domain/routing"
	"gridwork/domain/standard"
)

// noon is a working day's, by the city's clocks.
var noon = time.Date(2026, 3, 11, 12, 0, 0, 0, identity.City)

// meant are the facts that a rule seems to be written for, as far as the filing allows.
func meant(r routing.Rule, f standard.Filing) routing.Facts {
	facts := routing.Facts{Category: f.Category, Urgent: f.Urgent, Cell: "440303001001001", Source: "clue", At: noon}
	if list := r.Conditions.Regions; len(list) > 0 {
		facts.Cell = list[0]
	}
	if list := r.Conditions.PlaceKinds; len(list) > 0 {
		facts.PlaceKind = list[0]
	}
	if list := r.Conditions.Sources; len(list) > 0 {
		facts.Source = list[0]
	}
	if r.Conditions.Hours != nil {
		facts.At = time.Date(2026, 3, 11, r.Conditions.Hours.From, 30, 0, 0, identity.City)
	}
	return facts
}
