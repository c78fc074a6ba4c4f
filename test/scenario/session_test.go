package scenario

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type meView struct {
	Me *struct {
		Person struct{ Name string }
		Grants []struct {
			Role       string
			Region     code
			Department *code
		}
		Unread int
	}
}

func TestASessionEndsWithItsSignOutAndWithItsTime(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given somebody who is signed in twice,
	one, two := s.SignIn(s.Desks[fixture.Fire]), s.SignIn(s.Desks[fixture.Fire])
	me := harness.Ask[meView](one, meQuery, nil).Me
	if me == nil || me.Person.Name != s.Desks[fixture.Fire].Name || len(me.Grants) != 1 || me.Grants[0].Role != "DEPARTMENT_DESK" ||
		me.Grants[0].Region.Code != fixture.Nanyuan || me.Grants[0].Department.Code != fixture.Fire {
		t.Fatalf("me: %+v", me)
	}

	// when one session is signed out, the other lasts until its time is over;
	harness.Ask[any](one, `mutation { signOut { signedOut } }`, nil)
	s.over(one)
	if harness.Ask[meView](two, meQuery, nil).Me == nil {
		t.Error("the other session ended too")
	}
	s.Advance(30*24*time.Hour + time.Minute)
	s.over(two)

	// and without a session one is nobody.
	if harness.Ask[meView](s.Anyone(), meQuery, nil).Me != nil {
		t.Error("a stranger is somebody")
	}
}

// over checks that a token is refused, and says so in a way that clients understand.
func (s *stage) over(c *harness.Client) {
	s.t.Helper()
	if a := c.Send(meQuery, nil); a.Status != http.StatusUnauthorized || a.Code() != "SESSION_OVER" {
		s.t.Errorf("a session that is over: status %d, code %q", a.Status, a.Code())
	}
}

func TestABrowserStaysSignedInByCookieAndForgetsOneThatIsOver(t *testing.T) {
	t.Parallel()
	s := open(t)
	browser := s.Anyone()
	a := browser.Send(`mutation In($input: SignInInput!) { signIn(input: $input) { errors { code } } }`,
		harness.Vars{"input": harness.Vars{"login": strings.ToUpper(s.Dispatcher.Login), "password": harness.Password}})
	cookie := a.Header.Get("Set-Cookie")
	for _, rule := range []string{"__Host-gridwork=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, rule) {
			t.Errorf("the cookie lacks %q: %s", rule, cookie)
		}
	}
	browser.Cookie, _, _ = strings.Cut(cookie, ";")
	if harness.Ask[meView](browser, meQuery, nil).Me == nil {
		t.Error("the cookie does not sign in")
	}
	harness.Ask[any](browser, `mutation { signOut { signedOut } }`, nil)
	again := browser.Send(meQuery, nil)
	if again.Status != http.StatusOK || !strings.Contains(again.Header.Get("Set-Cookie"), "1970") {
		t.Errorf("with a cookie that is over: status %d, cookie %q", again.Status, again.Header.Get("Set-Cookie"))
	}
}

func TestGuessingAPasswordTellsNothingAndIsSlowed(t *testing.T) {
	t.Parallel()
	s := open(t)
	guesser := s.Anyone()
	_, unknown := guesser.SignIn("nobody", "wrong")
	_, wrong := guesser.SignIn(s.Dispatcher.Login, "wrong")
	if unknown == nil || wrong == nil || unknown.Code != "SIGN_IN_FAILED" || unknown.Code != wrong.Code || unknown.Message != wrong.Message {
		t.Fatalf("an unknown login is answered with %v, a wrong password with %v", unknown, wrong)
	}
	for range 9 {
		guesser.SignIn(s.Dispatcher.Login, "wrong")
	}
	if _, slowed := s.Anyone().SignIn(s.Dispatcher.Login, harness.Password); slowed == nil || slowed.Code != "SIGN_IN_SLOWED" {
		t.Errorf("after ten failures: %v", slowed)
	}
	s.Advance(11 * time.Minute)
	if _, refused := s.Anyone().SignIn(s.Dispatcher.Login, harness.Password); refused != nil {
		t.Errorf("ten minutes later: %v", refused)
	}
}

func TestAnotherSystemReportsByItsKey(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := s.submit(s.ByKey(), tip{Text: "井盖位移告警", Category: fixture.Rubbish, Cell: 0})
	if r.ClaimCode != nil {
		t.Error("a system holds a claim code")
	}
	if got := s.clueAs(s.As(s.Dispatcher), r.ID); got.Source != "MACHINE" {
		t.Errorf("the source is %s", got.Source)
	}
	forger := s.Anyone()
	forger.Authorization = "Bearer gw_nonsense"
	if a := forger.Send(meQuery, nil); a.Status != http.StatusUnauthorized || a.Code() != "KEY_UNKNOWN" {
		t.Errorf("a forged key: status %d, code %q", a.Status, a.Code())
	}
}
