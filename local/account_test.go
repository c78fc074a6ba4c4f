package local

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnyAccountCanRunItsOwnStores(t *testing.T) {
	t.Parallel()
	if !isRoot() {
		return // then every other test here shows it
	}
	// Given a folder of nobody's, and a program that runs as nobody
	dir := folder(t)
	who := nobody(t)
	must(t, os.Chown(dir, int(who.uid), int(who.gid)))
	// When it starts the stores, then they run as nobody
	p, address := startHolding(t, who, dir)
	if !strings.HasPrefix(address, "postgres://") {
		t.Fatal(address)
	}
	info, err := os.Stat(filepath.Join(dir, clusterDir, "postmaster.pid"))
	must(t, err)
	if !belongsTo(info, who.uid) {
		t.Error("Postgres runs as somebody else")
	}
	// And root may attach, to the same stores under the same account
	s := start(t, dir)
	if s.DatabaseURL != address || s.home.account.uid != who.uid {
		t.Errorf("root uses %s as %s", s.DatabaseURL, s.home.account.name)
	}
	p.leave()
	if said := p.line(t); said != "left" {
		t.Error(said)
	}
	must(t, p.Wait())
}

func TestRootsStoresRunAsSomebodyElse(t *testing.T) {
	t.Parallel()
	s := start(t, folder(t))
	for _, p := range []*Process{s.Postgres, s.Redis} {
		info, err := os.Stat(p.pidFile)
		must(t, err)
		if belongsTo(info, 0) || !belongsTo(info, s.home.account.uid) {
			t.Errorf("%s runs as the wrong account", p.name)
		}
	}
}

func TestNobodyElseOnTheMachineGetsIn(t *testing.T) {
	t.Parallel()
	if !isRoot() {
		return // only root can act as others
	}
	s := start(t, folder(t))
	// Given the account that the stores run as, and one that has nothing to do with them
	itself, stranger := s.home.account, *nobody(t)
	for name, c := range map[string]struct {
		as   account
		want []string
	}{
		"the stores' own account": {itself, []string{"postgres: *Peer authentication failed*", "redis: *NOAUTH*"}},
		"a stranger":              {stranger, []string{"postgres: *permission denied*", "redis: *permission denied*"}},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := program(t, &c.as, "intrude", s.DatabaseURL, s.home.redisSocket()).Output()
			must(t, err)
			for i, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
				before, after, _ := strings.Cut(c.want[i], "*")
				if !strings.HasPrefix(line, before) || !strings.Contains(line, strings.Trim(after, "*")) {
					t.Errorf("got %q, want %q", line, c.want[i])
				}
			}
		})
	}
}

func TestAStrangersSocketFolderIsATrap(t *testing.T) {
	t.Parallel()
	if !isRoot() {
		return // only root can act as others
	}
	dir := folder(t)
	h, err := openHome(dir, discard)
	must(t, err)
	must(t, os.Mkdir(h.sockets, 0o700))
	t.Cleanup(func() { must(t, os.RemoveAll(h.sockets)) })
	must(t, os.Chown(h.sockets, 65534, 65534))
	_, err = Start(t.Context(), Options{Dir: dir, Fast: true})
	if err == nil || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("got %v", err)
	}
}

func TestAFolderThatOnlyRootCanEnterKeepsItsDataElsewhere(t *testing.T) {
	t.Parallel()
	if !isRoot() {
		return // who is not root runs the stores under their own account
	}
	closed := folder(t)
	must(t, os.Chmod(closed, 0o700))
	dir := filepath.Join(closed, "data")
	s := start(t, dir)
	t.Cleanup(func() { must(t, s.Stop()); must(t, os.RemoveAll(s.home.dir)) })
	if !strings.HasPrefix(s.home.dir, farHome) {
		t.Errorf("the data is in %s", s.home.dir)
	}
	if there, err := os.Readlink(filepath.Join(dir, "stores")); there != s.home.dir {
		t.Errorf("the folder points to %q: %v", there, err)
	}
	must(t, s.Stop())
	// And it is found again
	if again := start(t, dir); again.home.dir != s.home.dir {
		t.Errorf("the second start went to %s", again.home.dir)
	}
}

func TestAddressesCarryEverythingAClientNeeds(t *testing.T) {
	t.Parallel()
	h := home{dir: "/somewhere", sockets: "/tmp/gridwork-0123456789"}
	u, err := url.Parse(h.postgresURL(ownerRole, database))
	must(t, err)
	if q := u.Query(); q.Get("host") != h.sockets || q.Get("port") != "5432" || q.Get("sslmode") != "disable" {
		t.Errorf("an environment with PGHOST, PGPORT or PGSSLMODE would change %s", u)
	}
	if path := h.sockets + "/.s.PGSQL.5432.lock"; len(path) > 107 {
		t.Errorf("%s is too long for a socket", path)
	}
}
