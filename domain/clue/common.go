package clue

import (
	"context"

	"gridwork/pg"
)

// A category is called common where at least tellable of the newest clues of a street were of it: fewer would tell of single
// reports. Of each state the newest recent ones are looked at.
const (
	tellable = 5
	recent   = 300
	offered  = 6
)

// The most frequent first; where too little was reported, one of each major kind in turn: events before components, and what
// puts life at risk first. Restricted kinds are not offered: whoever reports one chooses it, or says it in words.
const commonSQL = `select c.code from (
		select code, major_zh, kind = 'event' as happens, exists (select from filing_standards f where f.category = categories.code
			and f.urgent and f.version = (select max(version) from filing_standards)) as urgent
		from categories where not restricted
	) c left join (
		select newest.category, count(*) as n from unnest($2::text[]) as of(state)
		cross join lateral (select category from clues where street = $1 and state = of.state
			order by submitted_at desc, id desc limit $4) newest
		where newest.category is not null group by newest.category having count(*) >= $5
	) seen on seen.category = c.code
	order by seen.n desc nulls last, row_number() over (partition by c.major_zh order by c.happens desc, c.urgent desc, c.code),
		c.happens desc, c.urgent desc, c.code limit $3`

// Common are the codes of the six categories that a reporter in a street most likely wants.
func Common(ctx context.Context, tx *pg.Tx, street string) ([]string, error) {
	return pg.Vals[string](ctx, tx, commonSQL, street, States, offered, recent, tellable)
}
