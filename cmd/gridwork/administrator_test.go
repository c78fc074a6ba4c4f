package main

import (
	"bytes"
	"strings"
	"testing"

	"gridwork/actor"
	"gridwork/domain/staff"
	"gridwork/fault"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

func TestACityBeginsWithAdministratorsOfItsOperator(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	fixture.City(t, ctx, tx)
	tx.Actor = actor.System("operator")
	var out bytes.Buffer
	first := administratorCommand{Login: "Chen", Name: "陈", Region: fixture.CityCode, Locale: "zh"}
	if err := first.install(ctx, tx, &out); err != nil || !strings.HasPrefix(out.String(), "login     chen\npassword  ") {
		t.Fatalf("%q, %v", &out, err)
	}
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	page, _, err := staff.List(ctx, tx, staff.Filter{Text: "chen", Role: actor.Admin, Region: fixture.CityCode}, nil, 2)
	if err != nil || len(page) != 1 || page[0].Name != "陈" {
		t.Errorf("administers: %+v, %v", page, err)
	}
	out.Reset()
	if err := (administratorCommand{Login: "wang", Name: "王", Region: "9999", Locale: "zh"}).install(ctx, tx, &out); !fault.Is(err, "REGION_UNKNOWN") || out.Len() > 0 {
		t.Errorf("of nowhere: %q, %v", &out, err)
	}
	tx.Actor = &actor.Actor{ID: page[0].ID, Grants: []actor.Grant{{Role: actor.Admin, Region: fixture.CityCode}}}
	if err := first.install(ctx, tx, &out); !fault.Is(err, "NOT_ALLOWED") {
		t.Errorf("by an administrator: %v", err)
	}
}
