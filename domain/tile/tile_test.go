package tile_test

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/tile"
	"gridwork/geo"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// chart is a town whose map is looked at.
type chart struct{ *town.Town }

// over is the tile of a zoom in which the town's cell 2 of Nanyuan has its middle.
func over(z int) geo.Tile {
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	t := maptile.At(orb.Point{lon, lat}, maptile.Zoom(z))
	return geo.Tile{Z: z, X: int(t.X), Y: int(t.Y)}
}

// seen is what a viewer's tile has: by layer, the attributes of what is drawn in it.
func (c chart) seen(who *actor.Actor, t geo.Tile) map[string][]attributes {
	c.Helper()
	c.Must(c.Tx.Flush(c.Ctx))
	var drawn []byte
	fixture.Do(c.Tx, who, func() {
		var err error
		drawn, err = tile.Draw(c.Ctx, c.Tx, t, nil)
		c.Must(err)
	})
	read, err := mvt.Unmarshal(drawn)
	c.Must(err)
	found := map[string][]attributes{}
	read.ProjectToWGS84(maptile.New(uint32(t.X), uint32(t.Y), maptile.Zoom(t.Z)))
	for _, layer := range read {
		for _, f := range layer.Features {
			found[layer.Name] = append(found[layer.Name], attributes{f.Properties, f.Geometry})
		}
	}
	return found
}

type attributes struct {
	of map[string]any
	at orb.Geometry
}

// said lists one attribute of all, in order.
func said(all []attributes, name string) (values []string) {
	for _, a := range all {
		if v, has := a.of[name]; has {
			values = append(values, fmt.Sprint(v))
		}
	}
	slices.Sort(values)
	return values
}

func TestAMapShowsACaseToThoseWhoseListHasIt(t *testing.T) {
	t.Parallel()
	c := chart{town.New(t)}
	working := c.Working()
	given := c.FiledFrom(c.Reported(actor.Anonymous, fixture.BlockedExit, 5).Clue, fixture.BlockedExit)
	closed := c.Closed()
	hidden := c.Filed(fixture.BlockedExit)
	_, err := c.Tx.Exec(c.Ctx, "update cases set restricted = true where id = $1", hidden.ID)
	c.Must(err)
	_, err = c.Tx.Exec(c.Ctx, "insert into case_readers (case_id, person_id) values ($1, $2)", hidden.ID, c.Dispatcher.ID)
	c.Must(err)
	open := true
	for name, v := range map[string]struct {
		who   *actor.Actor
		cases []casework.Case
	}{
		"its dispatcher":              {c.Dispatcher, []casework.Case{working, given}},
		"the district's supervisor":   {c.Supervisor, []casework.Case{working, given}},
		"the department":              {c.Fire, []casework.Case{working}},
		"another department":          {c.Urban, nil},
		"the handler":                 {c.Handler, []casework.Case{working}},
		"another handler":             {c.Sweeper, nil},
		"who holds the cell":          {c.Worker, []casework.Case{working}},
		"who holds another":           {c.Neighbour, []casework.Case{given}},
		"another street's dispatcher": {c.Person(actor.Dispatcher, fixture.Yuanling, ""), nil},
		"a volunteer":                 {c.Person(actor.Volunteer, fixture.Nanyuan, ""), nil},
		"an administrator":            {c.Admin, nil},
		"another system":              {c.Person(actor.Integration, fixture.CityCode, ""), nil},
	} {
		var want []string
		for _, k := range v.cases {
			want = append(want, k.ID.String())
		}
		slices.Sort(want)
		for _, z := range []int{13, 15} {
			if got := said(c.seen(v.who, over(z))["cases"], "id"); !slices.Equal(got, want) {
				t.Errorf("%s at zoom %d: %v, want %v (working %v, given %v, closed %v, hidden %v)", name, z, got, want, working.ID, given.ID, closed.ID, hidden.ID)
			}
		}
		var listed []string
		fixture.Do(c.Tx, v.who, func() {
			all, _, err := casework.List(c.Ctx, c.Tx, casework.Filter{Open: &open}, casework.Page{First: 50})
			c.Must(err)
			for _, k := range all {
				if !k.Restricted {
					listed = append(listed, k.ID.String())
				}
			}
		})
		slices.Sort(listed)
		if !slices.Equal(listed, want) {
			t.Errorf("%s lists %v, and the map shows %v", name, listed, want)
		}
		counted := 0
		for _, r := range c.seen(v.who, over(12))["regions"] {
			if n, some := r.of["open"]; some {
				counted += int(n.(float64))
			}
		}
		if counted != len(want) {
			t.Errorf("%s: the communities count %d, and the map shows %d", name, counted, len(want))
		}
	}
}

