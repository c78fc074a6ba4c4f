package fieldapi_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/mvt"

	"gridwork/actor"
	"gridwork/domain/tile"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// overNanyuan is the tile of zoom 15 in which the small city lies.
const overNanyuan = "/field/v1/tiles/15/26765/14277"

// tile asks for a tile as a browser does.
func (s *scene) tile(path string, header map[string]string) answer {
	s.Helper()
	return s.request("GET", path, nil, header)
}

// layers of a tile as they are called, in its order.
func (s *scene) layers(body string) (names []string) {
	s.Helper()
	read, err := mvt.Unmarshal([]byte(body))
	s.must(err)
	for _, l := range read {
		names = append(names, l.Name)
	}
	return names
}

func TestATileIsForWhoeverIsSignedIn(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	if a := s.tile(overNanyuan, nil); a.status != http.StatusUnauthorized || a.code() != "SIGN_IN_NEEDED" {
		t.Errorf("a stranger: %d %s", a.status, a.body)
	}
	s.as = s.somebody(actor.Dispatcher, fixture.Nanyuan, "")
	a := s.tile(overNanyuan, map[string]string{"Accept-Encoding": "identity"})
	if a.status != http.StatusOK || !slices.Equal(s.layers(a.body), []string{"regions", "labels", "cells"}) {
		t.Errorf("a dispatcher: %d %v", a.status, s.layers(a.body))
	}
	for name, want := range map[string]string{"Content-Type": "application/vnd.mapbox-vector-tile", "Cache-Control": "private, no-cache",
		"Vary": "Accept-Encoding, Authorization, Cookie", "Content-Encoding": ""} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if a := s.tile(overNanyuan+"?layers=cells", nil); !slices.Equal(s.layers(a.body), []string{"cells"}) {
		t.Errorf("one layer: %v", s.layers(a.body))
	}
	if a := s.tile("/field/v1/tiles/15/0/0", nil); a.status != http.StatusOK || a.body != "" {
		t.Errorf("in the ocean: %d, %d bytes", a.status, len(a.body))
	}
}

// Whoever moves a map on gives up the tiles that are on their way.
func TestWhoeverHasGoneAwayIsNoErrorOfOurs(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.as = s.somebody(actor.Dispatcher, fixture.Nanyuan, "")
	s.gone = true
	for _, path := range []string{overNanyuan, "/photos/" + pg.NewID().String() + "/thumb"} {
		if a := s.request("GET", path, nil, nil); a.status != http.StatusServiceUnavailable || a.code() != "CANCELLED" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if said := s.log.String(); strings.Contains(said, `"level":"ERROR"`) {
		t.Error(said)
	}
}

func TestTheGroundIsForEverybodyAndSaysNothingOfCases(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	a := s.tile(overNanyuan+"?layers=regions,cells", nil)
	if a.status != http.StatusOK || !slices.Equal(s.layers(a.body), []string{"regions", "labels", "cells"}) {
		t.Errorf("a stranger: %d %v", a.status, s.layers(a.body))
	}
	read, err := mvt.Unmarshal([]byte(a.body))
	s.must(err)
	for _, layer := range read {
		for _, f := range layer.Features {
			if n, told := f.Properties["open"]; told {
				t.Errorf("a stranger is told of %v open cases in %v", n, f.Properties["code"])
			}
		}
	}
	for _, layers := range []string{"cases", "premises", "regions,cells,cases"} {
		if a := s.tile(overNanyuan+"?layers="+layers, nil); a.status != http.StatusUnauthorized {
			t.Errorf("a stranger who asks for %s: %d", layers, a.status)
		}
	}
}

func TestATileIsSentAgainOnlyWhenItHasChanged(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.as = s.somebody(actor.Dispatcher, fixture.Nanyuan, "")
	first := s.tile(overNanyuan, map[string]string{"Range": "bytes=0-9"})
	if first.status != http.StatusOK || len(first.body) < 100 {
		t.Fatalf("%d, %d bytes", first.status, len(first.body))
	}
	have := map[string]string{"If-None-Match": first.header.Get("ETag")}
	if again := s.tile(overNanyuan, have); again.status != http.StatusNotModified || again.body != "" {
		t.Errorf("unchanged: %d, %d bytes", again.status, len(again.body))
	}
	s.write(func(tx *pg.Tx) { fixture.Premises(t, t.Context(), tx, "P1", "餐饮", "red", fixture.Nanyuan, 2) })
	if again := s.tile(overNanyuan, have); again.status != http.StatusOK || again.header.Get("ETag") == first.header.Get("ETag") {
		t.Errorf("changed: %d", again.status)
	}
	s.as = s.somebody(actor.Dispatcher, fixture.Yuanling, "")
	if again := s.tile(overNanyuan, nil); slices.Contains(s.layers(again.body), "premises") {
		t.Error("another street's dispatcher sees the premises")
	}
}

func TestATileIsZippedForWhoeverTakesIt(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.as = s.somebody(actor.Dispatcher, fixture.Nanyuan, "")
	plain := s.tile(overNanyuan, map[string]string{"Accept-Encoding": "br, gzip;q=0"})
	zipped := s.tile(overNanyuan, map[string]string{"Accept-Encoding": "br;q=1.0, gzip; q=0.8"})
	if plain.header.Get("Content-Encoding") != "" || zipped.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("%v, %v", plain.header, zipped.header)
	}
	z, err := gzip.NewReader(strings.NewReader(zipped.body))
	s.must(err)
	text, err := io.ReadAll(z)
	s.must(err)
	if string(text) != plain.body || plain.header.Get("ETag") != zipped.header.Get("ETag") {
		t.Errorf("%d bytes, zipped %d", len(plain.body), len(text))
	}
}

func TestATileThatThereIsNotIsRefused(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.as = s.somebody(actor.Dispatcher, fixture.Nanyuan, "")
	for path, want := range map[string][2]string{
		"x/0/0":                     {geo.CodeTile, "z"},
		"22/0/0":                    {geo.CodeTile, "z"},
		"-1/0/0":                    {geo.CodeTile, "z"},
		"13/8192/0":                 {geo.CodeTile, "x"},
		"13/1.5/0":                  {geo.CodeTile, "x"},
		"13/0/99999999999999999999": {geo.CodeTile, "y"},
		"13/0/-1":                   {geo.CodeTile, "y"},
		"13/0/0?layers=people":      {tile.CodeLayer, "layers"},
		"13/0/0?layers=cases,":      {tile.CodeLayer, "layers"},
	} {
		a := s.tile("/field/v1/tiles/"+path, nil)
		if a.status != http.StatusBadRequest || a.code() != want[0] || !strings.Contains(a.body, `"path":"`+want[1]+`"`) {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}
