package place

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

const (
	searchMost = 100 // characters of a query
	firstMost  = 50
	nearMost   = 1000 // metres
	rankedMost = 2000
	codeDigits = 25
	codeLeast  = 6 // digits that look like the beginning of a code
)

// Search asks for places by what somebody remembers of them.
type Search struct {
	Text  string     // characters, pinyin, initials, or the beginning of a code
	Near  *geo.Point // the nearest come first; nil: the shortest
	First int        // how many, 1 to 50
}

// Nearby asks for what is around a point.
type Nearby struct {
	Point  geo.Point
	Metres float64 // 1 to 1 000
	First  int     // how many, 1 to 50
}

// Find finds addresses of the viewer's regions: by 科苑路15号, keyuanlu15, kyl15 or the beginning of a code, also by an
// alias. Names of districts, streets and communities before them narrow nothing and may stay. Of what fits, the 2 000 first
// that are met are ranked.
//
// Faults: SEARCH_TOO_SHORT and TEXT_TOO_LONG at "text", PAGE_SIZE_OUT_OF_RANGE at "first".
func Find(ctx context.Context, tx *pg.Tx, s Search) ([]Address, error) {
	text, err := s.tail(ctx, tx)
	if err != nil {
		return nil, err
	}
	reach := tx.Actor.Scope(actor.ReadPlace)
	if digits(text) && len(text) >= codeLeast {
		return pg.All[Address](ctx, tx, byCodeSQL, reach.Regions, reach.Departments, text, s.First)
	}
	looked, err := wanted(text)
	if err != nil {
		return nil, err
	}
	return pg.All[Address](ctx, tx, findSQL, reach.Regions, reach.Departments, looked, s.First, s.Near, rankedMost)
}

// FindPremises finds premises of the viewer's regions by their name, as Find does.
func FindPremises(ctx context.Context, tx *pg.Tx, s Search) ([]Premises, error) {
	text, err := s.tail(ctx, tx)
	if err != nil {
		return nil, err
	}
	looked, err := wanted(text)
	if err != nil {
		return nil, err
	}
	reach := tx.Actor.Scope(actor.ReadPlace)
	return pg.All[Premises](ctx, tx, findPremisesSQL, reach.Regions, reach.Departments, looked, s.First, s.Near, rankedMost)
}

// tail is the query without the regions that it begins with.
func (s Search) tail(ctx context.Context, tx *pg.Tx) (string, error) {
	if err := pageSize(s.First); err != nil {
		return "", err
	}
	text := strings.TrimSpace(s.Text)
	if len([]rune(text)) > searchMost {
		return "", fault.Invalid(CodeTooLong, "a query has %d characters at most", searchMost).At("text")
	}
	if !hasHan(text) {
		return text, nil
	}
	names, err := pg.Vals[string](ctx, tx, namesInSQL, text)
	if err != nil {
		return "", err
	}
	return tailOf(text, names), nil
}

// tailOf takes the names of regions off the beginning of an address, the larger ones first. What is only such a name is
// left as it is.
func tailOf(text string, regions []string) string {
	tail := text
	for _, name := range regions {
		tail = strings.TrimPrefix(tail, name)
	}
	if tail == "" {
		return text
	}
	return tail
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func pageSize(first int) error {
	if first < 1 || first > firstMost {
		return fault.Invalid(CodePage, "1 to %d at a time", firstMost).At("first")
	}
	return nil
}

// Nearest are the buildings nearest to a point in the viewer's regions.
//
// Faults: those of the point; DISTANCE_OUT_OF_RANGE at "metres", PAGE_SIZE_OUT_OF_RANGE at "first".
func Nearest(ctx context.Context, tx *pg.Tx, n Nearby) ([]Address, error) {
	if err := n.Point.Check(); err != nil {
		return nil, fault.Under("point", err)
	}
	if !(n.Metres >= 1 && n.Metres <= nearMost) {
		return nil, fault.Invalid(CodeDistance, "1 to %d metres", nearMost).At("metres")
	}
	if err := pageSize(n.First); err != nil {
		return nil, err
	}
	box, reach := geo.Around(n.Point, n.Metres), tx.Actor.Scope(actor.ReadPlace)
	found, err := pg.All[Address](ctx, tx, nearestSQL, reach.Regions, reach.Departments, n.Point, box.West, box.South, box.East, box.North, n.First)
	return slices.DeleteFunc(found, func(a Address) bool { return geo.Distance(a.Point, n.Point) > n.Metres }), err
}

// Resolve finds the address of a code or an alias that stands for one alone: ADDRESS_UNKNOWN where there is none in the viewer's
// regions.
func Resolve(ctx context.Context, tx *pg.Tx, code string) (Address, error) {
	reach := tx.Actor.Scope(actor.ReadPlace)
	found, err := pg.One[Address](ctx, tx, resolveSQL, reach.Regions, reach.Departments, strings.TrimSpace(code))
	if errors.Is(err, pgx.ErrNoRows) {
		return Address{}, fault.NotFound(CodeUnknown, "no such address")
	}
	return found, err
}

// PremisesAt are the premises at each of the addresses, by its code.
func PremisesAt(ctx context.Context, tx *pg.Tx, addresses []string) (map[string][]Premises, error) {
	reach := tx.Actor.Scope(actor.ReadPlace)
	all, err := pg.All[Premises](ctx, tx, premisesAtSQL, reach.Regions, reach.Departments, addresses)
	found := make(map[string][]Premises, len(addresses))
	for _, p := range all {
		found[*p.Address] = append(found[*p.Address], p)
	}
	return found, err
}

// PremisesByCode finds premises in the viewer's regions by their codes, ordered by code.
func PremisesByCode(ctx context.Context, tx *pg.Tx, codes []string) ([]Premises, error) {
	reach := tx.Actor.Scope(actor.ReadPlace)
	return pg.All[Premises](ctx, tx, premisesByCodeSQL, reach.Regions, reach.Departments, codes)
}

// UnitsOf are the units in each of the buildings, by its code.
func UnitsOf(ctx context.Context, tx *pg.Tx, buildings []string) (map[string][]Address, error) {
	reach := tx.Actor.Scope(actor.ReadPlace)
	all, err := pg.All[Address](ctx, tx, unitsSQL, reach.Regions, reach.Departments, buildings)
	found := make(map[string][]Address, len(buildings))
	for _, a := range all {
		found[*a.Building] = append(found[*a.Building], a)
	}
	return found, err
}
