package house

import (
	"context"
	"fmt"
	"go/constant"
	"go/types"
	"regexp"
	"strings"
	"testing"

	"gridwork/pg"
	"gridwork/test/dbtest"
)

// statement is one SQL constant of the code.
type statement struct{ where, text string }

func statements(t *testing.T) []statement {
	t.Helper()
	var found []statement
	for _, p := range code(t) {
		if !strings.HasPrefix(p.PkgPath, "gridwork/domain") && p.PkgPath != "gridwork/pg" && p.PkgPath != "gridwork/tasks" {
			continue
		}
		scope := p.Types.Scope()
		for _, name := range scope.Names() {
			c, ok := scope.Lookup(name).(*types.Const)
			if ok && strings.HasSuffix(name, "SQL") && c.Val().Kind() == constant.String {
				found = append(found, statement{p.PkgPath + "." + name, constant.StringVal(c.Val())})
			}
		}
	}
	return found
}

func TestEverySQLConstantPrepares(t *testing.T) {
	t.Parallel()
	all := statements(t)
	if len(all) < 20 {
		t.Fatalf("only %d statements found: the search is broken", len(all))
	}
	ctx, tx := dbtest.Tx(t)
	for i, s := range all {
		if err := prepares(ctx, tx, i, s.text); err != nil {
			t.Errorf("%s: %v", s.where, err)
		}
	}
}

func prepares(ctx context.Context, tx *pg.Tx, i int, text string) error {
	if _, err := tx.Exec(ctx, "savepoint s"); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, fmt.Sprintf("prepare house_%d as %s", i, text))
	if _, back := tx.Exec(ctx, "rollback to savepoint s"); back != nil {
		return back
	}
	return err
}

var (
	ownClock    = regexp.MustCompile(`(?i)\b(now\(\)|clock_timestamp|statement_timestamp|current_timestamp|localtimestamp)`)
	namesSchema = regexp.MustCompile(`(?i)\b(gridwork|gridwork_vault|public)\.\w`)
	skips       = regexp.MustCompile(`(?i)\boffset\s+(\$|\d)`)
)

func TestNoStatementReadsAClockNamesASchemaOrSkipsRows(t *testing.T) {
	t.Parallel()
	for _, s := range statements(t) {
		if s.where == "gridwork/pg.nowSQL" { // the one place where time comes from
			continue
		}
		if m := ownClock.FindString(s.text); m != "" {
			t.Errorf("%s reads %s: time is tx.Now", s.where, m)
		}
		if m := namesSchema.FindString(s.text); m != "" {
			t.Errorf("%s names a schema: %s", s.where, m)
		}
		if skips.MatchString(s.text) {
			t.Errorf("%s uses OFFSET: lists are keyset pages", s.where)
		}
	}
}
