package actor

import "slices"

// cityDigits is how many digits of a division code name a city.
const cityDigits = 4

// Citywide reports whether some grant gives the permission over the whole city: for what belongs to no region, such as a
// ladder or the quiet rule.
func (a *Actor) Citywide(p Permission) bool {
	return slices.ContainsFunc(a.Scope(p).Regions, func(region string) bool { return len(region) <= cityDigits })
}
