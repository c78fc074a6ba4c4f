package identity_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

const password = "correct horse battery staple"

func staffed(t *testing.T) (*pg.DB, *actor.Actor) {
	t.Helper()
	db := dbtest.DB(t)
	var somebody *actor.Actor
	err := db.Write(t.Context(), func(tx *pg.Tx) error {
		somebody = fixture.Person(t, t.Context(), tx, fixture.SignsIn("dispatcher1", identity.HashPassword(password)),
			fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, somebody
}

func enter(ctx context.Context, db *pg.DB, token string) (*actor.Actor, error) {
	a, _, err := identity.NewSessions(db).Enter(ctx, token)
	return a, err
}

func TestASessionLastsUntilSignOutOrExpiry(t *testing.T) {
	t.Parallel()
	db, somebody := staffed(t)
	ctx := t.Context()

	session, err := identity.SignIn(ctx, db, " Dispatcher1 ", password, time.Hour)
	if err != nil {
		t.Fatalf("sign in: %v", err)
	}
	who, err := enter(ctx, db, session.Token)
	if err != nil || who.ID != somebody.ID || !who.As(actor.Dispatcher, fixture.Nanyuan, "") {
		t.Fatalf("enter: %+v, %v", who, err)
	}

	other, _ := identity.SignIn(ctx, db, "dispatcher1", password, time.Hour)
	if err := db.Write(ctx, func(tx *pg.Tx) error { return identity.SignOut(ctx, tx, session.Token) }); err != nil {
		t.Fatal(err)
	}
	if _, err := enter(ctx, db, session.Token); !fault.Is(err, "SESSION_OVER") {
		t.Fatalf("after sign-out: %v", err)
	}
	if _, err := enter(ctx, db, other.Token); err != nil {
		t.Fatalf("the other session: %v", err)
	}
	db.Advance(time.Hour)
	if _, err := enter(ctx, db, other.Token); !fault.Is(err, "SESSION_OVER") {
		t.Fatalf("after expiry: %v", err)
	}
}

func TestAnUnknownLoginIsAnsweredLikeAWrongPassword(t *testing.T) {
	t.Parallel()
	db, _ := staffed(t)
	for _, login := range []string{"dispatcher1", "nobody", ""} {
		if _, err := identity.SignIn(t.Context(), db, login, "wrong", time.Hour); !fault.Is(err, "SIGN_IN_FAILED") {
			t.Errorf("%q: %v", login, err)
		}
	}
}

func TestGuessingAPasswordIsSlowedAndThenForgiven(t *testing.T) {
	t.Parallel()
	db, _ := staffed(t)
	ctx := t.Context()
	for range 10 {
		_, _ = identity.SignIn(ctx, db, "dispatcher1", "wrong", time.Hour)
	}
	if _, err := identity.SignIn(ctx, db, "dispatcher1", password, time.Hour); !fault.Is(err, "SIGN_IN_SLOWED") {
		t.Fatalf("after ten failures: %v", err)
	}
	db.Advance(11 * time.Minute)
	if _, err := identity.SignIn(ctx, db, "dispatcher1", password, time.Hour); err != nil {
		t.Fatalf("ten minutes later: %v", err)
	}
}

func TestAPasswordThatSomebodyElseMadeOpensNothing(t *testing.T) {
	t.Parallel()
	db, somebody := staffed(t)
	ctx := t.Context()
	before, err := identity.SignIn(ctx, db, "dispatcher1", password, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	reset := func() {
		t.Helper()
		err := db.Write(ctx, func(tx *pg.Tx) error {
			_, err := tx.Exec(ctx, `update people set password_until = $2 where id = $1`, somebody.ID, tx.Now.Add(identity.PasswordWaits))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	reset()
	if _, err := identity.SignIn(ctx, db, "dispatcher1", password, time.Hour); !fault.Is(err, "PASSWORD_TEMPORARY") {
		t.Fatalf("signed in with it: %v", err)
	}
	const own = "a password of my own"
	for what, c := range map[string]struct{ with, chosen, code string }{
		"too short":      {password, "short", "PASSWORD_WEAK"},
		"the one so far": {password, password, "PASSWORD_WEAK"},
		"without it":     {"wrong", own, "SIGN_IN_FAILED"},
	} {
		if _, err := identity.Choose(ctx, db, identity.Choice{Login: "dispatcher1", Password: c.with, Chosen: c.chosen}, time.Hour); !fault.Is(err, c.code) {
			t.Errorf("%s: %v, want %s", what, err, c.code)
		}
	}
	after, err := identity.Choose(ctx, db, identity.Choice{Login: "Dispatcher1 ", Password: password, Chosen: own}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if who, err := enter(ctx, db, after.Token); err != nil || who.ID != somebody.ID {
		t.Errorf("the session that it opens: %v, %v", who, err)
	}
	if _, err := enter(ctx, db, before.Token); !fault.Is(err, "SESSION_OVER") {
		t.Errorf("the session before it: %v", err)
	}
	if _, err := identity.SignIn(ctx, db, "dispatcher1", own, time.Hour); err != nil {
		t.Errorf("sign in with one's own: %v", err)
	}
	reset()
	db.Advance(identity.PasswordWaits + time.Hour)
	if _, err := identity.Choose(ctx, db, identity.Choice{Login: "dispatcher1", Password: own, Chosen: password}, time.Hour); !fault.Is(err, "SIGN_IN_FAILED") {
		t.Errorf("days later: %v", err)
	}
}

func TestAnAPIKeyActsAsItsPersonUntilRevoked(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	system := fixture.Person(t, ctx, tx, fixture.As(actor.Integration, fixture.CityCode, ""))
	key := identity.NewKey(tx, system.ID, "camera analytics")
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if a, err := identity.EnterWithKey(ctx, tx, key); err != nil || a.ID != system.ID {
		t.Fatalf("%+v, %v", a, err)
	}
	if _, err := identity.EnterWithKey(ctx, tx, key+"x"); !fault.Is(err, "KEY_UNKNOWN") {
		t.Fatalf("another key: %v", err)
	}
}

// shift puts somebody on duty on ISO weekdays between two local times.
func shift(t *testing.T, ctx context.Context, tx *pg.Tx, person uuid.UUID, weekdays []int16, starts, ends string) {
	t.Helper()
	if _, err := tx.Exec(ctx, `insert into shifts (id, person_id, role, region, weekdays, starts, ends, valid_from)
		values ($1, $2, 'dispatcher', $3, $4, $5::time, $6::time, '2025-01-01')`,
		pg.NewID(), person, fixture.Nanyuan, weekdays, starts, ends); err != nil {
		t.Fatal(err)
	}
}

func TestDutyFollowsTheRosterOfThatMoment(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	grant := fixture.As(actor.Dispatcher, fixture.Nanyuan, "")
	day := fixture.Person(t, ctx, tx, grant, fixture.OffDuty())
	night := fixture.Person(t, ctx, tx, grant, fixture.OffDuty())
	away := fixture.Person(t, ctx, tx, grant)
	fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Yuanling, "")) // another street's
	shift(t, ctx, tx, day.ID, []int16{1, 2, 3, 4, 5}, "08:30", "18:30")
	shift(t, ctx, tx, night.ID, []int16{5}, "18:30", "08:30") // Friday night
	if _, err := tx.Exec(ctx, `insert into absences values ($1, '2026-01-01', '2027-01-01')`, away.ID); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		at   time.Time
		want []uuid.UUID
	}{
		"Friday, the day shift begins":        {local(20, 8, 30), []uuid.UUID{day.ID}},
		"Friday, a minute before it":          {local(20, 8, 29), nil},
		"Friday, the night shift takes over":  {local(20, 18, 30), []uuid.UUID{night.ID}},
		"Saturday before dawn is Friday's":    {local(21, 3, 0), []uuid.UUID{night.ID}},
		"Saturday at half past eight is over": {local(21, 8, 30), nil},
	} {
		tx.Now = c.at
		got, err := identity.OnDuty(ctx, tx, identity.Audience{Role: actor.Dispatcher, Region: fixture.Nanyuan})
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// local is a time in November 2026 by the city's clocks; the 20th is a Friday.
func local(day, hour, minute int) time.Time {
	return time.Date(2026, time.November, day, hour, minute, 0, 0, identity.City)
}
