package measure

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Standing is how well the figures follow.
type Standing struct {
	Waiting int           // changes that are not in the figures yet
	Oldest  time.Duration // how long the oldest of them has waited
	Days    int           // sums of a day in a street that were made anew for comparison
	Facts   int           // facts that were
	Differs []string      // what came out otherwise; empty when all is well
}

// How much is compared with each look.
const (
	sampleDays  = 20
	sampleFacts = 50
)

// Examine compares some of the figures with what comes out when they are made from nothing. Which ones is another choice
// every time. What waits in the queue is left out: it is known to be old.
func Examine(ctx context.Context, tx *pg.Tx) (Standing, error) {
	s, err := waiting(ctx, tx)
	if err != nil {
		return s, err
	}
	days, err := pg.All[compared](ctx, tx, compareDaysSQL, tx.Now.String(), sampleDays)
	if err != nil {
		return s, fmt.Errorf("compare days: %w", err)
	}
	facts, err := someFacts(ctx, tx)
	if err != nil {
		return s, fmt.Errorf("compare facts: %w", err)
	}
	places, err := pg.All[compared](ctx, tx, comparePlacesSQL, tx.Now.String())
	if err != nil {
		return s, fmt.Errorf("compare places: %w", err)
	}
	s.Days, s.Facts = len(days), len(facts)
	for _, c := range slices.Concat(days, facts, places) {
		if !c.Same {
			s.Differs = append(s.Differs, c.What)
		}
	}
	return s, nil
}

// compared is one figure and whether it is right.
type compared struct {
	What string `db:"what"`
	Same bool   `db:"same"`
}

// someFacts are those of cases in a row, from one on that the moment chooses: ids are in the order of time.
func someFacts(ctx context.Context, tx *pg.Tx) ([]compared, error) {
	ends, err := pg.Vals[uuid.UUID](ctx, tx, factEndsSQL)
	if err != nil || len(ends) == 0 {
		return nil, err
	}
	from := ends[0]
	first, last := binary.BigEndian.Uint64(ends[0][:8]), binary.BigEndian.Uint64(ends[1][:8])
	if last > first {
		binary.BigEndian.PutUint64(from[:8], first+rand.New(rand.NewPCG(uint64(tx.Now.UnixNano()), 0)).Uint64N(last-first)) //nolint:gosec // a sample, not a secret
	}
	cases, err := pg.Vals[uuid.UUID](ctx, tx, factsFromSQL, from, sampleFacts)
	if err != nil {
		return nil, err
	}
	return pg.All[compared](ctx, tx, compareFactsSQL, cases)
}

type queueLength struct {
	N      int        `db:"n"`
	Oldest *uuid.UUID `db:"oldest"`
}

func waiting(ctx context.Context, tx *pg.Tx) (Standing, error) {
	q, err := pg.One[queueLength](ctx, tx, waitingSQL)
	s := Standing{Waiting: q.N}
	if q.Oldest != nil {
		s.Oldest = max(0, tx.Now.Sub(time.Unix(q.Oldest.Time().UnixTime())))
	}
	return s, err
}

const waitingSQL = `select count(*) as n, (select id from measure_queue order by id limit 1) as oldest from measure_queue`

// Some sums of days in streets, beside those of the facts that stand there now.
const compareDaysSQL = `select s.region || ' ' || s.start as what, (` + sumsOfRounds + `) is not distinct from (` + madeOfRounds + `) as same
	from (select * from measure_sums s where s.span = 'day' and s.department = '*' and s.category = '*' and length(s.region) = 9
		order by md5(s.region || s.start || $1) limit $2) s
	cross join lateral (select ` + roundTotals + ` from (select 1 as sign, ` + roundColumns + ` from measure_facts
			where street = s.region and (opened_day = s.start or due_day = s.start or looked_day = s.start)) f ` + cohorts + `
		where d.start = s.start) f order by 1`

// How many places a community has, beside how many are there now: of the communities of some street.
const comparePlacesSQL = `select c.code as what, (coalesce(m.premises, 0), coalesce(m.floors, 0)) = (there.premises, there.floors)
		or exists (select from measure_queue where measure_queue.street = s.code) as same
	from (select code from regions where level = 'street' order by md5(code || $1) limit 1) s
	join regions c on c.parent = s.code
	left join measure_places m on m.community = c.code
	cross join lateral (select
		(select count(*) from premises p where p.cell >= c.code and p.cell < c.code || ':') as premises,
		(select coalesce(sum(b.floors), 0) from addresses b
			where b.cell >= c.code and b.cell < c.code || ':' and b.kind = 'building' and b.floors is not null) as floors) there
	order by 1`

const factEndsSQL = `(select case_id from measure_facts order by case_id limit 1)
	union all (select case_id from measure_facts order by case_id desc limit 1)`

const factsFromSQL = `select distinct case_id from measure_facts where case_id >= $1 order by case_id limit $2`

// Facts of cases ($1), beside what the stored rows say now.
const compareFactsSQL = `with kept as (select ` + roundColumns + ` from measure_facts where case_id = any($1)),
	made as (select ` + roundColumns + ` from (` + factsSQL + `) made),
	odd as ((select * from kept except select * from made) union all (select * from made except select * from kept))
	select 'case ' || asked.id as what, not exists (select from odd where odd.case_id = asked.id)
		or exists (select from measure_queue where measure_queue.case_id = asked.id) as same
	from unnest($1::uuid[]) as asked(id) order by 1`
