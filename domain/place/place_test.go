package place_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/intake"
	"gridwork/domain/place"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// office is the small city, and the operator who imports its places.
type office struct {
	testing.TB
	ctx   context.Context
	tx    *pg.Tx
	atlas *cell.Atlas
}

func newOffice(t *testing.T) *office {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	tx.Actor = actor.System("operator")
	o := &office{TB: t, ctx: ctx, tx: tx}
	var err error
	o.atlas, err = cell.LoadAtlas(ctx, tx)
	o.must(err)
	return o
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

type row = map[string]string

// at is a row that lies in the middle of Nanyuan's i-th cell.
func at(i int, r row) row {
	lon, lat := fixture.Centre(fixture.Nanyuan, i)
	r["lon"], r["lat"] = strconv.FormatFloat(lon, 'f', 7, 64), strconv.FormatFloat(lat, 'f', 7, 64)
	return r
}

func code(n int) string { return fmt.Sprintf("%025d", n) }

// begin starts an import whose columns are called as its fields are.
func (o *office) begin(kind intake.Kind, file string) intake.Import {
	o.Helper()
	columns := map[string]string{}
	for _, name := range kind.Names() {
		columns[name] = name
	}
	i, err := place.Begin(o.ctx, o.tx, intake.Import{Kind: kind.Name, File: file, SHA256: []byte(file), Columns: columns, Datum: geo.WGS84})
	o.must(err)
	return i
}

// load stores rows, numbered from 2.
func (o *office) load(i intake.Import, rows ...row) (intake.Import, []intake.Reject) {
	o.Helper()
	var records []intake.Record
	for n, r := range rows {
		records = append(records, intake.Record{Number: n + 2, Fields: r})
	}
	i, rejects, err := i.Load(o.ctx, o.tx, len(records), place.Taking(i, o.atlas).Take(records))
	o.must(err)
	return i, rejects
}

func (o *office) found(text string) (codes []string) {
	o.Helper()
	found, err := place.Find(o.ctx, o.tx, place.Search{Text: text, First: 10})
	o.must(err)
	for _, a := range found {
		codes = append(codes, a.Code)
	}
	return codes
}

func (o *office) same(what string, got, want []string) {
	o.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		o.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestAddressesAreFoundByNameSpellingInitialsCodeAndAlias(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	i, rejects := o.load(o.begin(place.Addresses, "a.csv"),
		at(0, row{"code": code(1), "text": "深圳市福田区南园街道第1社区科苑路15号科技园A栋", "floors": "18", "aliases": "老科技大厦；0099"}),
		at(1, row{"code": code(2), "text": "深圳市福田区南园街道第1社区科苑路16号"}),
		at(1, row{"code": code(3), "text": "深圳市福田区南园街道第1社区科苑路16号301房", "building": code(2)}),
		at(2, row{"code": code(4), "text": "福田区深南大道1号"}),
	)
	if len(rejects) != 0 || i.Rows != 4 || i.Written != 4 {
		t.Fatalf("%+v, %+v", i, rejects)
	}
	o.same("by name", o.found("科苑路16号"), []string{code(2), code(3)})
	o.same("with its region", o.found("深圳市福田区科苑路15号"), []string{code(1)})
	o.same("by spelling", o.found("shennandadao"), []string{code(4)})
	o.same("by initials", o.found("kjya"), []string{code(1)})
	o.same("by an alias", o.found("老科技"), []string{code(1)})
	o.same("by the beginning of a code", o.found("0000000000000000000000004"), []string{code(4)})
	for _, asked := range []string{code(1), "老科技大厦", "0099"} {
		if a, err := place.Resolve(o.ctx, o.tx, asked); err != nil || a.Code != code(1) || *a.Floors != 18 || a.Cell != fixture.Cell(fixture.Nanyuan, 0) {
			t.Errorf("%s: %+v, %v", asked, a, err)
		}
	}
	lon, lat := fixture.Centre(fixture.Nanyuan, 1)
	if found, err := place.Nearest(o.ctx, o.tx, place.Nearby{Point: geo.Point{Lon: lon, Lat: lat}, Metres: 50, First: 10}); err != nil || len(found) != 1 || found[0].Code != code(2) {
		t.Errorf("nearest: %+v, %v", found, err)
	}
	units, err := place.UnitsOf(o.ctx, o.tx, []string{code(2)})
	if err != nil || len(units[code(2)]) != 1 || units[code(2)][0].Kind != place.Unit {
		t.Errorf("%+v, %v", units, err)
	}
	for _, tt := range []struct {
		search      place.Search
		code, field string
	}{
		{place.Search{Text: "科", First: 10}, place.CodeTooShort, "text"},
		{place.Search{Text: strings.Repeat("科", 101), First: 10}, place.CodeTooLong, "text"},
		{place.Search{Text: "科苑路", First: 51}, place.CodePage, "first"},
	} {
		_, err := place.Find(o.ctx, o.tx, tt.search)
		if refused, ok := fault.As(err); !ok || refused.Code != tt.code || refused.Field != tt.field {
			t.Errorf("%v, want %s at %s", err, tt.code, tt.field)
		}
	}
	if _, err := place.Nearest(o.ctx, o.tx, place.Nearby{Point: geo.Point{Lon: lon, Lat: lat}, Metres: 1001, First: 10}); !fault.Is(err, place.CodeDistance) {
		t.Error(err)
	}
}

func TestPlacesOfAnotherStreetAreNotFound(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.load(o.begin(place.Addresses, "a.csv"), at(0, row{"code": code(1), "text": "科苑路15号", "aliases": "科技大厦"}))
	for region, count := range map[string]int{fixture.Nanyuan: 1, fixture.Yuanling: 0} {
		o.tx.Actor = fixture.Person(t, o.ctx, o.tx, fixture.As(actor.Dispatcher, region, ""))
		if got := o.found("科苑路"); len(got) != count {
			t.Errorf("%s: %v", region, got)
		}
		if got := o.found("科技大厦"); len(got) != count {
			t.Errorf("%s: %v", region, got)
		}
		if _, err := place.Resolve(o.ctx, o.tx, code(1)); (err == nil) != (count == 1) {
			t.Errorf("%s: %v", region, err)
		}
	}
	o.tx.Actor = fixture.Person(t, o.ctx, o.tx, fixture.As(actor.Volunteer, fixture.CityCode, ""))
	if got := o.found("科苑路"); len(got) != 0 {
		t.Errorf("a volunteer: %v", got)
	}
}

// The same file again changes nothing, and the next one changes what it says otherwise.
func TestAnImportIsIdempotentAndTheLatestWordCounts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := []row{at(0, row{"code": code(1), "text": "科苑路15号", "aliases": "甲楼"}), at(1, row{"code": code(2), "text": "科苑路16号"})}
	i, _ := o.load(o.begin(place.Addresses, "a.csv"), first...)
	i, err := i.Finish(o.ctx, o.tx)
	o.must(err)
	again, _ := o.load(o.begin(place.Addresses, "a.csv"), first...)
	if again.ID == i.ID || again.Written != 0 || again.Rows != 2 {
		t.Errorf("again: %+v", again)
	}
	later, _ := o.load(o.begin(place.Addresses, "b.csv"), at(3, row{"code": code(2), "text": "科苑路18号"}), at(0, row{"code": code(1), "text": "科苑路15号", "aliases": "乙楼"}),
		at(4, row{"code": code(2), "text": "科苑路20号"}))
	if later.Rows != 3 || later.Written != 1 {
		t.Errorf("later: %+v", later)
	}
	o.same("moved", o.found("科苑路20号"), []string{code(2)})
	o.same("not there any more", o.found("科苑路16号"), nil)
	o.same("new alias", o.found("乙楼"), []string{code(1)})
	o.same("old alias", o.found("甲楼"), nil)
}

func TestAnImportThatWasCutGoesOnBehindItsLastBatch(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	cut, _ := o.load(o.begin(place.Addresses, "a.csv"), at(0, row{"code": code(1), "text": "科苑路15号"}))
	on := o.begin(place.Addresses, "a.csv")
	if on.ID != cut.ID || on.Rows != 1 {
		t.Fatalf("%+v", on)
	}
	o.load(on, at(1, row{"code": code(2), "text": "科苑路16号"}))
	_, _, err := cut.Load(o.ctx, o.tx, 0, place.Taking(cut, o.atlas).Take(nil))
	if !fault.Is(err, intake.CodeElsewhere) {
		t.Errorf("two runs at once: %v", err)
	}
	if other := o.begin(place.Addresses, "b.csv"); other.ID == cut.ID || other.Rows != 0 {
		t.Errorf("another file: %+v", other)
	}
}

func TestARowThatCannotBeTakenSaysWhy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	good := func() row { return at(0, row{"code": code(1), "text": "科苑路15号"}) }
	with := func(r row, field, value string) row { r[field] = value; return r }
	swapped := good()
	swapped["lon"], swapped["lat"] = swapped["lat"], swapped["lon"]
	for _, tt := range []struct {
		kind        intake.Kind
		row         row
		code, field string
	}{
		{place.Addresses, with(good(), "code", "123"), place.CodeCode, "code"},
		{place.Addresses, with(good(), "text", ""), place.CodeMissing, "text"},
		{place.Addresses, with(good(), "lat", "22,54"), place.CodeNumber, "lat"},
		{place.Addresses, with(good(), "lon", "NaN"), geo.CodeNotFinite, "lon"},
		{place.Addresses, with(good(), "lon", "116.4"), cell.CodeOutsideCity, "lon"},
		{place.Addresses, swapped, geo.CodeSwapped, "lon"},
		{place.Addresses, with(with(good(), "lon", ""), "lat", ""), place.CodeMissing, "lon"},
		{place.Addresses, with(good(), "kind", "城堡"), place.CodeKind, "kind"},
		{place.Addresses, with(good(), "floors", "-1"), place.CodeNumber, "floors"},
		{place.Addresses, with(good(), "building", "7"), place.CodeCode, "building"},
		{place.PremisesOf, row{"code": "P1", "name": "阿强大排档", "kind": "餐饮"}, place.CodeMissing, "address"},
		{place.PremisesOf, row{"code": "P1", "name": "阿强大排档", "kind": "餐饮", "address": code(9)}, place.CodeUnknown, "address"},
		{place.PremisesOf, with(at(0, row{"code": "P1", "name": "阿强大排档", "kind": "餐饮"}), "risk", "紫"), place.CodeRisk, "risk"},
		{place.Components, at(0, row{"code": "C1", "category": fixture.BlockedExit}), place.CodeCategory, "category"},
		{place.Components, at(0, row{"code": "", "category": "0102"}), place.CodeCode, "code"},
	} {
		i, rejects := o.load(o.begin(tt.kind, fmt.Sprint(tt.row)), tt.row)
		if len(rejects) != 1 || rejects[0].Why.Code != tt.code || rejects[0].Why.Field != tt.field || rejects[0].Number != 2 || i.Rejected != 1 || i.Written != 0 {
			t.Errorf("%v: %+v, want %s at %q", tt.row, rejects, tt.code, tt.field)
		}
	}
}

