package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/intake"
	"gridwork/domain/staff"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/fixture"
)

const adminsPassword = "a long password of an administrator"

// administered is an office whose two administrators sign in as chen and wang.
func administered(t *testing.T) (context.Context, *pg.DB) {
	t.Helper()
	ctx, db := office(t)
	if err := db.Write(ctx, func(tx *pg.Tx) error {
		fixture.Standards(t, ctx, tx)
		hash := identity.HashPassword(adminsPassword)
		for _, login := range []string{"chen", "wang"} {
			fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""), fixture.SignsIn(login, hash))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return ctx, db
}

// list is a file of that name with those rows.
func list(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func rejected(t *testing.T, path string) (codes []string) {
	t.Helper()
	text, err := os.ReadFile(path + ".rejects.csv")
	if os.IsNotExist(err) {
		return nil
	}
	lines, broken := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || broken != nil {
		t.Fatal(err, broken)
	}
	for _, line := range lines[1:] {
		codes = append(codes, strings.Join(line[:3], " "))
	}
	return codes
}

// roles are what whoever signs in with a login is granted.
func roles(t *testing.T, ctx context.Context, db *pg.DB, login string) (found []string) {
	t.Helper()
	found, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]string, error) {
		return pg.Vals[string](ctx, tx, `select g.role || ' ' || g.region || coalesce(' ' || g.department, '') from grants g join people p on p.id = g.person_id
			where p.login = $1 and g.revoked_at is null order by 1`, login)
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAPersonnelListIsAskedForByOneAdministratorAndGrantedByAnother(t *testing.T) {
	t.Parallel()
	ctx, db := administered(t)
	path := list(t, "工号,姓名,岗位,区划代码,部门,手机,截止日期",
		"gz001,李新,网格员,"+fixture.Nanyuan+",,138 0013 8000,长期",
		"gz002,王芳,处置人员,"+fixture.Yuanling+",消防,,",
		"gz002,王芳,处置人员,"+fixture.Nanyuan+",fire,,2099/1/31")
	passwords := filepath.Join(t.TempDir(), "slips.csv")
	ask := importPeopleCommand{importFile: importFile{File: path}, As: "chen", Passwords: passwords}
	if err := ask.run(ctx, db, adminsPassword, time.Hour); err != nil || rejected(t, path) != nil {
		t.Fatal(err, rejected(t, path))
	}
	if got := roles(t, ctx, db, "gz001"); len(got) > 0 {
		t.Errorf("is %v by one administrator", got)
	}
	info, err := os.Stat(passwords)
	text, _ := os.ReadFile(passwords)
	slips, _ := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || info.Mode().Perm() != 0o600 || len(slips) != 3 || slips[1][0] != "gz001" {
		t.Fatalf("%v, %v, %q", err, info.Mode(), text)
	}
	if _, err := identity.SignIn(ctx, db, "gz001", slips[1][2], time.Hour); !fault.Is(err, "PASSWORD_TEMPORARY") {
		t.Errorf("the password on the slip: %v", err)
	}
	// Whoever asked does not grant, and whoever grants needs no slips.
	own := importPeopleCommand{importFile: importFile{File: path}, As: "chen", Grant: true}
	if err := own.run(ctx, db, adminsPassword, time.Hour); err != nil || !slices.Equal(rejected(t, path), []string{"2 role ONESELF", "3 role ONESELF", "4 role ONESELF"}) {
		t.Errorf("the same administrator: %v, %v", err, rejected(t, path))
	}
	grant := importPeopleCommand{importFile: importFile{File: path}, As: "wang", Grant: true}
	if err := grant.run(ctx, db, adminsPassword, time.Hour); err != nil || rejected(t, path) != nil {
		t.Fatal(err, rejected(t, path))
	}
	if one, two := roles(t, ctx, db, "gz001"), roles(t, ctx, db, "gz002"); !slices.Equal(one, []string{"grid_worker " + fixture.Nanyuan}) ||
		!slices.Equal(two, []string{"handler " + fixture.Nanyuan + " fire", "handler " + fixture.Yuanling + " fire"}) {
		t.Errorf("are %v, %v", one, two)
	}
	// The same list again, by either, changes nothing.
	for _, again := range []importPeopleCommand{{importFile: importFile{File: path}, As: "chen"}, grant} {
		var last intake.Import
		if err := again.as(ctx, db, adminsPassword, time.Hour, func(i intake.Import) { last = i }); err != nil || last.Written != 0 || last.Rejected != 0 || last.Rows != 3 {
			t.Errorf("again: %+v, %v", last, err)
		}
	}
	if audited, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]string, error) {
		return pg.Vals[string](ctx, tx, `select action || ' ' || count(*) from audits where actor_id is not null group by action order by 1`)
	}); err != nil || !slices.Contains(audited, "staff.register 2") || !slices.Contains(audited, "grant.ask 3") || !slices.Contains(audited, "grant.granted 3") {
		t.Errorf("audited: %v, %v", audited, err)
	}
}

