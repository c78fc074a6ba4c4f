package house

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// rungs is the ladder of the domain: a package imports only lower ones.
var rungs = map[string]int{
	"audit": 0, "calendar": 0, "identity": 0, "intake": 0, "likeness": 0, "tour": 0, "vault": 0,
	"cell": 1, "device": 1, "media": 1, "notify": 1, "place": 1,
	"badge": 2, "visit": 2, "clue": 2, "inspection": 2, "routing": 2, "escalation": 2, "standard": 2,
	"casework": 3, "staff": 3, "safety": 3, "xlsform": 3,
	"look": 4, "measure": 4, "sampling": 4, "fieldwork": 4, "handheld": 4, "tile": 4, "day": 4,
	// Moves what lies in cells that end.
	"regrid": 5,
	// Takes in what any package takes in.
	"consignment": 5,
	// Looks at everything that is in force.
	"compliance": 5,
}

// sameRung lists what a package may take from its own rung. Sessions and imports are audited, notifications are shown on a handheld; everything else keeps apart.
var sameRung = map[string][]string{
	"identity": {"audit"},
	"intake":   {"audit"},
	"notify":   {"device"},
	"clue":     {"escalation", "standard"},
	"place":    {"cell"},
}

// leaves import at most one another.
var leaves = []string{"actor", "enum", "fault", "geo", "incoming", "pg", "prose", "rowfile"}

func TestTheDomainIsALadder(t *testing.T) {
	t.Parallel()
	for _, p := range code(t) {
		name, ok := strings.CutPrefix(p.PkgPath, "gridwork/domain/")
		if !ok || strings.Contains(name, "/") {
			continue
		}
		rung, known := rungs[name]
		if !known {
			t.Errorf("domain/%s has no rung", name)
		}
		for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
			below, ours := strings.CutPrefix(path, "gridwork/")
			if !ours || slices.Contains(leaves, below) {
				continue
			}
			other, isDomain := strings.CutPrefix(below, "domain/")
			switch {
			case !isDomain:
				t.Errorf("domain/%s imports %s: the domain never imports an edge", name, path)
			case rungs[other] >= rung && !slices.Contains(sameRung[name], other):
				t.Errorf("domain/%s (rung %d) imports domain/%s (rung %d)", name, rung, other, rungs[other])
			}
		}
	}
}

func TestLeavesImportOnlyOneAnother(t *testing.T) {
	t.Parallel()
	for _, p := range code(t) {
		if !slices.Contains(leaves, strings.TrimPrefix(p.PkgPath, "gridwork/")) {
			continue
		}
		for path := range p.Imports {
			if leaf, ours := strings.CutPrefix(path, "gridwork/"); ours && !slices.Contains(leaves, leaf) {
				t.Errorf("%s imports %s", p.PkgPath, path)
			}
		}
	}
}

// poolKeepers may reach the database otherwise than through a pg.Tx: pg itself, what starts and loads the stores,
// and the one that listens for notifications on a connection of its own.
var poolKeepers = []string{"gridwork/pg", "gridwork/local", "gridwork/demo", "gridwork/tasks", "gridwork/cmd/gridwork"}

func TestNobodyReachesThePoolPastItsScope(t *testing.T) {
	t.Parallel()
	for _, p := range code(t) {
		if slices.Contains(poolKeepers, p.PkgPath) {
			continue
		}
		for _, path := range []string{"github.com/jackc/pgx/v5/pgxpool", "database/sql", "github.com/jackc/pgx/v5/stdlib"} {
			if _, found := p.Imports[path]; found && !(path == "database/sql" && p.PkgPath == "gridwork/geo") {
				t.Errorf("%s imports %s", p.PkgPath, path)
			}
		}
	}
}

// vague are names that say nothing of what is inside.
var vague = []string{"util", "utils", "common", "helper", "helpers", "types", "models", "manager", "service", "services", "misc"}

func TestEveryPackageIsNamedForItsConcept(t *testing.T) {
	t.Parallel()
	for _, p := range code(t) {
		if slices.Contains(vague, p.Name) {
			t.Errorf("package %s at %s", p.Name, p.PkgPath)
		}
	}
}
