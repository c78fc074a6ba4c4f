package intake

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
type Kind struct {
	Name   string // as it is asked for
	Fields []Field
}

// Field is one that an import reads, with the column names that it goes by when a profile says nothing.
type Field struct {
	Name   string
	Needed bool
	Called []string
}

// Profile says how somebody's files are to be read.
type Profile struct {
	Columns map[string]string `db:"columns"` // field → column; a field that is missing is looked for under its usual names
	Datum   geo.Datum         `db:"datum"`   // of coordinates
}

// Names lists what an import of the kind reads.
func (k Kind) Names() (names []string) {
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	return names
}

// Bind finds the column of a file that each field is read from.
//
// Faults: FIELD_UNKNOWN and COLUMNS_INCOMPLETE at the field.
func (k Kind) Bind(p Profile, header []string) (map[string]string, error) {
	for name := range p.Columns {
		if !slices.Contains(k.Names(), name) {
			return nil, fault.Invalid(CodeField, "%s have no such field: %s", k.Name, strings.Join(k.Names(), ", ")).At(name)
		}
	}
	bound := map[string]string{}
	for _, b := range k.Bindings(p, header) {
		if b.Why != nil {
			return nil, b.Why
		}
		if b.Column != "" {
			bound[b.Name] = b.Column
		}
	}
	return bound, nil
}

// Binding is what became of a field.
type Binding struct {
	Field
	Column string       // that it is read from; "": none
	Why    *fault.Error // COLUMNS_INCOMPLETE at the field, where it should have one
}

// Bindings finds the column of a file that each field is read from, as far as there is one.
func (k Kind) Bindings(p Profile, header []string) (all []Binding) {
	for _, f := range k.Fields {
		column, chosen := p.Columns[f.Name]
		candidates := append([]string{f.Name}, f.Called...)
		if chosen {
			candidates = []string{column}
		}
		i := slices.IndexFunc(header, func(h string) bool {
			return slices.ContainsFunc(candidates, func(c string) bool { return c != "" && strings.EqualFold(c, h) })
		})
		b := Binding{Field: f}
		if i >= 0 {
			b.Column = header[i]
		} else if chosen || f.Needed {
			b.Why = fault.Invalid(CodeColumns, "no column for it: the file has %s", strings.Join(header, ", ")).At(f.Name)
		}
		all = append(all, b)
	}
	return all
}

// SaveProfile keeps a profile under a name, in the place of an older one.
func (k Kind) SaveProfile(tx *pg.Tx, name string, p Profile) {
	columns := maps.Clone(p.Columns)
	if columns == nil {
		columns = map[string]string{}
	}
	tx.Queue(saveProfileSQL, name, k.Name, columns, p.Datum, tx.Now)
}

// SavedProfile reads a profile: PROFILE_UNKNOWN at "profile".
func (k Kind) SavedProfile(ctx context.Context, tx *pg.Tx, name string) (Profile, error) {
	p, err := pg.One[Profile](ctx, tx, profileSQL, k.Name, name)
	if errors.Is(err, pgx.ErrNoRows) {
		return p, fault.NotFound(CodeNoProfile, "no profile for %s has this name", k.Name).At("profile")
	}
	return p, err
}

// Saved is a profile with its name.
type Saved struct {
	Name string `db:"name"`
	Profile
}

// Profiles are those that are kept for a kind, by name.
func (k Kind) Profiles(ctx context.Context, tx *pg.Tx) ([]Saved, error) {
	return pg.All[Saved](ctx, tx, profilesSQL, k.Name)
}
