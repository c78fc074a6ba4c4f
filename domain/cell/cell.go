// Package cell is the city's grid: administrative regions, the unit cells that tile them, the duty grids that people
// look after, and the landing of any point in its cell.
package cell

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/enum"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Codes of the faults about regions and cells.
const (
	CodeUnknownRegion = "UNKNOWN_REGION" // no region has this division code
	CodeUnknownCell   = "UNKNOWN_CELL"   // no cell has this code
	CodeOutsideCity   = "OUTSIDE_CITY"   // farther from every cell than a position may be wrong
)

// Level is how large a region is.
type Level string

const (
	City      Level = "city"      // 市: 4 digits
	District  Level = "district"  // 区: 6 digits
	Street    Level = "street"    // 街道: 9 digits
	Community Level = "community" // 社区: 12 digits
)

func (l Level) MarshalGQL(w io.Writer) { enum.Marshal(w, l) }
func (l *Level) UnmarshalGQL(in any) error {
	return enum.Unmarshal(l, in, []Level{City, District, Street, Community})
}

// Region is an administrative division 行政区划. A child's code starts with its parent's.
type Region struct {
	Code     string    `db:"code"`
	Parent   *string   `db:"parent"` // nil: the city itself
	Level    Level     `db:"level"`
	NameZH   string    `db:"name_zh"`
	NameEN   string    `db:"name_en"`
	Pinyin   string    `db:"pinyin"`
	Seat     geo.Point `db:"seat"`     // WGS 84
	Approval *string   `db:"approval"` // map-approval number 审图号 of its shape
}

// Schematic reports whether the region's shape is a schematic 示意图 and no surveyed boundary.
// A map that shows it has to say so.
func (r Region) Schematic() bool { return r.Approval == nil }

// Cell is a unit cell 单元网格 of about 10 000 m². The cells of a community tile it without gap or overlap.
type Cell struct {
	Code       string      `db:"code"` // 15 digits: 6 county, 3 street, 3 community, 3 sequence
	Community  string      `db:"community"`
	Street     string      `db:"street"`
	District   string      `db:"district"`
	Shape      geo.Polygon `db:"shape"`   // WGS 84
	AreaM2     float64     `db:"area_m2"` // square metres on the ellipsoid
	DutyGridID *uuid.UUID  `db:"duty_grid_id"`
	ValidFrom  time.Time   `db:"valid_from"`
	ValidTo    *time.Time  `db:"valid_to"` // exclusive; nil: until further notice
}

// DutyGrid is a set of cells of one street that one grid worker looks after 责任网格.
type DutyGrid struct {
	ID     uuid.UUID `db:"id"`
	Code   string    `db:"code"`
	Street string    `db:"street"`
	Name   string    `db:"name"`
}

// Regions finds regions by code, for those who have codes: ordered by code, unknown ones left out.
func Regions(ctx context.Context, tx *pg.Tx, codes []string) ([]Region, error) {
	return pg.All[Region](ctx, tx, regionsSQL, codes)
}

// Children are the regions right below one, ordered by code; of "" the city.
func Children(ctx context.Context, tx *pg.Tx, parent string) ([]Region, error) {
	return pg.All[Region](ctx, tx, childrenSQL, parent)
}

// Search finds at most limit regions by a piece of their Chinese or English name, their pinyin with or without spaces,
// its initials, or the beginning of their code. Larger regions come first, then those whose name begins with the text.
// Nothing is found by nothing.
func Search(ctx context.Context, tx *pg.Tx, text string, limit int) ([]Region, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if text == "" {
		return nil, nil
	}
	return pg.All[Region](ctx, tx, searchRegionsSQL, text, strings.ReplaceAll(text, " ", ""), limit)
}

// Cells finds cells by code, ended ones too: history stays readable. Ordered by code, unknown ones left out.
func Cells(ctx context.Context, tx *pg.Tx, codes []string) ([]Cell, error) {
	return pg.All[Cell](ctx, tx, cellsSQL, codes)
}

// InRegion is a page of the valid cells of a region of any level, by code, after the given code ("" = from the start).
// CodeUnknownRegion where there is no such region.
func InRegion(ctx context.Context, tx *pg.Tx, region, after string, limit int) ([]Cell, error) {
	found, err := pg.All[Cell](ctx, tx, cellsOfRegionSQL, region, after, tx.Now, limit)
	if err != nil || len(found) > 0 {
		return found, err
	}
	if _, err := pg.Val[string](ctx, tx, regionExistsSQL, region); errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.NotFound(CodeUnknownRegion, "there is no region %q", region)
	} else if err != nil {
		return nil, err
	}
	return found, nil
}

// Count is the number of valid cells of a region.
func Count(ctx context.Context, tx *pg.Tx, region string) (int, error) {
	return pg.Val[int](ctx, tx, countCellsSQL, region, tx.Now)
}

// DutyGrids finds duty grids by id, ordered by code.
func DutyGrids(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]DutyGrid, error) {
	return pg.All[DutyGrid](ctx, tx, dutyGridsSQL, ids)
}

// DutyGridsOf are the duty grids of a street, by code.
func DutyGridsOf(ctx context.Context, tx *pg.Tx, street string) ([]DutyGrid, error) {
	return pg.All[DutyGrid](ctx, tx, dutyGridsOfStreetSQL, street)
}
