package demo

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// gridCells is about how many cells one grid worker looks after.
const gridCells = 18

// dutyGrid 责任网格 is a connected set of cells in one street.
type dutyGrid struct {
	id                 uuid.UUID
	code, street, name string
	cells              []string
}

// dutyGrids shares the cells of a street out.
func dutyGrids(street division, cells []string, borders neighbours) []dutyGrid {
	parts := borders.split(cells, max(1, (len(cells)+gridCells/2)/gridCells))
	slices.SortFunc(parts, func(a, b []string) int { return slices.Compare(a, b) })
	grids := make([]dutyGrid, len(parts))
	for i, part := range parts {
		code := fmt.Sprintf("%sG%02d", street.code, i+1)
		grids[i] = dutyGrid{id: idOf("duty grid", code), code: code, street: street.code,
			name: fmt.Sprintf("%s%02d网格", street.nameZH, i+1), cells: part}
	}
	return grids
}

// neighbours are the cells that share a border line with a cell, in order.
type neighbours map[string][]string

// split cuts a connected set of cells into n connected parts of about the same size: in two, and each of these again.
func (n neighbours) split(cells []string, parts int) [][]string {
	if parts < 2 || len(cells) < 2 {
		return [][]string{slices.Sorted(slices.Values(cells))}
	}
	inside := setOf(cells)
	far := n.walk(cells[0], inside)
	order := n.walk(far[len(far)-1], inside)
	one, other := n.cut(order, len(order)*(parts/2)/parts)
	ofOne := min(max(1, (parts*len(one)+len(order)/2)/len(order)), parts-1)
	return append(n.split(one, ofOne), n.split(other, parts-ofOne)...)
}

// cut takes the first cells of a walk, which are connected, and with them whatever they cut off from the rest.
func (n neighbours) cut(order []string, first int) (one, other []string) {
	left := setOf(order[first:])
	for _, c := range order[first:] {
		if !left[c] {
			continue
		}
		piece := n.walk(c, left)
		for _, p := range piece {
			delete(left, p)
		}
		if len(piece) > len(other) {
			other = piece
		}
	}
	kept := setOf(other)
	return slices.DeleteFunc(slices.Clone(order), func(c string) bool { return kept[c] }), other
}

// walk visits the cells inside that can be reached from a cell, near ones first, and one community before the next, so
// that duty grids keep to communities where they can.
func (n neighbours) walk(from string, inside map[string]bool) []string {
	waiting, met := []string{from}, map[string]bool{from: true}
	var order []string
	for len(waiting) > 0 {
		next := 0
		if len(order) > 0 {
			here := order[len(order)-1][:12]
			next = max(0, slices.IndexFunc(waiting, func(c string) bool { return c[:12] == here }))
		}
		c := waiting[next]
		waiting = slices.Delete(waiting, next, next+1)
		order = append(order, c)
		for _, b := range n[c] {
			if inside[b] && !met[b] {
				met[b] = true
				waiting = append(waiting, b)
			}
		}
	}
	return order
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}
