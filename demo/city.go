package demo

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"gridwork/geo"
	"gridwork/pg"
)

//go:embed city.sql
var citySQL string

// Size says how much of the city is built.
type Size struct {
	// Cells is about how many cells there are in all; a community has at most 999.
	Cells int
	// Parts are the codes of the districts, streets or communities to build, with the regions that contain them,
	// which reach no further than the parts do. Empty: the whole city.
	Parts []string
}

// Whole is the demo city as it is shown: 9 districts, 79 streets, 788 communities and about 18 000 cells.
var Whole = Size{Cells: 18_000}

// sliver is the share of a community's mean cell below which a piece joins its neighbour.
const sliver = 0.03

// cut is one level of the subdivision.
type cut struct {
	parents  string  // level that is cut
	children string  // the step that names the pieces
	samples  int     // points for each child to find its place by; none: the seats are the seeds
	sliver   float64 // regions are never dropped, however small
}

var cuts = []cut{
	{parents: "city", children: "districts"},
	{parents: "district", children: "streets", samples: 300},
	{parents: "street", children: "communities", samples: 60},
	{parents: "community", children: "cells", samples: 15, sliver: sliver},
}

// City builds regions and cells on an empty database, valid from tx.Now. The same size gives the same city every time.
// The whole city takes about six seconds, one street a fraction of one.
func City(ctx context.Context, tx *pg.Tx, size Size) error {
	if err := size.check(); err != nil {
		return err
	}
	return build(ctx, tx, size, cityOutline())
}

func build(ctx context.Context, tx *pg.Tx, size Size, outline geo.Polygon) error {
	b := &builder{ctx: ctx, tx: tx, steps: namedSteps(citySQL)}
	b.run("prepare")
	b.divisions()
	b.run("centres")
	b.run("outline", cityCode, outline)
	for _, c := range cuts {
		b.cut(c, size)
	}
	for _, level := range []string{"community", "street", "district", "city"} {
		b.run("join", level)
	}
	b.run("store regions")
	b.run("store cells", tx.Now)
	b.run("drop")
	return b.err
}

// builder runs the steps of city.sql until one fails.
type builder struct {
	ctx   context.Context
	tx    *pg.Tx
	steps map[string]string
	err   error
}

// run reports how many rows the step changed.
func (b *builder) run(step string, args ...any) int64 {
	if b.err != nil {
		return 0
	}
	n, err := pg.Exec(b.ctx, b.tx, b.steps[step], args...)
	if err != nil {
		b.err = fmt.Errorf("build the city: %s: %w", step, err)
	}
	return n
}

func (b *builder) cut(c cut, size Size) {
	b.run("clear")
	if c.samples == 0 {
		b.run("seats")
	} else {
		b.run("plant", c.parents, c.samples)
	}
	b.run("measure")
	b.run("carve", c.parents)
	b.run("own", c.parents, c.sliver)
	b.absorb()
	b.run(c.children)
	if c.children == "cells" {
		return
	}
	b.run("select", size.parts())
	if c.children == "communities" {
		b.run("share", size.Cells)
	}
}

func (b *builder) absorb() {
	for b.run("absorb") > 0 {
	}
	if b.err != nil {
		return
	}
	if left, err := pg.Val[int](b.ctx, b.tx, b.steps["strays"]); err != nil {
		b.err = err
	} else if left > 0 {
		b.err = fmt.Errorf("build the city: %d pieces have no neighbour", left)
	}
}

func (b *builder) divisions() {
	if b.err != nil {
		return
	}
	all := allDivisions()
	rows := pgx.CopyFromSlice(len(all), func(i int) ([]any, error) {
		d := all[i]
		return []any{d.code, d.parent, d.level, d.nameZH, d.nameEN, d.pinyin, d.seat}, nil
	})
	_, b.err = b.tx.CopyFrom(b.ctx, "divisions", []string{"code", "parent", "level", "name_zh", "name_en", "pinyin", "seat"}, rows)
}

func (s Size) check() error {
	known := map[string]bool{}
	for _, d := range allDivisions() {
		known[d.code] = true
	}
	for _, part := range s.Parts {
		if !known[part] {
			return fmt.Errorf("build the city: there is no division %q", part)
		}
	}
	return nil
}

// parts is never nil, which SQL would take for null.
func (s Size) parts() []string { return append([]string{}, s.Parts...) }

// namedSteps splits a file at its lines "-- name: …".
func namedSteps(file string) map[string]string {
	steps := map[string]string{}
	for _, part := range strings.Split(file, "\n-- name: ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		steps[name] = text
	}
	return steps
}
