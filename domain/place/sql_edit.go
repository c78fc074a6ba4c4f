package place

const lockPremisesSQL = `select ` + premisesColumns + ` from premises scoped where scoped.code = $1 for update`

// Where a field's changes begin: what it is now, the first time.
const groundSQL = `insert into premises_fields as f (premises, field, base, merged) values ($1, $2, $3, $3)
	on conflict (premises, field) do update set base = f.base returning base, merged`

const changesSQL = `select operation_id, was, becomes, captured_at from premises_changes where premises = $1 and field = $2
	order by captured_at, operation_id`

const insertChangeSQL = `insert into premises_changes (operation_id, premises, field, was, becomes, captured_at)
	values ($1, $2, $3, $4, $5, $6)`

const dropChangeSQL = `delete from premises_changes where operation_id = $1 and field = $2
	returning operation_id, was, becomes, captured_at`

const mergedSQL = `update premises_fields set merged = $3 where premises = $1 and field = $2`

const foldSQL = `with kept as (
		delete from premises_changes where premises = $1 and field = $2 and operation_id <> all($4::uuid[])
	) update premises_fields set base = $3, merged = $3 where premises = $1 and field = $2`

// The names of the regions around a cell, the larger first.
const regionNamesSQL = `select name_zh from regions where code = any(array[left($1, 4), left($1, 6), left($1, 9), left($1, 12)]) order by code`

const writePremisesSQL = `update premises set name = $2, terms = string_to_array($3, E'\t'), kind = $4, legal_entity = $5, credit_code = $6, updated_at = $7
	where code = $1 and (name, kind, legal_entity, credit_code) is distinct from ($2, $4, $5, $6)`
