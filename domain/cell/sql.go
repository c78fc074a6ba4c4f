package cell

const regionColumns = `code, parent, level, name_zh, name_en, pinyin, seat, approval`

const regionsSQL = `select ` + regionColumns + ` from regions where code = any($1) order by code`

const allRegionsSQL = `select ` + regionColumns + ` from regions order by code`

const childrenSQL = `select ` + regionColumns + ` from regions where coalesce(parent, '') = $1 order by code`

// A city has some hundred regions: reading all of them is quicker than any index on four kinds of text.
const searchRegionsSQL = `select ` + regionColumns + ` from regions,
	lateral (select lower(name_en) as en, replace(lower(pinyin), ' ', '') as spelled,
		regexp_replace(lower(pinyin), '(\S)\S*\s*', '\1', 'g') as initials) as key
	where position($1 in name_zh) > 0 or position($1 in en) > 0 or position($2 in spelled) > 0
	   or initials ^@ $2 or code ^@ $2
	order by length(code), not (name_zh ^@ $1 or en ^@ $1 or spelled ^@ $2), code limit $3`

const regionExistsSQL = `select code from regions where code = $1`

const cellColumns = `code, community, street, district, shape, area_m2, duty_grid_id, valid_from, valid_to`

const cellsSQL = `select ` + cellColumns + ` from cells where code = any($1) order by code`

// The character after '9' bounds every code that starts with the region's.
const cellsOfRegionSQL = `select ` + cellColumns + ` from cells
	where code >= $1 and code < $1 || ':' and code > $2 and valid_from <= $3 and (valid_to is null or valid_to > $3)
	order by code limit $4`

const countCellsSQL = `select count(*) from cells
	where code >= $1 and code < $1 || ':' and valid_from <= $2 and (valid_to is null or valid_to > $2)`

const dutyGridsSQL = `select id, code, street, name from duty_grids where id = any($1) order by code`

const dutyGridsOfStreetSQL = `select id, code, street, name from duty_grids where street = $1 order by code`

const placesSQL = `select code, community, street, district, shape from cells
	where valid_from <= $1 and (valid_to is null or valid_to > $1) order by code`

// What a loaded atlas was taken from. A cell that comes or goes by its date changes it as much as one that is written.
const editionSQL = `select count(*) as cells, max(valid_from) filter (where valid_from <= $1) as began,
	max(valid_to) filter (where valid_to <= $1) as ended,
	(select count(*) from regions where approval is null) as plain from cells`

// The holder comes before the stand-ins of a cell, and the longest-serving one of each before the others.
const dutiesSQL = `select c.code, d.person_id, d.part
	from cells c join duties d on d.duty_grid_id = c.duty_grid_id
	where c.code = any($1) and d.valid_from <= $2 and (d.valid_to is null or d.valid_to > $2)
	order by c.code, d.part, d.valid_from, d.person_id`

const heldSQL = `select c.code from cells c join duties d on d.duty_grid_id = c.duty_grid_id
	where d.person_id = $1 and d.valid_from <= $2 and (d.valid_to is null or d.valid_to > $2)
	  and c.valid_from <= $2 and (c.valid_to is null or c.valid_to > $2)
	order by c.code`

const rosterSQL = `select duty_grid_id, person_id, part from duties
	where duty_grid_id = any($1::uuid[]) and valid_from <= $2 and (valid_to is null or valid_to > $2)
	order by duty_grid_id, valid_from, person_id`

const inRosterSQL = `select exists (select from cells c join duties d on d.duty_grid_id = c.duty_grid_id
	where d.person_id = $1 and c.code = $2 and d.valid_from <= $3 and (d.valid_to is null or d.valid_to > $3))`

const colleaguesSQL = `select distinct other.person_id from duties mine join duties other on other.duty_grid_id = mine.duty_grid_id
	where mine.person_id = $1 and other.person_id <> $1
	  and mine.valid_from <= $2 and (mine.valid_to is null or mine.valid_to > $2)
	  and other.valid_from <= $2 and (other.valid_to is null or other.valid_to > $2)
	order by other.person_id`
