package cell

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/google/uuid"

	"gridwork/enum"
	"gridwork/geo"
	"gridwork/pg"
)

// Work is what lies in a cell and goes with it when the cell ends: places, and work that is not over.
type Work string

const (
	Addresses         Work = "address"           // buildings and units of the address spine
	PremisesLanded    Work = "premises"          // 场所
	Components        Work = "component"         // 部件
	Clues             Work = "clue"              // that no decision was taken on
	Verifications     Work = "verification"      // 核实 that is not answered
	Cases             Work = "case"              // that are not over
	Checks            Work = "check"             // 核查 that is not decided
	Reinspections     Work = "reinspection"      // 抽查 that is not answered
	Inspections       Work = "inspection"        // open tasks
	InspectionsMerged Work = "inspection_merged" // open tasks whose cell becomes one with another that has a task in the same campaign
	InspectionsAdded  Work = "inspection_added"  // tasks that are made because a cell with an open one is parted
)

// Works lists them all, in the order in which they are moved: places before the work in them.
var Works = []Work{Addresses, PremisesLanded, Components, Clues, Verifications, Cases, Checks, Reinspections,
	Inspections, InspectionsMerged, InspectionsAdded}

func (w Work) MarshalGQL(out io.Writer)   { enum.Marshal(out, w) }
func (w *Work) UnmarshalGQL(in any) error { return enum.Unmarshal(w, in, Works) }

// Moving is how much of one kind goes from ended cells to one that begins.
type Moving struct {
	Work  Work   `db:"work"`
	Cell  string `db:"cell"` // that it goes to
	Count int    `db:"count"`
}

// Heirs is what somebody who moves work has to know of a change, ready to be bound to a query: the cells that begin with
// their shapes and the ended cell that each goes on from, and the ended cells with their heirs.
type Heirs struct {
	Begun   []string
	Shapes  []geo.Polygon
	Follows []string
	Ended   []string
	Heir    []string
}

// NewHome is the cell that work which lay in an ended one goes to. The row has its cell and its point (null where it has
// none) under the alias "work"; $1 to $4 are what Heirs.Bind binds.
//
// It is the begun cell that covers the point, the one with the smallest code of several, as when anything lands; else,
// where the point lies in none of them, the nearest; and without a point the heir of the ended cell. So nothing leaves
// the ground that it was on.
const NewHome = ` coalesce(
	(select begun.code from unnest($1::text[], $2::geometry[]) as begun(code, shape)
		where st_covers(begun.shape, work.point) order by begun.code limit 1),
	(select begun.code from unnest($1::text[], $2::geometry[]) as begun(code, shape)
		where work.point is not null order by st_distance(begun.shape::geography, work.point::geography), begun.code limit 1),
	(select ended.heir from unnest($3::text[], $4::text[]) as ended(code, heir) where ended.code = work.cell)) `

// Bind puts the parameters of NewHome before a query's own, which begin at $5.
func (h Heirs) Bind(args ...any) []any {
	return append([]any{h.Begun, h.Shapes, h.Ended, h.Heir}, args...)
}

// Street is the street that everything of the change lies in.
func (h Heirs) Street() string { return h.Ended[0][:9] }

// Heirs is what those who move work have to know of the change.
func (p Plan) Heirs() Heirs {
	ends, begins := p.codes()
	h := Heirs{Begun: begins, Shapes: p.shapes(), Ended: ends}
	for _, b := range p.Begins {
		h.Follows = append(h.Follows, b.Follows[0])
	}
	for _, code := range ends {
		h.Heir = append(h.Heir, p.Heir(code))
	}
	return h
}

// HeirsOf is the same of a change that has been stored.
func HeirsOf(ctx context.Context, tx *pg.Tx, ends, begins []string) (Heirs, error) {
	h := Heirs{Ended: ends}
	cells, err := pg.All[begunCell](ctx, tx, begunSQL, begins)
	if err != nil {
		return Heirs{}, err
	}
	for _, c := range cells {
		h.Begun, h.Shapes, h.Follows = append(h.Begun, c.Code), append(h.Shapes, c.Shape), append(h.Follows, c.Follows)
	}
	shares, err := pg.All[Share](ctx, tx, successionsSQL, ends)
	if err != nil {
		return Heirs{}, err
	}
	p := Plan{Shares: shares}
	for _, code := range ends {
		h.Heir = append(h.Heir, p.Heir(code))
	}
	return h, nil
}

type begunCell struct {
	Code    string      `db:"code"`
	Shape   geo.Polygon `db:"shape"`
	Follows string      `db:"follows"`
}

const begunSQL = `select code, shape, follows[1] as follows from cells where code = any($1) order by code`

// Rehomed is one piece of work that was moved.
type Rehomed struct {
	ID   uuid.UUID `db:"id"`
	From string    `db:"cell"`
	To   string    `db:"home"`
}

// Split are the columns of what was moved, for an update from unnest.
func Split(rows []Rehomed) (ids []uuid.UUID, homes []string) {
	for _, r := range rows {
		ids, homes = append(ids, r.ID), append(homes, r.To)
	}
	return ids, homes
}

// Line is what a history says of it.
func (r Rehomed) Line(edit uuid.UUID) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"from":%q,"to":%q,"edit":%q}`, r.From, r.To, edit))
}
