package stand

import (
	"context"
	"fmt"
	"time"

	"gridwork/demo"
)

// Clues says how many reports a city is filled with.
type Clues struct {
	Total   int
	Waiting float64 // the share that waits for a decision, 0 to 1
}

// placesSQL numbers the valid cells street by street. Reports crowd in the first ones: the busiest street of 79 gets
// about a fifth of all, and the quietest half a percent.
const placesSQL = `create temporary table bench_places as
	select row_number() over (order by code) as n, code, street, st_pointonsurface(shape) as point from cells where valid_to is null;
create unique index on bench_places (n);
create temporary table bench_categories as
	select row_number() over (order by code) as n, code, kind,
		exists (select from filing_standards f where f.category = categories.code and f.urgent) as urgent,
		(select id from filing_standards f where f.category = categories.code order by version desc, position limit 1) as standard
	from categories;
analyze bench_places; analyze bench_categories; select setseed(0.4403)`

// insertCluesSQL spreads the reports over a year, each with an id that its time begins. Of those that wait, the ones
// that came last.
const insertCluesSQL = `insert into clues (id, payload_hash, source, mark, claim_hash, text, category, urgent, state, version,
		lon, lat, datum, accuracy_m, position_source, mocked, captured_at, point, cell, street, submitted_at, decided_at)
	select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid,
		sha256(hash::bytea), case when named then 'volunteer' else 'anonymous' end,
		case when named then sha256(substr(hash, 1, 4)::bytea) end, case when not named then sha256(hash::bytea) end,
		($4::text[])[1 + drawn.n % cardinality($4::text[])], c.code, c.urgent, case when waits then 'submitted' else 'not_filed' end, 1,
		st_x(p.point), st_y(p.point), 'wgs84', 10, 'gnss', false, at, p.point, p.code, p.street, at, case when not waits then at end
	from (
		select n, md5(n::text) as hash, random() < 0.8 as named, n > $1 * (1 - $2::float) as waits,
			$3::timestamptz - interval '365 days' * (1 - n / $1::float) as at,
			1 + floor((select count(*) from bench_places) * power(random(), 3))::int as place,
			1 + floor((select count(*) from bench_categories) * random())::int as category
		from generate_series(1, $1::int) n
	) drawn
	join bench_places p on p.n = drawn.place join bench_categories c on c.n = drawn.category`

// FillClues writes reports up to now, and leaves statistics and free of dead rows what it wrote.
func (s *Stand) FillClues(ctx context.Context, address string, c Clues) error {
	owner, err := s.owner(ctx, address)
	if err != nil {
		return err
	}
	defer owner.Close(context.WithoutCancel(ctx))
	if _, err := owner.Exec(ctx, placesSQL); err != nil {
		return fmt.Errorf("places: %w", err)
	}
	if _, err := owner.Exec(ctx, insertCluesSQL, c.Total, c.Waiting, time.Now(), tellings()); err != nil {
		return fmt.Errorf("fill clues: %w", err)
	}
	_, err = owner.Exec(ctx, "vacuum analyze clues")
	return err
}

// tellings are all texts of the demo's reporters.
func tellings() (texts []string) {
	for _, tip := range demo.Tips() {
		texts = append(texts, tip.Tellings...)
	}
	return texts
}
