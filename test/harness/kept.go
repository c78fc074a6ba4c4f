package harness

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"gridwork/pg"
)

// Rows counts the rows of a table.
func (h *Harness) Rows(table string) (n int) {
	h.t.Helper()
	conn := h.owner(h.t.Context())
	defer conn.Close(h.t.Context())
	if err := conn.QueryRow(h.t.Context(), "select count(*) from "+pgx.Identifier{table}.Sanitize()).Scan(&n); err != nil {
		h.t.Fatalf("count %s: %v", table, err)
	}
	return n
}

// Column reads one text from the database, as its owner.
func (h *Harness) Column(sql string, args ...any) (text string) {
	h.t.Helper()
	conn := h.owner(h.t.Context())
	defer conn.Close(h.t.Context())
	if err := conn.QueryRow(h.t.Context(), sql, args...).Scan(&text); err != nil {
		h.t.Fatalf("%s: %v", sql, err)
	}
	return text
}

// AsApplication runs a statement with the rights of the running platform.
func (h *Harness) AsApplication(statement string) error {
	return h.process.DB.Write(h.t.Context(), func(tx *pg.Tx) error {
		_, err := tx.Exec(h.t.Context(), statement)
		return err
	})
}

// Kept is everything that the platform has stored, by place: each table of the database as text, every key of Redis
// with its value, the log, and every file.
func (h *Harness) Kept() map[string]string {
	h.t.Helper()
	kept := map[string]string{"log": h.Log()}
	h.keptTables(h.t.Context(), kept)
	h.keptKeys(h.t.Context(), kept)
	h.keptFiles(kept)
	return kept
}

const tablesSQL = `select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
	where schemaname in ('gridwork', 'gridwork_vault') order by 1`

func (h *Harness) keptTables(ctx context.Context, kept map[string]string) {
	h.t.Helper()
	conn := h.owner(ctx)
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, tablesSQL)
	if err != nil {
		h.t.Fatalf("tables: %v", err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		h.t.Fatalf("tables: %v", err)
	}
	for _, table := range tables {
		var text string
		// Sealed boxes and hashes come out in hexadecimal; a plain text hidden in one would too.
		err := conn.QueryRow(ctx, `select coalesce(string_agg(t::text, E'\n' order by t::text), '') from `+table+` as t`).Scan(&text)
		if err != nil {
			h.t.Fatalf("dump %s: %v", table, err)
		}
		kept["table "+table] = text
	}
}

func (h *Harness) keptKeys(ctx context.Context, kept map[string]string) {
	h.t.Helper()
	client := redisClient(h.t, h.redis)
	keys, err := client.Keys(ctx, "*").Result()
	if err != nil {
		h.t.Fatalf("redis: %v", err)
	}
	for _, key := range keys {
		content, err := keptKey(ctx, client, key)
		if err != nil {
			h.t.Fatalf("redis: %v", err)
		}
		kept["redis "+key] = key + content
	}
}

// keptKey reads a key by its type: the form in which Redis itself dumps one is compressed, and would hide a text.
func keptKey(ctx context.Context, client *redis.Client, key string) (string, error) {
	kind, err := client.Type(ctx, key).Result()
	if err != nil {
		return "", err
	}
	var content any
	switch kind {
	case "string":
		content, err = client.Get(ctx, key).Result()
	case "hash":
		content, err = client.HGetAll(ctx, key).Result()
	case "list":
		content, err = client.LRange(ctx, key, 0, -1).Result()
	case "set":
		content, err = client.SMembers(ctx, key).Result()
	case "zset":
		content, err = client.ZRange(ctx, key, 0, -1).Result()
	case "none": // some leave while we look
	default:
		err = fmt.Errorf("key %s is a %s, which nobody here can read", key, kind)
	}
	if errors.Is(err, redis.Nil) {
		err = nil
	}
	return fmt.Sprint(content), err
}

func (h *Harness) keptFiles(kept map[string]string) {
	h.t.Helper()
	files := os.DirFS(h.process.Config.DataDir)
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		kept["file "+path] = path + string(content)
		return err
	})
	if err != nil {
		h.t.Fatalf("files: %v", err)
	}
}
