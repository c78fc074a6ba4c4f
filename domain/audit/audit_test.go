package audit_test

import (
	"errors"
	"testing"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/test/dbtest"
)

func TestAnAlteredRowBreaksTheChainWhereItStands(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = actor.System("test")
	for _, id := range []string{"a", "b", "c", "d"} {
		audit.Record(tx, "case.file", "case", id, map[string]any{"round": 1, "category": "0101"})
	}
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if n, err := audit.Link(ctx, tx, 3); n != 3 || err != nil {
		t.Fatalf("first link: %d, %v", n, err)
	}
	if n, err := audit.Link(ctx, tx, 3); n != 1 || err != nil {
		t.Fatalf("second link: %d, %v", n, err)
	}
	if n, err := audit.Verify(ctx, tx); n != 4 || err != nil {
		t.Fatalf("untouched chain: %d links, %v", n, err)
	}

	for _, sql := range []string{"reset role", "update audits set object_id = 'x' where object_id = 'c'"} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}

	_, err := audit.Verify(ctx, tx)
	var broken *audit.Broken
	if !errors.As(err, &broken) || broken.Position != 3 {
		t.Fatalf("altered chain: %v", err)
	}
}

func TestTheApplicationCannotRewriteTheLog(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{"update audits set actor = 'x'", "delete from audits", "delete from audit_links", "delete from case_events"} {
		ctx, tx := dbtest.Tx(t)
		if _, err := tx.Exec(ctx, sql); err == nil {
			t.Errorf("%s: allowed", sql)
		}
	}
}

func TestAReporterIsNeverNamedInTheLog(t *testing.T) {
	t.Parallel()
	volunteer := &actor.Actor{ID: [16]byte{1}, Grants: []actor.Grant{{Role: actor.Volunteer, Region: "4403"}}}
	if id, name := audit.Who(volunteer); id != nil || name != "reporter" {
		t.Fatalf("got %v, %q", id, name)
	}
}
