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
	select d.id, d.person_id from deliveries d
	where d.held_until is not null and d.person_id in (select person_id from due)
	order by d.person_id, d.id for update of d skip locked`

const leftSQL = `select person_id, left_at from deliveries where person_id = any($1) and left_at > $2 order by person_id, left_at`

const holdSQL = `update deliveries set held_until = held.until
	from unnest($1::uuid[], $2::timestamptz[]) as held(id, until) where deliveries.id = held.id`

// The first text of each person carries the others.
const releaseSQL = `update deliveries set held_until = null, messages = released.messages,
		state = case when released.carries then 'pending' else 'bundled' end, left_at = case when released.carries then $1::timestamptz end
	from unnest($2::uuid[], $3::integer[], $4::boolean[]) as released(id, messages, carries) where deliveries.id = released.id`

type held struct {
	ID     uuid.UUID `db:"id"`
	Person uuid.UUID `db:"person_id"`
}

type left struct {
	Person uuid.UUID `db:"person_id"`
	At     time.Time `db:"left_at"`
}

// Release sends the text messages whose wait is over, one for each person however many waited, for the people of at most max
// that are due. Where it is night, or a person has had enough texts, they wait on. It returns how many left their wait.
func Release(ctx context.Context, tx *pg.Tx, max int) (int, error) {
	rows, err := pg.All[held](ctx, tx, heldSQL, tx.Now, max)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	rule, err := Quiet(ctx, tx)
	if err != nil {
		return 0, err
	}
	waiting := map[uuid.UUID][]uuid.UUID{} // by person, the oldest first
	var people []uuid.UUID
	for _, row := range rows {
		if len(waiting[row.Person]) == 0 {
			people = append(people, row.Person)
		}
		waiting[row.Person] = append(waiting[row.Person], row.ID)
	}
	gone, err := goneTo(ctx, tx, people)
	if err != nil {
		return 0, err
	}
	var r release
	for _, person := range people {
		r.add(waiting[person], tx.Now, rule.leaves(tx.Now, gone[person]))
	}
	r.queue(tx)
	return len(r.ids), nil
}

// goneTo are the texts that went out to people in the last 24 hours, the oldest first.
func goneTo(ctx context.Context, tx *pg.Tx, people []uuid.UUID) (map[uuid.UUID][]time.Time, error) {
	rows, err := pg.All[left](ctx, tx, leftSQL, people, tx.Now.Add(-24*time.Hour))
	gone := make(map[uuid.UUID][]time.Time, len(people))
	for _, row := range rows {
		gone[row.Person] = append(gone[row.Person], row.At)
	}
	return gone, err
}

// release is what becomes of held texts, column by column.
type release struct {
	ids      []uuid.UUID
	messages []int
	carries  []bool

	held  []uuid.UUID
	until []time.Time
}

func (r *release) add(texts []uuid.UUID, now, at time.Time) {
	for i, id := range texts {
		if at.After(now) {
			r.held, r.until = append(r.held, id), append(r.until, at)
			continue
		}
		r.ids, r.messages, r.carries = append(r.ids, id), append(r.messages, len(texts)), append(r.carries, i == 0)
	}
}

func (r *release) queue(tx *pg.Tx) {
	if len(r.held) > 0 {
		tx.Queue(holdSQL, r.held, r.until)
	}
	if len(r.ids) > 0 {
		tx.Queue(releaseSQL, tx.Now, r.ids, r.messages, r.carries)
	}
	for i, id := range r.ids {
		if r.carries[i] {
			tx.Emit(JobText, DeliverJob{Delivery: id})
		}
	}
}