func TestAListDoesWhatItsAdministratorMayAndNoMore(t *testing.T) {
	t.Parallel()
	ctx, db := administered(t)
	if err := db.Write(ctx, func(tx *pg.Tx) error {
		fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.Nanyuan, ""), fixture.SignsIn("street", identity.HashPassword(adminsPassword)))
		fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Yuanling, ""), fixture.SignsIn("other", ""))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	path := list(t, "login,name,role,region,department,phone,from,until,part",
		"new.one,李新,grid_worker,"+fixture.Nanyuan+",,,,,",
		"new.two,王芳,grid_worker,"+fixture.Yuanling+",,,,,",
		"other,王芳,grid_worker,"+fixture.Nanyuan+",,,,,",
		"street,王芳,grid_worker,"+fixture.Nanyuan+",,,,,",
		"new.three,张伟,volunteer,"+fixture.Nanyuan+",,,,,",
		"new.four,张伟,handler,"+fixture.Nanyuan+",nobody,,,,",
		"new.five,张伟,grid_worker,"+fixture.Nanyuan+",,12,,,",
		"new.six,张伟,grid_worker,"+fixture.Nanyuan+",,,2099-01-01,,",
		"new.seven,张伟,grid_worker,"+fixture.Nanyuan+",,,31/12/2026,,",
		"new.eight,张伟,grid_worker,,,,,,",
		"new.nine,张伟,grid_worker,"+fixture.Nanyuan+",,,,,boss")
	command := importPeopleCommand{importFile: importFile{File: path}, As: "street"}
	if err := command.run(ctx, db, adminsPassword, time.Hour); err != nil {
		t.Fatal(err)
	}
	want := []string{"3 region NOT_ALLOWED", "4 login LOGIN_TAKEN", "5 login LOGIN_TAKEN", "6 role ROLE_NOT_STAFF", "7 department DEPARTMENT_UNKNOWN", "8 phone PHONE_MALFORMED",
		"9 from GRANT_NOT_YET", "10 from DAY_MALFORMED", "11 region REGION_UNKNOWN", "12 part PART_UNKNOWN"}
	if got := rejected(t, path); !slices.Equal(got, want) {
		t.Errorf("rejected:\n%s", strings.Join(got, "\n"))
	}
	if err := (importPeopleCommand{importFile: importFile{File: path}, As: "other"}).run(ctx, db, adminsPassword, time.Hour); !fault.Is(err, "SIGN_IN_FAILED") {
		t.Errorf("with a wrong password: %v", err)
	}
	err := db.Write(ctx, func(tx *pg.Tx) error { _, err := staff.BeginList(ctx, tx, intake.Import{}); return err })
	if !fault.Is(err, "NOT_ALLOWED") {
		t.Errorf("the operator: %v", err)
	}
}

func TestADutyGridComesWithTheGrantAndGoesWithTheLastDay(t *testing.T) {
	t.Parallel()
	ctx, db := administered(t)
	var code string
	if err := db.Write(ctx, func(tx *pg.Tx) error {
		worker := fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
		grid := fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 0)}, worker)
		var err error
		code, err = pg.Val[string](ctx, tx, `select code from duty_grids where id = $1`, grid)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	duties := func() (n int) {
		t.Helper()
		n, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (int, error) {
			return pg.Val[int](ctx, tx, `select count(*) from duties d join people p on p.id = d.person_id where p.login = 'gz001' and d.valid_to is null`)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	head := "login,name,role,duty_grid,part,until"
	path := list(t, head, "gz001,李新,网格员,"+code+",替班,")
	for _, c := range []importPeopleCommand{{As: "chen"}, {As: "wang", Grant: true}} {
		c.File = path
		if err := c.run(ctx, db, adminsPassword, time.Hour); err != nil || rejected(t, path) != nil {
			t.Fatal(err, rejected(t, path))
		}
		if want := map[bool]int{true: 1}[c.Grant]; duties() != want {
			t.Errorf("as %s: %d duties", c.As, duties())
		}
	}
	if got := roles(t, ctx, db, "gz001"); !slices.Equal(got, []string{"grid_worker " + fixture.Nanyuan}) {
		t.Fatalf("is %v", got)
	}
	over := importPeopleCommand{importFile: importFile{File: list(t, head, "gz001,李新,网格员,"+code+",替班,2026-01-31")}, As: "chen"}
	if err := over.run(ctx, db, adminsPassword, time.Hour); err != nil || len(roles(t, ctx, db, "gz001")) > 0 || duties() != 0 {
		t.Errorf("after the last day: %v, %v, %d duties", err, roles(t, ctx, db, "gz001"), duties())
	}
}

func TestAListThatBreaksOffGoesOnForTheSameAdministratorOnly(t *testing.T) {
	t.Parallel()
	ctx, db := administered(t)
	lines := []string{"login,name,role,region"}
	for n := range 120 {
		lines = append(lines, "gz."+strings.Repeat("x", n%9)+string(rune('a'+n%26))+string(rune('a'+n/26))+",李新,grid_worker,"+fixture.Nanyuan)
	}
	path := list(t, lines...)
	cut, stop := context.WithCancel(ctx)
	command := importPeopleCommand{importFile: importFile{File: path}, As: "chen"}
	if err := command.as(cut, db, adminsPassword, time.Hour, func(intake.Import) { stop() }); err == nil {
		t.Fatal("it was not cut")
	}
	first := func(login string) (at int) {
		t.Helper()
		if err := (importPeopleCommand{importFile: importFile{File: path}, As: login}).as(ctx, db, adminsPassword, time.Hour, func(i intake.Import) {
			if at == 0 {
				at = i.Rows
			}
		}); err != nil {
			t.Fatal(err)
		}
		return at
	}
	if other, same := first("wang"), first("chen"); other != 50 || same != 100 {
		t.Errorf("somebody else's run told of %d rows first, the same administrator's of %d", other, same)
	}
}
