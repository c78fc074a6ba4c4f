package story

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"gridwork/server"
	"gridwork/test/dbtest"
)

// The story is the platform's own proof that its main loop runs: it ends only when every scene was seen through the API.
func TestTheStoryIsToldToItsEndInBothLanguagesAndLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	_, database := dbtest.Open(t)
	t.Cleanup(func() { nothingLeft(t, database) })
	c, err := server.Load([]string{"GRIDWORK_MODE=demo", "DATABASE_URL=" + database, "REDIS_URL=" + dbtest.RedisURL(t)})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][]string{
		Chinese: {"GCJ-02", "✓ 消防紧急", "接件时限走到 50%（第 1 级）：提醒", "接件时限走到 80%（第 2 级）：要求签收", "接件时限走到 100%（第 3 级）：视为接件", "还在走的：0", "已结案"},
		English: {"GCJ-02", "✓ Fire, urgent", "at 50 % of its limit (step 1): a reminder", "silence counts as acceptance", "still running: 0", "Closed."},
	} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			var out, complaints bytes.Buffer
			log := slog.New(slog.NewJSONHandler(&complaints, &slog.HandlerOptions{Level: slog.LevelWarn}))
			if err := Run(t.Context(), c, Options{Out: &out, Lang: lang, Log: log}); err != nil {
				t.Fatalf("%v, after\n%s", err, out.String())
			}
			for _, part := range want {
				if !strings.Contains(out.String(), part) {
					t.Errorf("nothing is told of %q in\n%s", part, out.String())
				}
			}
			if strings.Contains(out.String(), "%!") {
				t.Errorf("a line is garbled:\n%s", out.String())
			}
			if complaints.Len() > 0 {
				t.Errorf("the platform complained: %s", complaints.String())
			}
		})
	}
}

// nothingLeft runs when both tellings are over.
func nothingLeft(t *testing.T, database string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var schemas int
	if err := conn.QueryRow(ctx, `select count(*) from pg_namespace where nspname like 'scratch%'`).Scan(&schemas); err != nil || schemas > 0 {
		t.Errorf("%d schemas are left behind: %v", schemas, err)
	}
}
