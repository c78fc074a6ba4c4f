package demo

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/identity"
	"gridwork/pg"
)

const streetsSQL = `select r.code, r.name_zh, (select array_agg(c.code order by c.code) from cells c where c.street = r.code) as cells
	from regions r where r.level = 'street' order by r.code`

const cityCodeSQL = `select code from regions where level = 'city'`

// A border segment that two cells have in common, corner by corner, is the same line to both: that is how the city was
// cut. Looking for it costs a quarter of comparing shapes.
const bordersSQL = `select distinct min(code) as one, max(code) as other
	from cells cross join lateral st_dumpsegments(shape) as segment
	group by street, st_asbinary(st_normalize(segment.geom)) having count(*) = 2 order by one, other`

type streetRow struct {
	Code  string   `db:"code"`
	Name  string   `db:"name_zh"`
	Cells []string `db:"cells"`
}

type borderRow struct {
	One   string `db:"one"`
	Other string `db:"other"`
}

// readLand finds what there is to staff.
func readLand(ctx context.Context, tx *pg.Tx) (land, error) {
	l := land{borders: neighbours{}}
	var err error
	if l.city, err = pg.Val[string](ctx, tx, cityCodeSQL); err != nil {
		return l, err
	}
	streets, err := pg.All[streetRow](ctx, tx, streetsSQL)
	if err != nil {
		return l, err
	}
	for _, s := range streets {
		if code := s.Code[:6]; len(l.districts) == 0 || l.districts[len(l.districts)-1].code != code {
			l.districts = append(l.districts, district{code: code})
		}
		d := &l.districts[len(l.districts)-1]
		d.streets = append(d.streets, street{division{code: s.Code, nameZH: s.Name}, s.Cells})
	}
	borders, err := pg.All[borderRow](ctx, tx, bordersSQL)
	for _, b := range borders {
		l.borders[b.One] = append(l.borders[b.One], b.Other)
		l.borders[b.Other] = append(l.borders[b.Other], b.One)
	}
	return l, err
}

// rosterLead is how long before the city was built its rosters began, so that tonight's shift has begun too.
const rosterLead = 30 * 24 * time.Hour

// store writes everybody, table by table.
func (s *staff) store(ctx context.Context, tx *pg.Tx) error {
	hash := identity.HashPassword(Password)
	began := tx.Now.In(identity.City).Add(-rosterLead)
	for _, table := range []rows{
		{"people", []string{"id", "name", "login", "password_hash", "locale", "created_at"}, len(s.people), func(i int) []any {
			p := s.people[i]
			if p.login == "" {
				return []any{p.id, p.name, nil, nil, "zh", tx.Now}
			}
			return []any{p.id, p.name, p.login, hash, "zh", tx.Now}
		}},
		{"grants", []string{"id", "person_id", "role", "region", "department", "granted_at"}, len(s.grants), func(i int) []any {
			g := s.grants[i]
			return []any{g.id(), g.person, string(g.role), g.region, orNull(g.department), tx.Now}
		}},
		{"shifts", []string{"id", "person_id", "role", "region", "department", "weekdays", "starts", "ends", "valid_from"}, len(s.shifts), func(i int) []any {
			h := s.shifts[i]
			starts, ends := h.hours()
			return []any{h.id(), h.person, string(h.role), h.region, orNull(h.department), h.weekdays, clockTime(starts), clockTime(ends), began}
		}},
		{"absences", []string{"person_id", "from_at", "to_at"}, len(s.absences), func(i int) []any {
			a := s.absences[i]
			return []any{a.person, a.from, a.to}
		}},
		{"duty_grids", []string{"id", "code", "street", "name"}, len(s.grids), func(i int) []any {
			g := s.grids[i]
			return []any{g.id, g.code, g.street, g.name}
		}},
		{"duties", []string{"duty_grid_id", "person_id", "part", "valid_from"}, len(s.duties), func(i int) []any {
			d := s.duties[i]
			return []any{d.grid, d.person, d.part, tx.Now}
		}},
	} {
		if err := table.store(ctx, tx); err != nil {
			return err
		}
	}
	if err := s.shareCells(ctx, tx); err != nil {
		return err
	}
	key := sha256.Sum256([]byte(IntegrationKey)) // as identity keeps keys
	_, err := pg.Exec(ctx, tx, insertKeySQL, key[:], idOf("person", integration), tx.Now)
	return err
}

const insertKeySQL = `insert into api_keys (key_hash, person_id, name, created_at) values ($1, $2, 'demo', $3)`

const shareCellsSQL = `update cells set duty_grid_id = share.grid
	from unnest($1::text[], $2::uuid[]) as share(cell, grid) where cells.code = share.cell`

func (s *staff) shareCells(ctx context.Context, tx *pg.Tx) error {
	var cells []string
	var grids []uuid.UUID
	for _, g := range s.grids {
		for _, c := range g.cells {
			cells, grids = append(cells, c), append(grids, g.id)
		}
	}
	_, err := pg.Exec(ctx, tx, shareCellsSQL, cells, grids)
	return err
}

// rows are a table's, to be copied.
type rows struct {
	table   string
	columns []string
	count   int
	row     func(i int) []any
}

func (r rows) store(ctx context.Context, tx *pg.Tx) error {
	_, err := tx.CopyFrom(ctx, r.table, r.columns, pgx.CopyFromSlice(r.count, func(i int) ([]any, error) { return r.row(i), nil }))
	return err
}

func (g grant) id() uuid.UUID {
	return idOf("grant", g.person.String(), string(g.role), g.region, g.department)
}

func (h shift) id() uuid.UUID {
	part := "day"
	if h.night {
		part = "night"
	}
	return idOf("shift", h.grant.id().String(), part)
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
