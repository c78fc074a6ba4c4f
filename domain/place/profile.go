package place

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Kind is what a file holds.
type Kind string

const (
	Addresses  Kind = "addresses"
	PremisesOf Kind = "premises"
	Components Kind = "components"
)

// field is one that an import reads, with the column names that it goes by when a profile says nothing.
type field struct {
	name   string
	needed bool
	called []string
}

var (
	lonField = field{"lon", false, []string{"经度", "x", "longitude", "lng"}}
	latField = field{"lat", false, []string{"纬度", "y", "latitude"}}
)

var fieldsOf = map[Kind][]field{
	Addresses: {
		{"code", true, []string{"统一地址编码", "地址编码", "编码"}}, {"text", true, []string{"标准地址", "地址", "address"}}, lonField, latField,
		{"kind", false, []string{"类型"}}, {"building", false, []string{"楼栋编码", "建筑物编码"}}, {"floors", false, []string{"楼层数", "层数"}},
		{"aliases", false, []string{"别名", "曾用名"}},
	},
	PremisesOf: {
		{"code", true, []string{"场所编码", "编码"}}, {"name", true, []string{"场所名称", "名称"}}, {"kind", true, []string{"场所类型", "类型"}},
		lonField, latField, {"address", false, []string{"统一地址编码", "地址编码"}}, {"legal_entity", false, []string{"法人", "单位名称"}},
		{"credit_code", false, []string{"统一社会信用代码"}}, {"risk", false, []string{"风险等级"}},
	},
	Components: {
		{"code", true, []string{"部件编码", "编码"}}, {"category", true, []string{"部件类别", "类别编码"}}, lonField, latField,
		{"name", false, []string{"部件名称", "名称"}},
	},
}

// Profile says how somebody's files are to be read.
type Profile struct {
	Kind    Kind
	Columns map[string]string // field → column; a field that is missing is looked for under its usual names
	Datum   geo.Datum         // of lon and lat
}

// Fields lists what an import of the kind reads, those that are needed first.
func (k Kind) Fields() (names []string) {
	for _, f := range fieldsOf[k] {
		names = append(names, f.name)
	}
	return names
}

// For binds the profile to a file's columns: it returns which column each field is read from.
//
// Faults: KIND_UNKNOWN; FIELD_UNKNOWN and COLUMNS_INCOMPLETE at the field.
func (p Profile) For(header []string) (map[string]string, error) {
	fields, known := fieldsOf[p.Kind]
	if !known {
		return nil, fault.Invalid(CodeKind, "addresses, premises and components are imported, not %q", p.Kind)
	}
	for name := range p.Columns {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			return nil, fault.Invalid(CodeField, "%s have no such field: %s", p.Kind, strings.Join(p.Kind.Fields(), ", ")).At(name)
		}
	}
	bound := map[string]string{}
	for _, f := range fields {
		column, chosen := p.Columns[f.name]
		candidates := append([]string{f.name}, f.called...)
		if chosen {
			candidates = []string{column}
		}
		i := slices.IndexFunc(header, func(h string) bool {
			return slices.ContainsFunc(candidates, func(c string) bool { return strings.EqualFold(c, h) })
		})
		switch {
		case i >= 0:
			bound[f.name] = header[i]
		case chosen || f.needed:
			return nil, fault.Invalid(CodeColumns, "no column for it: the file has %s", strings.Join(header, ", ")).At(f.name)
		}
	}
	return bound, nil
}

const saveProfileSQL = `insert into import_profiles (name, kind, columns, datum, saved_at) values ($1, $2, $3, $4, $5)
	on conflict (kind, name) do update set columns = excluded.columns, datum = excluded.datum, saved_at = excluded.saved_at`

const profileSQL = `select kind, columns, datum from import_profiles where kind = $1 and name = $2`

// SaveProfile keeps a profile under a name, in the place of an older one.
func SaveProfile(tx *pg.Tx, name string, p Profile) {
	columns := maps.Clone(p.Columns)
	if columns == nil {
		columns = map[string]string{}
	}
	tx.Queue(saveProfileSQL, name, p.Kind, columns, p.Datum, tx.Now)
}

// SavedProfile reads a profile: PROFILE_UNKNOWN at "profile".
func SavedProfile(ctx context.Context, tx *pg.Tx, kind Kind, name string) (Profile, error) {
	p, err := pg.One[Profile](ctx, tx, profileSQL, kind, name)
	if errors.Is(err, pgx.ErrNoRows) {
		return p, fault.NotFound(CodeNoProfile, "no profile for %s has this name", kind).At("profile")
	}
	return p, err
}
