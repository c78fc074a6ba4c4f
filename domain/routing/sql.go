package routing

const currentSetSQL = `select version, note, effective_from from rule_sets
	where state = 'published' and effective_from <= $1 order by effective_from desc, version desc limit 1`

const rulesSQL = `select code, name_zh, name_en, conditions, outcome from routing_rules where version = $1 order by position`

const insertSetSQL = `insert into rule_sets (version, state, note, authors, based_on, published_by, effective_from, created_at, published_at)
	select coalesce(max(version), 0) + 1, $1::text, $2::text, $3::uuid[], $4::integer, $5::uuid, $6::timestamptz, $7::timestamptz,
		case when $1 = 'published' then $7 end
	from rule_sets returning version`

const copyRulesSQL = `insert into routing_rules (version, position, code, name_zh, name_en, conditions, outcome)
	select $1, position, code, name_zh, name_en, conditions, outcome from routing_rules where version = $2`

const setColumns = `version, state, revision, note, authors, based_on, published_by, effective_from, created_at, published_at`

const setsSQL = `select ` + setColumns + ` from rule_sets where version < $1 order by version desc limit $2`

const setSQL = `select ` + setColumns + ` from rule_sets where version = $1`

const lockSetSQL = setSQL + ` for update`

const deleteRulesSQL = `delete from routing_rules where version = $1`

const deleteSetSQL = `delete from rule_sets where version = $1`

const editSetSQL = `update rule_sets set revision = revision + 1, note = $2, authors = $3 where version = $1`

const publishSetSQL = `update rule_sets set state = 'published', published_by = $2, effective_from = $3, published_at = $4 where version = $1`

const retireSQL = `update rule_sets set state = 'retired' where state = 'published' and effective_from > $1`

const streetCodesSQL = `select code from regions where level = 'street' order by code`

const categoryCodesSQL = `select code from categories order by code`

// Where the desks of a department stand: the regions of live grants.
const desksSQL = `select distinct department, region from grants
	where role = 'department_desk' and revoked_at is null and department is not null order by department, region`

const standardsSQL = `select distinct category, position from filing_standards
	where version = (select max(version) from filing_standards) order by category, position`

const departmentCodesSQL = `select code from departments order by code`

const ladderCodesSQL = `select distinct code from ladders order by code`
