package notify

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Whatever waits for a person leaves together, as soon as the first of it is due.
const heldSQL = `with due as (
		select person_id from deliveries where held_until <= $1 order by held_until, id limit $2
	)
	select d.id, d.person_id, coalesce(d.device_id, '00000000-0000-0000-0000-000000000000') as device_id, d.channel,
		d.channel = 'push' and m.read_at is not null as seen
	from deliveries d left join messages m on m.id = d.message_id
	where d.held_until is not null and d.person_id in (select person_id from due)
	order by d.person_id, d.id for update of d skip locked`

const leftSQL = `select person_id, coalesce(device_id, '00000000-0000-0000-0000-000000000000') as device_id, left_at from deliveries where person_id = any($1) and left_at > $2 order by person_id, left_at`

const holdSQL = `update deliveries set held_until = held.until
	from unnest($1::uuid[], $2::timestamptz[]) as held(id, until) where deliveries.id = held.id`

// The first one on each way carries the others.
const releaseSQL = `update deliveries set held_until = null, messages = released.messages,
		state = case when released.carries then 'pending' else 'bundled' end, left_at = case when released.carries then $1::timestamptz end
	from unnest($2::uuid[], $3::integer[], $4::boolean[]) as released(id, messages, carries) where deliveries.id = released.id`

// way is how somebody is told: by text message, or by one of their handhelds.
type way struct {
	Person uuid.UUID `db:"person_id"`
	Device uuid.UUID `db:"device_id"` // nil: by text message
}

type held struct {
	way
	ID      uuid.UUID `db:"id"`
	Channel Channel   `db:"channel"`
	Seen    bool      `db:"seen"` // a notification of what was read meanwhile
}

type left struct {
	way
	At time.Time `db:"left_at"`
}

// Release sends the text messages and notifications whose wait is over, one on each way however many waited, for the people of at most
// max that are due. Where it is night, or a person has had enough of them, they wait on; a notification of what was read meanwhile is
// dropped. It returns how many left their wait.
func Release(ctx context.Context, tx *pg.Tx, max int) (int, error) {
	rows, err := pg.All[held](ctx, tx, heldSQL, tx.Now, max)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	rule, err := Quiet(ctx, tx)
	if err != nil {
		return 0, err
	}
	var r release
	waiting := map[way][]held{} // the oldest first
	var ways []way
	for _, row := range rows {
		if row.Seen {
			r.seen = append(r.seen, row.ID)
			continue
		}
		if len(waiting[row.way]) == 0 {
			ways = append(ways, row.way)
		}
		waiting[row.way] = append(waiting[row.way], row)
	}
	gone, err := goneTo(ctx, tx, people(ways))
	if err != nil {
		return 0, err
	}
	for _, to := range ways {
		r.add(waiting[to], tx.Now, rule.leaves(tx.Now, gone[to]))
	}
	r.queue(tx)
	return len(r.ids), nil
}

func people(ways []way) (all []uuid.UUID) {
	for _, to := range ways {
		all = append(all, to.Person)
	}
	return all
}

// goneTo is what went out to people in the last 24 hours, by each way, the oldest first.
func goneTo(ctx context.Context, tx *pg.Tx, people []uuid.UUID) (map[way][]time.Time, error) {
	rows, err := pg.All[left](ctx, tx, leftSQL, people, tx.Now.Add(-24*time.Hour))
	gone := make(map[way][]time.Time, len(people))
	for _, row := range rows {
		gone[row.way] = append(gone[row.way], row.At)
	}
	return gone, err
}

// release is what becomes of what was held, column by column.
type release struct {
	ids      []uuid.UUID
	messages []int
	carries  []bool
	channels []Channel

	held  []uuid.UUID
	until []time.Time

	seen []uuid.UUID
}

func (r *release) add(waited []held, now, at time.Time) {
	for i, w := range waited {
		if at.After(now) {
			r.held, r.until = append(r.held, w.ID), append(r.until, at)
			continue
		}
		r.ids, r.messages, r.carries = append(r.ids, w.ID), append(r.messages, len(waited)), append(r.carries, i == 0)
		r.channels = append(r.channels, w.Channel)
	}
}

func (r *release) queue(tx *pg.Tx) {
	if len(r.seen) > 0 {
		tx.Queue(mootSQL, r.seen, "read")
	}
	if len(r.held) > 0 {
		tx.Queue(holdSQL, r.held, r.until)
	}
	if len(r.ids) > 0 {
		tx.Queue(releaseSQL, tx.Now, r.ids, r.messages, r.carries)
	}
	for i, id := range r.ids {
		if r.carries[i] {
			tx.Emit(jobOf[r.channels[i]], DeliverJob{Delivery: id})
		}
	}
}
