package look

const lookColumns = `subject_id, person_id, street, since, until`

// A look that lasts is written once in a while only: told again, it need not be.
const lookSQL = `insert into looks as l (person_id, subject_id, street, since, until) values ($1, $2, $3, $4, $5)
	on conflict (person_id) do update set subject_id = excluded.subject_id, street = excluded.street, until = excluded.until,
		since = case when l.subject_id = excluded.subject_id and l.until > $4 then l.since else excluded.since end
	where l.subject_id <> excluded.subject_id or l.until < $6`

const lookAwaySQL = `delete from looks where person_id = $1`

// Those of others, in the regions of $3 or at the subject itself.
const othersSQL = `select ` + lookColumns + ` from looks
	where person_id <> $1 and until > $2 and (subject_id = $4 or exists (select from unnest($3::text[]) as reach(region) where street ^@ reach.region))
	order by since, person_id`

const forgetSQL = `delete from looks where person_id in (select person_id from looks where until < $1 for update skip locked)`
