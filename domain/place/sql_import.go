package place

const storeAddressesSQL = `insert into addresses as a (code, kind, building, text, terms, floors, point, cell, street, updated_at)
	select code, kind, building, text, string_to_array(terms, E'\t'), floors, point, cell, street, $1
	from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[], $8::geometry[], $9::text[], $10::text[])
		as given(code, kind, building, text, terms, floors, point, cell, street)
	on conflict (code) do update set kind = excluded.kind, building = excluded.building, text = excluded.text, terms = excluded.terms,
		floors = excluded.floors, point = excluded.point, cell = excluded.cell, street = excluded.street, updated_at = excluded.updated_at
	where (a.kind, a.building, a.text, a.terms, a.floors, a.cell) is distinct from
		(excluded.kind, excluded.building, excluded.text, excluded.terms, excluded.floors, excluded.cell) or not a.point ~= excluded.point`

const dropAliasesSQL = `delete from address_aliases where code = any($1) and not alias = any($2)`

const storeAliasesSQL = `insert into address_aliases (code, alias, terms)
	select code, alias, string_to_array(terms, E'\t') from unnest($1::text[], $2::text[], $3::text[]) as given(code, alias, terms)
	on conflict (alias, code) do update set terms = excluded.terms`

const whereSQL = `select asked, code, point, cell, street from (
		select asked, coalesce((select a.code from addresses a where a.code = asked),
			(select min(code) from address_aliases where alias = asked having count(*) = 1)) as found
		from unnest($1::text[]) as asked
	) asked join addresses on addresses.code = asked.found`

const storePremisesSQL = `insert into premises as p (code, name, terms, kind, legal_entity, credit_code, risk, address, point, cell, street, updated_at)
	select code, name, string_to_array(terms, E'\t'), kind, legal_entity, credit_code, risk, address, point, cell, street, $1
	from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::geometry[], $11::text[], $12::text[])
		as given(code, name, terms, kind, legal_entity, credit_code, risk, address, point, cell, street)
	on conflict (code) do update set name = excluded.name, terms = excluded.terms, kind = excluded.kind, legal_entity = excluded.legal_entity,
		credit_code = excluded.credit_code, risk = excluded.risk, address = excluded.address, point = excluded.point, cell = excluded.cell,
		street = excluded.street, updated_at = excluded.updated_at
	where (p.name, p.terms, p.kind, p.legal_entity, p.credit_code, p.risk, p.address, p.cell) is distinct from
		(excluded.name, excluded.terms, excluded.kind, excluded.legal_entity, excluded.credit_code, excluded.risk, excluded.address, excluded.cell)
		or not p.point ~= excluded.point`

const componentCategoriesSQL = `select code from categories where kind = 'component' order by code`

const storeComponentsSQL = `insert into components as c (code, category, name, point, cell, street, updated_at)
	select code, category, nullif(name, ''), point, cell, street, $1
	from unnest($2::text[], $3::text[], $4::text[], $5::geometry[], $6::text[], $7::text[]) as given(code, category, name, point, cell, street)
	on conflict (code) do update set category = excluded.category, name = excluded.name, point = excluded.point, cell = excluded.cell,
		street = excluded.street, updated_at = excluded.updated_at
	where (c.category, c.name, c.cell) is distinct from (excluded.category, excluded.name, excluded.cell) or not c.point ~= excluded.point`
