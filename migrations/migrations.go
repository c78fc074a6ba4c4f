// Package migrations brings a city's schema, and the vault beside it, to the version that this binary speaks.
// Forward only: a release expands first and contracts in a later one.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"gridwork/pg"
)

//go:embed city/*.sql vault/*.sql
var files embed.FS

// VaultRole owns the sealed reporters. Nobody signs in as it.
const VaultRole = "gridwork_vault"

// oldestServer is the lowest PostgreSQL that the statements are tried on, as server_version_num.
const oldestServer = 150000

// prepareSQL makes what the migrations stand on. Roles belong to the whole cluster, so two cities
// (or two tests) may race for them: the loser finds them made.
const prepareSQL = `
create extension if not exists postgis with schema public;
create extension if not exists pg_trgm with schema public;
do $$ begin
  if not exists (select from pg_roles where rolname = '{app}') then create role {app} nologin; end if;
  if not exists (select from pg_roles where rolname = '{vault}') then create role {vault} nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role('{app}', 'member') then grant {app} to current_user; end if;
  if not pg_has_role('{vault}', 'member') then grant {vault} to current_user; end if;
end $$;
create schema if not exists "{city}";
create schema if not exists "{city}_vault";
`

// grantSQL says what the application may touch: everything of the city but the past, nothing
// that others stand on may vanish, and of the vault only the slot in its door.
const grantSQL = `
grant usage on schema "{city}", "{city}_vault" to {app};
grant select, insert, update, delete on all tables in schema "{city}" to {app};
revoke delete on people, clues, cases, clocks, deadlines, messages, campaigns, alarms from {app};
revoke update, delete on audits, audit_links, clue_events, case_events, alarm_events from {app};
revoke all on all tables in schema "{city}_vault" from {app};
grant insert on sealed_reporters to {app};
grant usage, create on schema "{city}_vault" to {vault};
alter table sealed_reporters owner to {vault};
`

// Up migrates the city's schema and its vault. The URL's user must own the database, or may create roles and extensions.
func Up(ctx context.Context, url, city string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := checkServer(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, named(prepareSQL, city)); err != nil {
		return fmt.Errorf("prepare schema %s: %w", city, err)
	}
	for _, part := range parts(city) {
		if err := part.up(ctx, url); err != nil {
			return err
		}
	}
	_, err = conn.Exec(ctx, fmt.Sprintf("set search_path = %s;", pg.SearchPath(city))+named(grantSQL, city))
	return err
}

// Check reports whether the city's schema is exactly at the version of this binary: an error says what to do.
func Check(ctx context.Context, url, city string) error {
	for _, part := range parts(city) {
		provider, closeDB, err := part.provider(url)
		if err != nil {
			return err
		}
		current, target, err := provider.GetVersions(ctx)
		closeDB()
		switch {
		case err != nil:
			return fmt.Errorf("schema %s: %w", part.schema, err)
		case current < target:
			return fmt.Errorf("schema %s is at version %d, this program needs %d: run `gridwork migrate`", part.schema, current, target)
		case current > target:
			return fmt.Errorf("schema %s is at version %d, newer than this program's %d: run the newer program", part.schema, current, target)
		}
	}
	return nil
}

// Hash names the migrations' contents: tests key their template databases by it.
func Hash() string {
	h := sha256.New()
	_ = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			body, _ := files.ReadFile(path)
			fmt.Fprintf(h, "%s %d\n%s", path, len(body), body)
		}
		return err
	})
	h.Write([]byte(prepareSQL + grantSQL))
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// part is one schema with its own numbered files and version table.
type part struct{ schema, dir string }

func parts(city string) []part {
	return []part{{schema: city, dir: "city"}, {schema: city + "_vault", dir: "vault"}}
}

func (p part) up(ctx context.Context, url string) error {
	provider, closeDB, err := p.provider(url)
	if err != nil {
		return err
	}
	defer closeDB()
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate %s: %w", p.schema, err)
	}
	return nil
}

func (p part) provider(url string) (*goose.Provider, func(), error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, nil, fmt.Errorf("database URL: %w", err)
	}
	cfg.RuntimeParams["search_path"] = fmt.Sprintf(`"%s", public`, p.schema)
	var db *sql.DB = stdlib.OpenDB(*cfg)
	dir, err := fs.Sub(files, p.dir)
	if err != nil {
		return nil, nil, err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, dir, goose.WithVerbose(false))
	if err != nil {
		return nil, nil, fmt.Errorf("migrations of %s: %w", p.schema, err)
	}
	return provider, func() { _ = db.Close() }, nil
}

func checkServer(ctx context.Context, conn *pgx.Conn) error {
	var version int
	if err := conn.QueryRow(ctx, "select current_setting('server_version_num')::int").Scan(&version); err != nil {
		return err
	}
	if version < oldestServer {
		return fmt.Errorf("PostgreSQL %d is too old: %d or newer is needed", version/10000, oldestServer/10000)
	}
	return nil
}

func named(sql, city string) string {
	return strings.NewReplacer("{city}", city, "{app}", pg.AppRole, "{vault}", VaultRole).Replace(sql)
}
