package routing

const currentSetSQL = `select version, note, effective_from from rule_sets
	where state = 'published' and effective_from <= $1 order by version desc limit 1`

const rulesSQL = `select code, name_zh, name_en, conditions, outcome from routing_rules where version = $1 order by position`

const insertSetSQL = `insert into rule_sets (version, state, note, author_id, published_by, effective_from, created_at)
	select coalesce(max(version), 0) + 1, 'published', $1::text, $2::uuid, $2, $3::timestamptz, $4::timestamptz
	from rule_sets returning version`

const departmentCodesSQL = `select code from departments order by code`

const ladderCodesSQL = `select distinct code from ladders order by code`
