package actor

import "slices"

// Scope is the part of the city that a permission reaches, ready to be bound to a query:
// two parallel lists, the i-th region prefix with the i-th department ("" = any).
type Scope struct {
	Regions     []string
	Departments []string
}

// InScope is the predicate that every query of scoped rows includes. The row carries its street and
// department (null or absent before one is assigned) under the alias "scoped"; $1 and $2 are Scope's lists.
const InScope = ` exists (select from unnest($1::text[], $2::text[]) as reach(region, department)
	where scoped.street ^@ reach.region and reach.department in ('', scoped.department)) `

// InRegion is InScope for rows that belong to no department.
const InRegion = ` exists (select from unnest($1::text[], $2::text[]) as reach(region, department)
	where scoped.street ^@ reach.region and reach.department = '') `

// InReach is InRegion for rows that every department of the region may see.
const InReach = ` exists (select from unnest($1::text[], $2::text[]) as reach(region, department) where scoped.street ^@ reach.region) `

// Everywhere is the scope of the platform itself.
var Everywhere = Scope{Regions: []string{""}, Departments: []string{""}}

// Scope collects the grants that give the permission. No grant gives an empty scope, which no row matches.
func (a *Actor) Scope(p Permission) Scope {
	if a.System != "" {
		return Everywhere
	}
	s := Scope{Regions: []string{}, Departments: []string{}}
	for _, g := range a.Grants {
		if slices.Contains(holders[p], g.Role) {
			s.Regions = append(s.Regions, g.Region)
			s.Departments = append(s.Departments, g.Department)
		}
	}
	return s
}
