package stand

import (
	"context"
	"fmt"
	"time"
)

// Premises go from cell to cell; a grade of risk comes up as often as in a city: few are red.
const fillPremisesSQL = `insert into premises (code, name, terms, kind, risk, point, cell, street, updated_at)
	select 'P' || lpad(i::text, 9, '0'), '场所' || i, '{}', ($3::text[])[1 + i % cardinality($3::text[])],
		case when i % 50 = 0 then 'red' when i % 10 = 0 then 'orange' when i % 4 = 0 then 'yellow' else 'blue' end,
		st_translate(p.point, (i % 97 - 48) * 0.00001, (i % 89 - 44) * 0.00001), p.code, p.street, $2
	from generate_series(0, $1::int - 1) i
	join bench_places p on p.n = 1 + i % (select count(*) from bench_places)`

// FillPremises writes premises of some kinds into every cell, and leaves statistics of them.
func (s *Stand) FillPremises(ctx context.Context, address string, count int, kinds ...string) error {
	owner, err := s.owner(ctx, address)
	if err != nil {
		return err
	}
	defer owner.Close(context.WithoutCancel(ctx))
	if _, err := owner.Exec(ctx, placesSQL); err != nil {
		return fmt.Errorf("places: %w", err)
	}
	if _, err := owner.Exec(ctx, fillPremisesSQL, count, time.Now(), kinds); err != nil {
		return fmt.Errorf("fill premises: %w", err)
	}
	_, err = owner.Exec(ctx, "vacuum analyze premises")
	return err
}
