package compliance

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gridwork/pg"
)

// column is one of a table's or view's.
type column struct {
	Table  string `db:"relation"`
	Name   string `db:"name"`
	Type   string `db:"type"`
	Refers bool   `db:"refers"` // to a person, or to a session, shift or grant of one
}

func (c column) String() string { return c.Table + "." + c.Name }

// schema is every column of the city's schema.
type schema []column

func readSchema(ctx context.Context, tx *pg.Tx) (schema, error) {
	return pg.All[column](ctx, tx, columnsSQL)
}

const columnsSQL = `select c.relname::text as relation, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
	exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)
		and k.confrelid in (to_regclass('people'), to_regclass('sessions'), to_regclass('shifts'), to_regclass('grants'))) as refers
	from pg_class c join pg_attribute a on a.attrelid = c.oid
	where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
	and a.attnum > 0 and not a.attisdropped
	order by c.relname, a.attnum`

// Names under which people stand in a table without a foreign key, or in a view.
var (
	namesPerson   = regexp.MustCompile(`(^|_)(person|people|staff|worker|user|handler|assignee|actor|reporter)(_ids?)?$`)
	namesReporter = regexp.MustCompile(`^mark$`) // a reporter's pseudonym
)

func (c column) ofPerson() bool {
	return c.Refers || namesPerson.MatchString(c.Name) || c.Table == "people" || c.Table == "sessions"
}

// ofPeople keeps the columns of tables and views in which people stand.
func (s schema) ofPeople(person func(column) bool) schema {
	with := map[string]bool{}
	for _, c := range s {
		with[c.Table] = with[c.Table] || person(c)
	}
	return slices.DeleteFunc(slices.Clone(s), func(c column) bool { return !with[c.Table] })
}

// named lists those columns whose own name or whose table's is like that.
func (s schema) named(like *regexp.Regexp, says string) []string {
	var found []string
	for _, c := range s {
		if like.MatchString(c.Name) || like.MatchString(c.Table) {
			found = append(found, fmt.Sprintf("%s %s", c, says))
		}
	}
	return found
}

// evidence are the columns of a position beside a person that prove a piece of work: one point for each row of work. A
// track would be many points of nobody's work, so whatever else holds a position beside a person is taken for one. An alarm
// is the one point at which somebody asked for help, and is blanked when it is long over.
var evidence = []string{
	"alarms.point", "cases.point", "check_tasks.point", "clues.lat", "clues.lon", "clues.point", "disposals.point", "inspections.point",
	"reinspections.point", "verify_tasks.point",
}

var namesPosition = regexp.MustCompile(`(^|_)(lon|lat|lng|longitude|latitude|track|tracks|trail|trajectory|geohash|waypoints?|heartbeats?)(_|$)`)

func tracks(_ context.Context, _ *pg.Tx, s schema) ([]string, error) {
	var found []string
	for _, c := range s.ofPeople(func(c column) bool { return c.ofPerson() || namesReporter.MatchString(c.Name) }) {
		spatial := strings.HasPrefix(c.Type, "geometry") || strings.HasPrefix(c.Type, "geography") || c.Type == "point" || c.Type == "path"
		switch {
		case !spatial && !namesPosition.MatchString(c.Name) && !namesPosition.MatchString(c.Table):
		case slices.Contains(evidence, c.String()) && c.Type != "geometry(Point,4326)" && spatial:
			found = append(found, fmt.Sprintf("%s is a %s: evidence is one point", c, c.Type))
		case !slices.Contains(evidence, c.String()):
			found = append(found, fmt.Sprintf("%s (%s) holds where people were, and is no evidence of a piece of work", c, c.Type))
		}
	}
	return found, nil
}
