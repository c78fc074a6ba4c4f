package consignment

import (
	"context"
	"io"
	"maps"
	"slices"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/intake"
	"gridwork/domain/place"
	"gridwork/domain/staff"
	"gridwork/enum"
	"gridwork/geo"
	"gridwork/pg"
)

// Kind is what a file is taken in as.
type Kind string

// What files hold. Grants are a list of people once more: it grants what somebody else has asked for with it.
const (
	Addresses  Kind = "addresses"
	Premises   Kind = "premises"
	Components Kind = "components"
	Boundaries Kind = "boundaries"
	People     Kind = "people"
	Grants     Kind = staff.GrantsName
)

// Kinds are all of them, in the order in which they are offered.
var Kinds = []Kind{Addresses, Premises, Components, Boundaries, People, Grants}

func (k Kind) MarshalGQL(w io.Writer)     { enum.Marshal(w, k) }
func (k *Kind) UnmarshalGQL(in any) error { return enum.Unmarshal(k, in, Kinds) }

// rule is how a kind is taken in.
type rule struct {
	intake.Kind
	shapes bool // geometries of every kind are wanted, not points alone
	may    func(*actor.Actor) error
	begin  func(context.Context, *pg.Tx, intake.Import) (intake.Import, error)
	way    func(intake.Import, run, *cell.Atlas) intake.Way
}

var rules = map[Kind]rule{
	Addresses:  {Kind: place.Addresses, may: place.MayImport, begin: place.Begin, way: ofPlaces},
	Premises:   {Kind: place.PremisesOf, may: place.MayImport, begin: place.Begin, way: ofPlaces},
	Components: {Kind: place.Components, may: place.MayImport, begin: place.Begin, way: ofPlaces},
	Boundaries: {Kind: cell.Boundaries, shapes: true, may: cell.MaySurvey, begin: cell.BeginBoundaries, way: func(i intake.Import, r run, _ *cell.Atlas) intake.Way {
		return cell.Survey{Approval: r.Approval, Anyway: r.Anyway}.Taking(i)
	}},
	People: {Kind: staff.People, may: staff.MayList, begin: staff.BeginList, way: ofPeople(false)},
	Grants: {Kind: staff.People, may: staff.MayList, begin: staff.BeginList, way: ofPeople(true)},
}

func ofPlaces(i intake.Import, _ run, atlas *cell.Atlas) intake.Way { return place.Taking(i, atlas) }

// ofPeople keeps no newcomer's password: nobody knows it, and an administrator makes another one when somebody comes for it.
func ofPeople(grant bool) func(intake.Import, run, *cell.Atlas) intake.Way {
	return func(i intake.Import, _ run, _ *cell.Atlas) intake.Way {
		return (&staff.Listing{Grant: grant}).Taking(i)
	}
}

// Offer is a kind that the viewer may take files in as.
type Offer struct {
	Kind   Kind
	Fields []intake.Field
}

// Offers are the kinds that whoever asks may take files in as; none for most people.
func Offers(a *actor.Actor) (all []Offer) {
	for _, k := range Kinds {
		if a.IsPerson() && rules[k].may(a) == nil {
			all = append(all, Offer{k, rules[k].Fields})
		}
	}
	return all
}

// ruled is a kind's rule for somebody who may. Faults: NOT_ALLOWED.
func ruled(a *actor.Actor, k Kind) (rule, error) {
	r := rules[k]
	if !a.IsPerson() {
		return r, errNotAllowed
	}
	return r, r.may(a)
}

// Profile is how somebody's files are read, kept under a name.
type Profile struct {
	Name    string
	Columns []Column // by field
	Datum   geo.Datum
}

// Profiles are those that are kept for a kind, by name. Fault: NOT_ALLOWED.
func Profiles(ctx context.Context, tx *pg.Tx, k Kind) (all []Profile, err error) {
	r, err := ruled(tx.Actor, k)
	if err != nil {
		return nil, err
	}
	saved, err := r.Profiles(ctx, tx)
	for _, s := range saved {
		p := Profile{Name: s.Name, Datum: s.Datum, Columns: []Column{}}
		for _, field := range slices.Sorted(maps.Keys(s.Columns)) {
			p.Columns = append(p.Columns, Column{field, s.Columns[field]})
		}
		all = append(all, p)
	}
	return all, err
}

// mayBring says whether somebody may bring files at all: whoever may take in some kind.
func mayBring(a *actor.Actor) bool {
	return a.IsPerson() && slices.ContainsFunc(Kinds, func(k Kind) bool { return rules[k].may(a) == nil })
}
