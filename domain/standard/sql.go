package standard

const departmentsSQL = `select code, name_zh, name_en from departments order by code`

const categoriesSQL = `select code, kind, major_zh, major_en, name_zh, name_en, restricted, hazard from categories order by code`

const categorySQL = `select code, kind, major_zh, major_en, name_zh, name_en, restricted, hazard from categories where code = $1`

const selectFilingsSQL = `select id, version, category, position, condition_zh, condition_en, limit_number, limit_unit,
	closing_zh, closing_en, department, assisting, legal_basis, urgent
	from filing_standards `

const filingSQL = selectFilingsSQL + `where id = $1`

const filingsByIDsSQL = selectFilingsSQL + `where id = any($1) order by id`

const filingsForCategorySQL = selectFilingsSQL + `
	where version = (select max(version) from filing_standards) and category = $1 order by position`

const filingsOfVersionSQL = selectFilingsSQL + `where category = $1 and version = $2 order by position`

const currentFilingsSQL = selectFilingsSQL + `
	where version = (select max(version) from filing_standards) order by category, position`

const stageLimitSQL = `select version, stage, urgent, limit_number, limit_unit from stage_limits
	where version = (select max(version) from stage_limits) and stage = $1 and urgent = $2`

const stageLimitsSQL = `select version, stage, urgent, limit_number, limit_unit from stage_limits
	where version = (select max(version) from stage_limits) order by stage, urgent`

// Filing standards and stage limits share their versions, so that one number names the whole.
const nextVersionSQL = `select 1 + greatest(
	(select coalesce(max(version), 0) from filing_standards), (select coalesce(max(version), 0) from stage_limits))`

const upsertDepartmentsSQL = `insert into departments (code, name_zh, name_en)
	select * from unnest($1::text[], $2::text[], $3::text[])
	on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en`

const upsertCategoriesSQL = `insert into categories (code, kind, major_zh, major_en, name_zh, name_en, restricted, hazard)
	select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::boolean[])
	on conflict (code) do update set kind = excluded.kind, major_zh = excluded.major_zh, major_en = excluded.major_en,
	name_zh = excluded.name_zh, name_en = excluded.name_en, restricted = excluded.restricted,
	hazard = excluded.hazard`

const insertStageLimitsSQL = `insert into stage_limits (version, stage, urgent, limit_number, limit_unit)
	select $1::int, l.* from unnest($2::text[], $3::boolean[], $4::int[], $5::text[]) as l`
