package badge_test

import (
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/badge"
	"gridwork/domain/cell"
	"gridwork/domain/device"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

var key = badge.Key("badge key of thirty-two bytes ...")

const life = 10 * time.Minute

// street is a town whose grid worker has a handheld.
type street struct {
	*town.Town
	phone *fixture.Handheld
}

func newStreet(t *testing.T) *street {
	t.Helper()
	s := &street{Town: town.New(t)}
	s.exec("update people set name = '欧阳小明' where id = $1", s.Worker.ID)
	s.phone = fixture.Enrolled(t, s.Ctx, s.Tx, s.Worker)
	return s
}

func (s *street) exec(sql string, args ...any) {
	s.Helper()
	_, err := s.Tx.Exec(s.Ctx, sql, args...)
	s.Must(err)
}

func (s *street) issue(who *actor.Actor, phone *fixture.Handheld) (b badge.Badge, err error) {
	s.Helper()
	fixture.Do(s.Tx, who, func() { b, err = key.Issue(s.Ctx, s.Tx, phone.ID, life) })
	return b, err
}

func (s *street) shown() badge.Badge {
	s.Helper()
	b, err := s.issue(s.Worker, s.phone)
	s.Must(err)
	return b
}

// look is what anybody sees.
func (s *street) look(k badge.Key, code string) badge.Sight {
	s.Helper()
	var seen badge.Sight
	fixture.Do(s.Tx, actor.Anonymous, func() {
		var err error
		seen, err = k.Look(s.Ctx, s.Tx, code)
		s.Must(err)
	})
	return seen
}

func TestAResidentSeesWhoIsAtTheDoorForAsLongAsTheCodeIsGood(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	b := s.shown()
	seen := s.look(key, b.Code)
	if seen.Verdict != badge.OnDuty || seen.Family != "欧阳" || !seen.Until.Equal(s.Tx.Now.Add(life)) {
		t.Errorf("%+v", seen)
	}
	if len(seen.Places) != 2 || seen.Places[0].Level != cell.Street || seen.Places[0].NameZH != "南园街道" || seen.Places[1].NameZH != "第1社区" {
		t.Errorf("looks after %+v", seen.Places)
	}
	s.Later(life - time.Second)
	if v := s.look(key, b.Code).Verdict; v != badge.OnDuty {
		t.Errorf("a second before its end: %s", v)
	}
	s.Later(time.Second)
	if seen := s.look(key, b.Code); seen.Verdict != badge.Expired || seen.Family != "" || len(seen.Places) > 0 {
		t.Errorf("at its end: %+v", seen)
	}
}

func TestABadgeIsNoneAnyMoreAsSoonAsWhoeverHasItIsNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		end  func(*street)
		want badge.Verdict
	}{
		"the handheld is revoked": {func(s *street) {
			fixture.Do(s.Tx, s.Lead, func() {
				_, err := device.Revoke(s.Ctx, s.Tx, device.RevokeInput{Device: s.phone.ID, Reason: "丢失"})
				s.Must(err)
			})
		}, badge.Withdrawn},
		"the account is closed": {func(s *street) { s.exec("update people set disabled_at = $2 where id = $1", s.Worker.ID, s.Tx.Now) }, badge.Withdrawn},
		"no grid worker any more": {func(s *street) {
			s.exec("update grants set revoked_at = $2 where person_id = $1", s.Worker.ID, s.Tx.Now)
		}, badge.Withdrawn},
		"an absence begins": {func(s *street) {
			s.exec("insert into absences (person_id, from_at, to_at) values ($1, $2, $3)", s.Worker.ID, s.Tx.Now, s.Tx.Now.Add(time.Hour))
		}, badge.OffDuty},
		"the turn is over": {func(s *street) {
			s.exec("update shifts set starts = '08:00', ends = '10:00' where person_id = $1", s.Worker.ID)
		}, badge.OffDuty},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStreet(t)
			b := s.shown()
			c.end(s)
			seen := s.look(key, b.Code)
			if seen.Verdict != c.want || (c.want == badge.Withdrawn) != (seen.Family == "") {
				t.Errorf("%+v", seen)
			}
			if _, err := s.issue(s.Worker, s.phone); c.want == badge.OffDuty {
				s.Refused("another one", err, badge.CodeOffDuty, "")
			} else if name == "the handheld is revoked" {
				s.Refused("another one", err, device.CodeRevoked, "device")
			}
		})
	}
}

func TestWhatThePlatformNeverSignedIsUnknownWhateverIsWrongWithIt(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	code := s.shown().Code
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for i := range code { // each character counts, the last one with all of its bits
		for _, other := range alphabet {
			forged := code[:i] + string(other) + code[i+1:]
			if seen := s.look(key, forged); forged != code && (seen.Verdict != badge.Unknown || seen.Family != "") {
				t.Fatalf("character %d may be %c: %+v", i, other, seen)
			}
		}
	}
	for _, forged := range []string{"", "x", code + "A", code[:42], strings.Repeat("A", 43), code + "=", code[:20] + "\n" + code[20:], strings.Repeat("%", 5000)} {
		if v := s.look(key, forged).Verdict; v != badge.Unknown {
			t.Errorf("%.60q: %s", forged, v)
		}
	}
	if v := s.look(badge.Key("another key of thirty-two bytes .."), code).Verdict; v != badge.Unknown {
		t.Errorf("by another key: %s", v)
	}
}

func TestABadgeIsForTheOwnHandheldOfAGridWorkerOnDuty(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	_, err := s.issue(s.Neighbour, s.phone)
	s.Refused("somebody else's handheld", err, device.CodeNotFound, "device")
	_, err = s.issue(s.Worker, &fixture.Handheld{ID: pg.NewID()})
	s.Refused("a handheld that nobody knows", err, device.CodeNotFound, "device")
	_, err = s.issue(s.Handler, fixture.Enrolled(t, s.Ctx, s.Tx, s.Handler))
	s.Refused("a handler", err, badge.CodeNotAllowed, "")
	off := fixture.Person(t, s.Ctx, s.Tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.OffDuty())
	_, err = s.issue(off, fixture.Enrolled(t, s.Ctx, s.Tx, off))
	s.Refused("somebody off duty", err, badge.CodeOffDuty, "")
}

func TestSomebodyWithoutADutyGridShowsWhereTheyAreAGridWorker(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	s.exec("delete from duties where person_id = $1", s.Worker.ID)
	if seen := s.look(key, s.shown().Code); len(seen.Places) != 1 || seen.Places[0].Code != fixture.Nanyuan {
		t.Errorf("%+v", seen.Places)
	}
}

func TestAFamilyNameIsTakenFromAName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"王小明": "王", "王明": "王", " 李雷 ": "李", "欧阳娜": "欧阳", "欧阳": "欧", "诸葛孔明": "诸葛", "东方": "东",
		"阿迪力·买买提": "阿迪力", "阿迪力•买买提": "阿迪力", "John Smith": "John Smith", "": "", "𠮷田": "𠮷"} {
		if got := badge.Family(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
