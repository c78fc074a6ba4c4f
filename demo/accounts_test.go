package demo

import (
	"slices"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/compliance"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

func TestTheCityLoadsOnceAndItsExamplesSignIn(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db, url := dbtest.Open(t)
	if loaded, err := Loaded(ctx, url, dbtest.City); err != nil || loaded {
		t.Fatalf("an empty database is loaded %t: %v", loaded, err)
	}
	if err := Load(ctx, db, Size{Cells: 150, Parts: []string{"440304001"}}); err != nil {
		t.Fatal(err)
	}
	if loaded, err := Loaded(ctx, url, dbtest.City); err != nil || !loaded {
		t.Errorf("the city is loaded %t: %v", loaded, err)
	}
	lists, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]inspection.Checklist, error) { return inspection.Checklists(ctx, tx) })
	if err != nil || len(lists) != len(Checklists()) {
		t.Errorf("%d checklists are published of %d: %v", len(lists), len(Checklists()), err)
	}
	rulings, err := pg.ReadVal(actor.With(ctx, actor.System("compliance")), db, func(tx *pg.Tx) ([]compliance.Ruling, error) { return compliance.Examine(ctx, tx) })
	if err != nil || len(rulings) != len(compliance.Rules) {
		t.Errorf("%d rules against formalism are looked at: %v", len(rulings), err)
	}
	for _, r := range rulings {
		if len(r.Findings) > 0 {
			t.Errorf("the demo city breaks %s: %q", r.Key, r.Findings)
		}
	}
	accounts, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]Account, error) { return Accounts(ctx, tx) })
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Examples() {
		if !slices.ContainsFunc(accounts, func(a Account) bool {
			return a.Login == e.Login && a.Role == e.Role && a.Where() == e.Where() && a.Department == e.Department
		}) {
			t.Errorf("no account %+v", e)
		}
		s, err := identity.SignIn(ctx, db, e.Login, e.Password, time.Hour)
		if err != nil || s.Token == "" {
			t.Errorf("%s cannot sign in: %v", e.Login, err)
		}
	}
	for _, role := range actor.Roles {
		if !slices.ContainsFunc(accounts, func(a Account) bool { return a.Role == role }) {
			t.Errorf("no account of role %s", role)
		}
	}
}

func TestTheOtherSystemEntersByItsKeyAndNobodyByItsPassword(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, oneStreet)
	staffed(t, ctx, tx)
	a, err := identity.EnterWithKey(ctx, tx, IntegrationKey)
	if err != nil || !a.Has(actor.Integration) {
		t.Fatalf("%+v, %v", a, err)
	}
	if n := query[int](t, ctx, tx, `select count(*) from people where id = $1 and login is null and password_hash is null`, a.ID); n != 1 {
		t.Error("it has a password")
	}
	accounts, err := Accounts(ctx, tx)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(accounts, func(a Account) bool { return a.Key == IntegrationKey && a.Password == "" }) {
		t.Error("its key is not among the accounts")
	}
}

func TestStrangersAreNotListedWithTheDemosPassword(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, oneStreet)
	staffed(t, ctx, tx)
	stranger := pg.NewID()
	for _, sql := range []string{
		`insert into people (id, name, login, locale, created_at) values ($1, '陈拟安', 'dispatcher.stranger', 'zh', now())`,
		`insert into grants (id, person_id, role, region, granted_at) values ($1, $1, 'dispatcher', '440303001', now())`,
	} {
		if _, err := tx.Exec(ctx, sql, stranger); err != nil {
			t.Fatal(err)
		}
	}
	accounts, err := Accounts(ctx, tx)
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(accounts, func(a Account) bool { return a.Login == "dispatcher.stranger" }) {
		t.Error("somebody who is not of the demo is listed")
	}
}