func TestACaseIsAtItsPointAndSaysWhatAMapNeeds(t *testing.T) {
	t.Parallel()
	c := chart{town.New(t)}
	k := c.Working()
	cases := c.seen(c.Dispatcher, over(16))["cases"]
	if len(cases) != 1 {
		t.Fatalf("%d cases", len(cases))
	}
	want := map[string]any{"id": k.ID.String(), "number": float64(k.Number), "category": k.Category, "state": "working", "urgent": k.Urgent,
		"priority": float64(k.Priority), "department": fixture.Fire, "due": float64(k.DueAt.Unix())}
	if !maps.Equal(cases[0].of, want) {
		t.Errorf("%v, want %v", cases[0].of, want)
	}
	at := cases[0].at.(orb.Point)
	if away := geo.Distance(k.Point, geo.Point{Lon: at.Lon(), Lat: at.Lat()}); away > 0.2 {
		t.Errorf("drawn %g m away", away)
	}
}

func TestAnAssistingDepartmentSeesTheCaseThatItHelpsIn(t *testing.T) {
	t.Parallel()
	c := chart{town.New(t)}
	k := c.Working()
	_, err := c.Tx.Exec(c.Ctx, `insert into assignments (id, case_id, round, department, part, assigned_at, deemed)
		values ($1, $2, 1, $3, 'assisting', $4, false)`, uuid.New(), k.ID, fixture.Urban, c.Tx.Now)
	c.Must(err)
	if got := said(c.seen(c.Urban, over(13))["cases"], "id"); !slices.Equal(got, []string{k.ID.String()}) {
		t.Errorf("on the map: %v", got)
	}
	if got := said(c.seen(c.Urban, over(12))["regions"], "open"); !slices.Equal(got, []string{"1"}) {
		t.Errorf("in the numbers: %v", got)
	}
}

func TestFarAwayThereAreNumbersAndNoCases(t *testing.T) {
	t.Parallel()
	c := chart{town.New(t)}
	c.Working()
	c.FiledFrom(c.Reported(actor.Anonymous, fixture.BlockedExit, 5).Clue, fixture.BlockedExit)
	fixture.Premises(t, c.Ctx, c.Tx, "P1", "餐饮", "red", fixture.Nanyuan, 2)
	for z, level := range map[int]string{0: "district", 8: "district", 9: "street", 10: "street", 11: "community", 12: "community"} {
		seen := c.seen(c.Supervisor, over(z))
		if layers := slices.Sorted(maps.Keys(seen)); z > 8 && !slices.Equal(layers, []string{"labels", "regions"}) || len(seen["cases"]) > 0 {
			t.Errorf("zoom %d has %v", z, layers)
		}
		if levels := slices.Compact(said(seen["labels"], "level")); !slices.Equal(levels, []string{level}) {
			t.Errorf("zoom %d shows %v", z, levels)
		}
		sum := 0.0
		for _, l := range seen["labels"] {
			if n, some := l.of["open"]; some {
				sum += n.(float64)
			}
			if l.of["schematic"] != true || l.of["name_zh"] == "" {
				t.Errorf("zoom %d: %v", z, l.of)
			}
		}
		if sum != 2 {
			t.Errorf("zoom %d counts %v", z, sum)
		}
	}
}

