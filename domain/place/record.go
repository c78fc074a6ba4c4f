package place

import (
	"strconv"
	"strings"

	"gridwork/domain/cell"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/prose"
)

// record is what one row says, checked and landed. Which of the fields mean something depends on the kind.
type record struct {
	row       int
	code      string
	kind      string // of an address or of premises
	text      string // address, or name
	terms     []string
	building  *string
	floors    *int
	legal     *string
	credit    *string
	risk      *string
	address   *string
	category  string
	point     *geo.Point // nil: that of the address
	cell      string
	street    string
	regions   []string // names of those that it lies in, the larger first
	otherName []alias
}

type alias struct {
	text  string
	terms []string
}

const (
	codeMost   = 64
	textMost   = 200
	floorsMost = 200
)

// reader reads rows of one kind under one profile.
type reader struct {
	kind    string
	columns map[string]string // field → column
	datum   geo.Datum
	atlas   *cell.Atlas
}

// read checks a row and lands it in its cell. The fault's field is the record's.
func (r *reader) read(number int, row map[string]string) (rec record, err error) {
	get := func(field string) string { return row[r.columns[field]] }
	rec = record{row: number, code: get("code"), legal: given(get("legal_entity")), credit: given(get("credit_code"))}
	if err := r.point(&rec, get("lon"), get("lat")); err != nil {
		return rec, err
	}
	switch r.kind {
	case Addresses.Name:
		err = r.address(&rec, get)
	case PremisesOf.Name:
		err = r.premises(&rec, get)
	default:
		err = r.component(&rec, get)
	}
	return rec, err
}

func (r *reader) address(rec *record, get func(string) string) (err error) {
	if !digits(rec.code) || len(rec.code) != codeDigits {
		return fault.Invalid(CodeCode, "the code of an address has %d digits", codeDigits).At("code")
	}
	if rec.text, err = named("text", get("text")); err != nil {
		return err
	}
	if rec.point == nil {
		return fault.Invalid(CodeMissing, "an address needs its position").At("lon")
	}
	rec.terms = terms(tailOf(rec.text, rec.regions))
	if rec.building = given(get("building")); rec.building != nil && (!digits(*rec.building) || len(*rec.building) != codeDigits) {
		return fault.Invalid(CodeCode, "the code of a building has %d digits", codeDigits).At("building")
	}
	if rec.kind, err = addressKind(get("kind"), rec.building != nil); err != nil {
		return err
	}
	if rec.floors, err = floors(get("floors")); err != nil {
		return err
	}
	for _, name := range strings.FieldsFunc(get("aliases"), func(r rune) bool { return strings.ContainsRune(";；|、", r) }) {
		if name, err = named("aliases", strings.TrimSpace(name)); err != nil {
			return err
		}
		a := alias{text: name}
		if !digits(name) {
			a.terms = terms(tailOf(name, rec.regions))
		}
		rec.otherName = append(rec.otherName, a)
	}
	return nil
}

func addressKind(text string, inBuilding bool) (string, error) {
	switch strings.ToLower(text) {
	case "":
		if inBuilding {
			return string(Unit), nil
		}
		return string(Building), nil
	case "building", "楼栋", "建筑物":
		return string(Building), nil
	case "unit", "房屋", "房间":
		return string(Unit), nil
	}
	return "", fault.Invalid(CodeKind, "an address is a building or a unit, not %q", text).At("kind")
}

func floors(text string) (*int, error) {
	if text == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > floorsMost {
		return nil, fault.Invalid(CodeNumber, "a building has 0 to %d floors above ground, not %q", floorsMost, text).At("floors")
	}
	return &n, nil
}

func (r *reader) premises(rec *record, get func(string) string) (err error) {
	if err := shortCode(rec.code); err != nil {
		return err
	}
	if rec.text, err = named("name", get("name")); err != nil {
		return err
	}
	if rec.kind, err = named("kind", get("kind")); err != nil {
		return err
	}
	if rec.address = given(get("address")); rec.point == nil && rec.address == nil {
		return fault.Invalid(CodeMissing, "premises need an address or a position").At("address")
	}
	rec.terms = terms(tailOf(rec.text, rec.regions))
	rec.risk, err = risk(get("risk"))
	return err
}

func risk(text string) (*string, error) {
	names := map[string]Risk{"red": Red, "orange": Orange, "yellow": Yellow, "blue": Blue, "红": Red, "橙": Orange, "黄": Yellow, "蓝": Blue}
	if text == "" {
		return nil, nil
	}
	grade, known := names[strings.TrimSuffix(strings.ToLower(text), "色")]
	if !known {
		return nil, fault.Invalid(CodeRisk, "a risk is red, orange, yellow or blue, not %q", text).At("risk")
	}
	code := string(grade)
	return &code, nil
}

func (r *reader) component(rec *record, get func(string) string) (err error) {
	if err := shortCode(rec.code); err != nil {
		return err
	}
	if rec.category = get("category"); rec.category == "" {
		return fault.Invalid(CodeMissing, "a component needs its category").At("category")
	}
	if rec.point == nil {
		return fault.Invalid(CodeMissing, "a component needs its position").At("lon")
	}
	rec.text, err = prose.Clean("name", get("name"), textMost)
	return err
}

// point reads, converts and lands a position, if there is one.
func (r *reader) point(rec *record, lon, lat string) error {
	if lon == "" && lat == "" {
		return nil
	}
	x, errX := strconv.ParseFloat(lon, 64)
	y, errY := strconv.ParseFloat(lat, 64)
	switch {
	case errX != nil:
		return fault.Invalid(CodeNumber, "no longitude: %q", lon).At("lon")
	case errY != nil:
		return fault.Invalid(CodeNumber, "no latitude: %q", lat).At("lat")
	}
	point, err := geo.Position{Lon: x, Lat: y, Datum: r.datum, Source: geo.SourceAddress}.Canonical()
	if err == nil {
		var at cell.Landing
		if at, err = r.atlas.Land(point); err == nil {
			rec.point, rec.cell, rec.street, rec.regions = &point, at.Cell, at.Street, r.names(at)
			return nil
		}
	}
	if refused, ok := fault.As(err); ok && refused.Field == "" {
		return refused.At("lon")
	}
	return err
}

// names are those of the regions around a cell, which say nothing about a place that its position does not.
func (r *reader) names(at cell.Landing) (names []string) {
	const cityDigits = 4
	for _, code := range []string{at.District[:cityDigits], at.District, at.Street, at.Community} {
		if region, ok := r.atlas.Region(code); ok {
			names = append(names, region.NameZH)
		}
	}
	return names
}

func named(field, text string) (string, error) {
	text, err := prose.Clean(field, text, textMost)
	if err == nil && text == "" {
		err = fault.Invalid(CodeMissing, "it is needed").At(field)
	}
	return text, err
}

func shortCode(code string) error {
	if code == "" || len(code) > codeMost {
		return fault.Invalid(CodeCode, "a code has 1 to %d characters", codeMost).At("code")
	}
	return nil
}

func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
