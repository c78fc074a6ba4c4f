package local

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

const (
	// farHome keeps the data when root's folder is closed to everyone else.
	farHome = "/var/lib/gridwork"
	// socketHome is fixed rather than TMPDIR: two programs that share a folder
	// must meet at the same socket whatever their environments say, and a socket's
	// path ends at 107 bytes.
	socketHome = "/tmp"
)

// home is where one pair of stores lives, and the account it runs as.
type home struct {
	dir     string // data, logs and locks; absolute, without symbolic links
	sockets string // owned by account, closed to others
	account account
}

// account is whom the servers run as. Postgres refuses to run as root.
type account struct {
	name     string
	uid, gid uint32
	// credential drops from root to the account; nil when we are the account.
	credential *syscall.Credential
}

func openHome(dir string, log *slog.Logger) (home, error) {
	if dir == "" {
		return home{}, errors.New("no folder was named for the private stores")
	}
	dir, err := realDir(dir)
	if err != nil {
		return home{}, err
	}
	h := home{dir: dir}
	if h.account, err = accountFor(dir); err != nil {
		return home{}, err
	}
	sum := sha256.Sum256([]byte(dir))
	key := hex.EncodeToString(sum[:5])
	if !h.account.reaches(dir) {
		if err := h.moveTo(filepath.Join(farHome, key)); err != nil {
			return home{}, err
		}
		log.Info("the stores' account cannot enter this folder, so their data is kept elsewhere",
			"account", h.account.name, "folder", dir, "kept_in", h.dir)
	}
	h.sockets = filepath.Join(socketHome, "gridwork-"+key)
	return h, nil
}

func realDir(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("cannot make the folder of the private stores: %w", err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

func (h *home) moveTo(dir string) error {
	pointer := h.path("stores")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("account %s cannot enter %s, and there is no other place for the data: %w", h.account.name, h.dir, err)
	}
	if err := os.Symlink(dir, pointer); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	h.dir = dir
	account, err := accountFor(dir)
	if err != nil {
		return err
	}
	h.account = account
	if !account.reaches(dir) {
		return fmt.Errorf("account %s can enter neither %s nor %s: open one of them to it (chmod o+x)", account.name, filepath.Dir(pointer), dir)
	}
	return nil
}

// accountFor is ourselves, or, for root, the owner of the data that is already
// there, else postgres, else nobody.
func accountFor(dir string) (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		return account{name: nameOf(uid), uid: uint32(uid), gid: uint32(os.Getegid())}, nil
	}
	candidates := []string{"postgres", "nobody"}
	if info, err := os.Stat(filepath.Join(dir, clusterDir)); err == nil {
		if owner := info.Sys().(*syscall.Stat_t); owner.Uid != 0 {
			candidates = []string{nameOf(int(owner.Uid))}
		}
	}
	for _, name := range candidates {
		if u, err := user.Lookup(name); err == nil {
			return dropTo(u)
		}
	}
	return account{}, fmt.Errorf("PostgreSQL does not run as root, and none of the accounts %v exists to run it", candidates)
}

func dropTo(u *user.User) (account, error) {
	ids, err := u.GroupIds()
	if err != nil {
		return account{}, fmt.Errorf("cannot list the groups of account %s: %w", u.Username, err)
	}
	groups := make([]uint32, 0, len(ids))
	for _, id := range append([]string{u.Uid, u.Gid}, ids...) {
		n, err := strconv.ParseUint(id, 10, 32)
		if err != nil {
			return account{}, fmt.Errorf("account %s: %w", u.Username, err)
		}
		groups = append(groups, uint32(n))
	}
	uid, gid, groups := groups[0], groups[1], groups[2:]
	return account{
		name: u.Username, uid: uid, gid: gid,
		credential: &syscall.Credential{Uid: uid, Gid: gid, Groups: groups},
	}, nil
}

// nameOf falls back to the number: a container may run under an id without a name.
func nameOf(uid int) string {
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil {
		return u.Username
	}
	return strconv.Itoa(uid)
}

// reaches asks the kernel instead of adding up permission bits: it enters the
// folder as that account.
func (a account) reaches(dir string) bool {
	cmd := exec.Command("true")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: a.credential}
	return cmd.Run() == nil
}

// own makes a folder that only the account (and root) may enter. One that
// somebody else made before us is refused, since it may be a trap.
func (a account) own(dir string) error {
	if err := os.Mkdir(dir, 0o700); err == nil {
		return os.Chown(dir, int(a.uid), int(a.gid))
	} else if !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if owner := info.Sys().(*syscall.Stat_t); !info.IsDir() || owner.Uid != a.uid || info.Mode().Perm() != 0o700 {
		return fmt.Errorf("%s must be a folder of account %s with mode 0700 and is not: remove it", dir, a.name)
	}
	return nil
}