func TestPremisesLieWhereTheirAddressDoes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.load(o.begin(place.Addresses, "a.csv"), at(3, row{"code": code(1), "text": "科苑路15号", "aliases": "科技大厦"}))
	o.load(o.begin(place.PremisesOf, "p.csv"),
		row{"code": "P1", "name": "阿强大排档", "kind": "餐饮", "address": code(1), "risk": "红色", "credit_code": "91440300MA5EXAMPL1"},
		row{"code": "P2", "name": "阿珍发廊", "kind": "美容美发", "address": "科技大厦"},
		at(5, row{"code": "P3", "name": "阿强五金", "kind": "零售"}))
	found, err := place.FindPremises(o.ctx, o.tx, place.Search{Text: "aqiang", First: 10})
	o.must(err)
	if len(found) != 2 || found[0].Code != "P3" || found[1].Cell != fixture.Cell(fixture.Nanyuan, 3) || *found[1].Risk != place.Red {
		t.Errorf("%+v", found)
	}
	there, err := place.PremisesAt(o.ctx, o.tx, []string{code(1)})
	if err != nil || len(there[code(1)]) != 2 {
		t.Errorf("%+v, %v", there, err)
	}
}

func TestColumnsAreFoundUnderTheirUsualNamesOrAsAProfileSays(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	bound, err := place.Addresses.Bind(intake.Profile{}, []string{"统一地址编码", "标准地址", "经度", "纬度", "备注"})
	if err != nil || bound["code"] != "统一地址编码" || bound["lat"] != "纬度" || len(bound) != 4 {
		t.Errorf("%v, %v", bound, err)
	}
	mine := intake.Profile{Columns: map[string]string{"code": "DZBM", "text": "DZ"}, Datum: geo.BD09}
	place.Addresses.SaveProfile(o.tx, "公安", mine)
	o.must(o.tx.Flush(o.ctx))
	saved, err := place.Addresses.SavedProfile(o.ctx, o.tx, "公安")
	if err != nil || saved.Datum != geo.BD09 || saved.Columns["code"] != "DZBM" {
		t.Errorf("%+v, %v", saved, err)
	}
	for _, tt := range []struct {
		profile     intake.Profile
		header      []string
		code, field string
	}{
		{saved, []string{"DZBM", "地址"}, intake.CodeColumns, "text"},
		{intake.Profile{}, []string{"编码"}, intake.CodeColumns, "text"},
		{intake.Profile{Columns: map[string]string{"colour": "a"}}, []string{"a"}, intake.CodeField, "colour"},
	} {
		_, err := place.Addresses.Bind(tt.profile, tt.header)
		if refused, ok := fault.As(err); !ok || refused.Code != tt.code || refused.Field != tt.field {
			t.Errorf("%v: %v", tt.header, err)
		}
	}
	if _, err := place.PremisesOf.SavedProfile(o.ctx, o.tx, "公安"); !fault.Is(err, intake.CodeNoProfile) {
		t.Error(err)
	}
	o.tx.Actor = fixture.Person(t, o.ctx, o.tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
	if _, err := place.Begin(o.ctx, o.tx, intake.Import{Kind: place.Addresses.Name}); !fault.Is(err, place.CodeNotAllowed) {
		t.Error(err)
	}
}
