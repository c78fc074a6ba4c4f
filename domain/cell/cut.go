package cell

import (
	"context"
	"fmt"
	"strconv"

	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// cut parts the ground of the ended cells along a line, west to east and then north to south: one cell is split, of two
// the line is the new border.
func (p *Plan) cut(ctx context.Context, tx *pg.Tx, line []geo.Point) ([]geo.Polygon, error) {
	if len(line) < 2 || len(line) > maxCorners {
		return nil, fault.Invalid(CodeLine, "a line has 2 to %d points", maxCorners).At("line")
	}
	for i, point := range line {
		if err := point.Check(); err != nil {
			return nil, fault.Under("line["+strconv.Itoa(i)+"]", err)
		}
	}
	whole, err := p.merge(ctx, tx)
	if err != nil || len(p.Findings) > 0 {
		return whole, err
	}
	parts, err := pg.Vals[geo.Polygon](ctx, tx, cutSQL, p.grounds(), line, nearby)
	if err != nil {
		return nil, fmt.Errorf("cut cells: %w", err)
	}
	if len(parts) == 1 {
		p.find(Finding{Code: CodeLine, Path: "line", At: line[0], Message: "the line parts nothing: it has to cross the cells from border to border"})
	}
	return parts, nil
}

// merge is the ended cells as one.
func (p *Plan) merge(ctx context.Context, tx *pg.Tx) ([]geo.Polygon, error) {
	parts, err := pg.Vals[geo.Polygon](ctx, tx, groundSQL, p.grounds())
	if err != nil {
		return nil, fmt.Errorf("merge cells: %w", err)
	}
	if len(parts) > 1 {
		p.find(Finding{Code: CodeNotAdjacent, Path: "ends", At: parts[1].LabelPoint(), Message: "the cells do not lie side by side"})
	}
	return parts, nil
}