func TestNearByThereAreCellsAndPremises(t *testing.T) {
	t.Parallel()
	c := chart{town.New(t)}
	fixture.Premises(t, c.Ctx, c.Tx, "P1", "餐饮", "red", fixture.Nanyuan, 2)
	fixture.Premises(t, c.Ctx, c.Tx, "P2", "工厂", "", fixture.Yuanling, 2)
	for z, want := range map[int][2]int{13: {0, 0}, 14: {16, 0}, 15: {16, 1}} {
		seen := c.seen(c.Worker, over(z))
		if len(seen["cells"]) != want[0] || len(seen["premises"]) != want[1] {
			t.Errorf("zoom %d: %d cells, %d premises", z, len(seen["cells"]), len(seen["premises"]))
		}
	}
	seen := c.seen(c.Worker, over(15))
	if p := seen["premises"][0].of; !maps.Equal(p, map[string]any{"code": "P1", "kind": "餐饮", "risk": "red"}) {
		t.Errorf("premises: %v", p)
	}
	mine := slices.DeleteFunc(seen["cells"], func(a attributes) bool { return a.of["mine"] != true })
	if got := said(mine, "code"); !slices.Equal(got, []string{fixture.Cell(fixture.Nanyuan, 2)}) {
		t.Errorf("the worker's own cells: %v", got)
	}
	corner := mine[0].at.Bound().Min
	if math.Abs(corner.Lon()-(fixture.West+2*fixture.CellSide)) > 5e-6 || math.Abs(corner.Lat()-fixture.South) > 5e-6 {
		t.Errorf("it begins at %v", corner)
	}
}

func TestBordersAreRegionsWithoutTheirNumbers(t *testing.T) {
	t.Parallel()
	c := chart{town.New(t)}
	c.Working()
	c.Must(c.Tx.Flush(c.Ctx))
	drawn := func(who *actor.Actor, z int, l tile.Layer) (bytes []byte) {
		fixture.Do(c.Tx, who, func() {
			var err error
			bytes, err = tile.Draw(c.Ctx, c.Tx, over(z), []tile.Layer{l})
			c.Must(err)
		})
		return bytes
	}
	for _, z := range []int{10, 12, 13} {
		borders := drawn(c.Dispatcher, z, tile.Borders)
		if unnumbered := drawn(c.Admin, z, tile.Regions); len(borders) == 0 || !bytes.Equal(borders, unnumbered) {
			t.Errorf("zoom %d: %d bytes, and regions without a case %d", z, len(borders), len(unnumbered))
		}
		if numbered := drawn(c.Dispatcher, z, tile.Regions); bytes.Equal(borders, numbered) != (z >= 13) {
			t.Errorf("zoom %d: where cases are drawn they are not counted", z)
		}
	}
}

func TestLayersAreAskedForOneByOneAndAddUp(t *testing.T) {
	t.Parallel()
	c := chart{town.New(t)}
	c.Working()
	fixture.Premises(t, c.Ctx, c.Tx, "P1", "餐饮", "red", fixture.Nanyuan, 2)
	c.Must(c.Tx.Flush(c.Ctx))
	fixture.Do(c.Tx, c.Dispatcher, func() {
		var parts []byte
		for _, l := range slices.DeleteFunc(slices.Clone(tile.Layers), func(l tile.Layer) bool { return l == tile.Borders }) {
			part, err := tile.Draw(c.Ctx, c.Tx, over(15), []tile.Layer{l})
			c.Must(err)
			if len(part) == 0 {
				t.Errorf("%s is empty", l)
			}
			parts = append(parts, part...)
		}
		whole, err := tile.Draw(c.Ctx, c.Tx, over(15), nil)
		c.Must(err)
		if !bytes.Equal(whole, parts) {
			t.Error("the whole is not its parts")
		}
		twice, err := tile.Draw(c.Ctx, c.Tx, over(15), tile.Layers)
		c.Must(err)
		if !bytes.Equal(twice, whole) {
			t.Error("borders stand beside the regions that have them")
		}
		_, err = tile.Draw(c.Ctx, c.Tx, over(15), []tile.Layer{tile.Cases, "people"})
		c.Refused("people", err, tile.CodeLayer, "layers")
		far, err := tile.Draw(c.Ctx, c.Tx, geo.Tile{Z: 15}, nil)
		if err != nil || len(far) > 0 {
			t.Errorf("in the ocean: %d bytes, %v", len(far), err)
		}
	})
}
