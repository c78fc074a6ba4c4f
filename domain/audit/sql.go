package audit

const insertAuditSQL = `insert into audits (id, at, actor_id, actor, action, object, object_id, detail)
	values ($1, $2, $3, $4, $5, $6, $7, $8)`

// One linker at a time: the others find nothing to do.
const lockChainSQL = `select pg_try_advisory_xact_lock(hashtextextended('audit chain of ' || current_schema(), 0))`

const lastLinkSQL = `select l.position, l.hash, a.at from audit_links l join audits a on a.id = l.audit_id
	order by l.position desc limit 1`

// Rows commit in another order than they were stamped, so the unlinked ones are found by absence, not far before the end.
const unlinkedSQL = `select a.id, a.at, a.actor_id, a.actor, a.action, a.object, a.object_id, a.detail
	from audits a where a.at >= $1 and not exists (select from audit_links l where l.audit_id = a.id)
	order by a.at, a.id limit $2`

const insertLinksSQL = `insert into audit_links (position, audit_id, hash)
	select * from unnest($1::bigint[], $2::uuid[], $3::bytea[])`

const chainSQL = `select l.position, l.hash, a.id, a.at, a.actor_id, a.actor, a.action, a.object, a.object_id, a.detail
	from audit_links l join audits a on a.id = l.audit_id where l.position > $1 order by l.position limit $2`

const countUnlinkedSQL = `select count(*) from audits a
	where a.at < $1 and not exists (select from audit_links l where l.audit_id = a.id)`

const listSQL = `select id, at, actor_id, actor, action, object, object_id from audits
	where id >= $1 and id < $2 and ($3::uuid is null or id < $3) and ($4 = '' or object = $4) and ($5 = '' or object_id = $5)
		and ($6::uuid is null or actor_id = $6) and action ^@ $7 and not (actor = 'reporter' and object = 'person')
	order by id desc limit $8`
