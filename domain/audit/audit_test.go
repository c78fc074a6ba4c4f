package audit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
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

func TestTheLogIsReadByAdministratorsOfTheCityAndTellsNothingThatWasSaid(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	tx.Actor = actor.System("test")
	sec, nsec := pg.NewID().Time().UnixTime()
	began := time.Unix(sec, nsec)
	tx.Actor = &actor.Actor{ID: pg.NewID(), Grants: []actor.Grant{{Role: actor.Volunteer, Region: "4403"}}}
	audit.Record(tx, "session.open", "person", "volunteer", struct{}{})
	tx.Actor = actor.System("test")
	for _, id := range []string{"a", "b", "c"} {
		audit.Record(tx, "grant.ask", "person", id, map[string]any{"role": "admin"})
		audit.Record(tx, "case.file", "case", id, map[string]any{})
	}
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	read := func(f audit.Filter, before *uuid.UUID) (objects string, more bool) {
		t.Helper()
		page, more, err := audit.List(ctx, tx, f, before, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page {
			objects += m.ObjectID
		}
		return objects, more
	}
	tx.Actor = &actor.Actor{ID: pg.NewID(), Grants: []actor.Grant{{Role: actor.Admin, Region: "4403"}}}
	if got, more := read(audit.Filter{Action: "grant."}, nil); got != "cb" || !more {
		t.Errorf("the newest grants: %q, more %v", got, more)
	}
	page, _, err := audit.List(ctx, tx, audit.Filter{Object: "person"}, nil, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, more := read(audit.Filter{Object: "person"}, &page[1].ID); got != "a" || more {
		t.Errorf("behind them: %q, more %v", got, more)
	}
	if got, _ := read(audit.Filter{Object: "case", ObjectID: "b", From: &began}, nil); got != "b" {
		t.Errorf("of one case: %q", got)
	}
	if got, _ := read(audit.Filter{Action: "session."}, nil); got != "" {
		t.Errorf("a reporter has signed in: %q", got)
	}
	if got, _ := read(audit.Filter{To: &began}, nil); got != "" {
		t.Errorf("before it began: %q", got)
	}
	tx.Actor.Grants[0].Region = "440304"
	if _, _, err := audit.List(ctx, tx, audit.Filter{}, nil, 2); !fault.Is(err, "NOT_ALLOWED") {
		t.Errorf("a district's administrator: %v", err)
	}
}
