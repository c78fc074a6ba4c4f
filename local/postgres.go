package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
)

const (
	clusterDir = "postgres"
	// postgresMajor is the version whose cluster format we make and accept.
	postgresMajor = "15"
	postgresBin   = "/usr/lib/postgresql/15/bin"

	database  = "gridwork"
	ownerRole = "gridwork"
	adminRole = "postgres"
)

// serverEnv is all that the servers see of our environment, so that no PG…
// variable of ours changes how they behave, and their logs are in English.
var serverEnv = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC"}

func (h home) postgres(o Options) (*Process, error) {
	server, err := find("postgres", postgresBin, "PostgreSQL "+postgresMajor)
	if err != nil {
		return nil, err
	}
	cluster := h.path(clusterDir)
	return &Process{
		name:    "postgres",
		home:    h,
		pidFile: filepath.Join(cluster, "postmaster.pid"),
		halt:    syscall.SIGINT,
		command: func(ctx context.Context, alive *os.File) (*exec.Cmd, error) {
			if err := h.prepareCluster(ctx, o, alive); err != nil {
				return nil, err
			}
			return exec.Command(server, "-D", cluster), nil
		},
		answers: func(ctx context.Context) error {
			conn, err := pgx.Connect(ctx, h.postgresURL(adminRole, maintenanceDB))
			if err != nil {
				return err
			}
			return conn.Close(ctx)
		},
	}, nil
}

func (h home) postgresURL(role, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database}
	u.RawQuery = url.Values{"host": {h.sockets}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

func (h home) prepareCluster(ctx context.Context, o Options, alive *os.File) error {
	if err := h.account.own(h.sockets); err != nil {
		return err
	}
	cluster := h.path(clusterDir)
	version, err := os.ReadFile(filepath.Join(cluster, "PG_VERSION"))
	switch {
	case errors.Is(err, os.ErrNotExist):
		if err := h.initCluster(ctx, o, alive); err != nil {
			return err
		}
	case err != nil:
		return fmt.Errorf("the data of the private Postgres cannot be read: %w", err)
	case strings.TrimSpace(string(version)) != postgresMajor:
		return fmt.Errorf("%s holds data of PostgreSQL %s, this program needs %s: dump it with the old version, or use another folder",
			cluster, strings.TrimSpace(string(version)), postgresMajor)
	}
	if err := h.dropStalePid(); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"postgresql.conf": h.postgresConf(o),
		"pg_hba.conf":     hbaConf,
		"pg_ident.conf":   identConf(nameOf(os.Geteuid())),
	} {
		if err := h.give(filepath.Join(cluster, name), text); err != nil {
			return err
		}
	}
	return nil
}

// initCluster builds the cluster beside its place and renames it, so that an
// initdb that was interrupted is never taken for a cluster. It holds the lock, so
// that one that outlives us is waited for.
func (h home) initCluster(ctx context.Context, o Options, alive *os.File) error {
	initdb, err := find("initdb", postgresBin, "PostgreSQL "+postgresMajor)
	if err != nil {
		return err
	}
	building := h.path(clusterDir + ".new")
	if err := os.RemoveAll(building); err != nil {
		return err
	}
	if err := h.account.own(building); err != nil {
		return err
	}
	args := []string{"-D", building, "-U", adminRole, "-E", "UTF8", "--locale=C.UTF-8", "--auth=reject", "--data-checksums"}
	if o.Fast {
		args = append(args, "--no-sync")
	}
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, initdb, args...)
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.ExtraFiles = []*os.File{alive}
	cmd.Env = serverEnv
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: h.account.credential, Setsid: true}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("initdb failed in %s: %w", building, complaint(said.String(), err))
	}
	return os.Rename(building, h.path(clusterDir))
}

func complaint(said string, err error) error {
	for line := range strings.Lines(said) {
		if what, found := strings.CutPrefix(line, "initdb: "); found && !strings.HasPrefix(what, "hint:") {
			return errors.New(strings.TrimSpace(what))
		}
	}
	return err
}

// dropStalePid removes a postmaster.pid left by a crash when its process id now
// belongs to some other program: Postgres would take that for a running server
// and refuse to start. Ids that nobody has are left to Postgres to judge.
func (h home) dropStalePid() error {
	file := filepath.Join(h.path(clusterDir), "postmaster.pid")
	pid := firstNumber(file)
	if taken := pid > 0 && syscall.Kill(pid, 0) == nil; !taken {
		return nil
	}
	// Postgres works in its cluster's folder. Unreadable, it is not our account's.
	cwd, _ := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
	if cwd == h.path(clusterDir) {
		return fmt.Errorf("a Postgres that gridwork did not start (process %d) runs on %s: stop it, or use another folder", pid, cwd)
	}
	return os.Remove(file)
}

// give writes a file that the account may read.
func (h home) give(path, text string) error {
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return err
	}
	return os.Chown(path, int(h.account.uid), int(h.account.gid))
}

const (
	hasDatabaseSQL    = `select count(*) from pg_database where datname = $1`
	hasOwnerSQL       = `select count(*) from pg_roles where rolname = $1`
	createOwnerSQL    = `create role gridwork login createdb createrole in role pg_monitor, pg_signal_backend`
	createPostGISSQL  = `create extension if not exists postgis`
	createDatabaseSQL = `create database gridwork owner gridwork`
	showDurableSQL    = `select current_setting('fsync')::boolean`
	templateDB        = "template1"
	maintenanceDB     = "postgres"
)

// prepareDatabase makes role and database once. The database comes last: its
// existence says that everything before it is done. PostGIS goes into template1
// because it is not a trusted extension: the owner of a database could not add it.
func (h home) prepareDatabase(ctx context.Context, o Options) error {
	admin, err := pgx.Connect(ctx, h.postgresURL(adminRole, maintenanceDB))
	if err != nil {
		return fmt.Errorf("cannot open the private Postgres: %w", err)
	}
	defer admin.Close(ctx)
	var durable bool
	if err := admin.QueryRow(ctx, showDurableSQL).Scan(&durable); err != nil {
		return err
	}
	if !durable && !o.Fast {
		return fmt.Errorf("the Postgres running in %s was started by tests, without durability: wait until they end, or use another folder", h.dir)
	}
	var found int
	if err := admin.QueryRow(ctx, hasDatabaseSQL, database).Scan(&found); err != nil || found > 0 {
		return err
	}
	if err := admin.QueryRow(ctx, hasOwnerSQL, ownerRole).Scan(&found); err != nil {
		return err
	}
	if found == 0 {
		if _, err := admin.Exec(ctx, createOwnerSQL); err != nil {
			return err
		}
	}
	if err := h.installPostGIS(ctx); err != nil {
		return err
	}
	_, err = admin.Exec(ctx, createDatabaseSQL)
	return err
}

func (h home) installPostGIS(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, h.postgresURL(adminRole, templateDB))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, createPostGISSQL); err != nil {
		return fmt.Errorf("PostGIS is not installed for PostgreSQL %s: run make deps (%w)", postgresMajor, err)
	}
	return nil
}
