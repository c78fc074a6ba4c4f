//go:build chaos

package chaos

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/casework"
	"gridwork/pg"
)

// promises holds the ledger and the invariants against the store, once what follows has been done.
func (p *platform) promises(l *ledger) {
	p.t.Helper()
	p.drained()
	p.ledgerHolds(l)
	p.routedOnce(l)
	p.invariantsHold()
	if out := p.once("doctor"); p.t.Failed() {
		p.t.Logf("the doctor says:\n%s", out)
	}
}

const (
	restSQL = `select (select count(*) from outbox where done_at is null)
		+ (select count(*) from deadlines where state = 'armed' and due_at <= now())
		+ (select count(*) from audits a where not exists (select from audit_links l where l.audit_id = a.id))`

	cluesSQL = `select c.id, c.number, c.claim_hash is not null as anonymous,
		(select count(*) from clue_events e where e.clue_id = c.id and e.kind = 'submitted') as submitted,
		(select count(*) from sealed_reporters s where s.clue_id = c.id) as sealed,
		(select count(*) from clocks k where k.clue_id = c.id and k.stage = 'file') as clocks
		from clues c order by c.id`

	casesSQL = `select c.id, c.state,
		(select count(*) from case_events e where e.case_id = c.id and e.kind = 'filed') as filed,
		(select count(*) from case_events e where e.case_id = c.id and e.kind = 'routed') as routed,
		(select count(*) from assignments a where a.case_id = c.id) as assigned,
		(select count(*) from messages m where m.case_id = c.id and m.kind = 'case_assigned') as told
		from cases c order by c.id`

	deadSQL = `select kind || ': ' || coalesce(last_error, '') from outbox where dead_at is not null order by 1`

	latenessSQL = `select coalesce(extract(epoch from max(settled_at - due_at)), 0)::float8,
		coalesce(extract(epoch from percentile_cont(0.99) within group (order by settled_at - due_at)), 0)::float8,
		count(*) from deadlines where state = 'fired'`
)

// drained waits until nothing is left to do: fault or not, everything gets done.
func (p *platform) drained() {
	p.t.Helper()
	conn := p.admin()
	defer conn.Close(p.t.Context())
	var left int
	p.eventually(60*time.Second, "everything that follows is done", func() bool {
		if err := conn.QueryRow(p.t.Context(), restSQL).Scan(&left); err != nil {
			p.t.Fatal(err)
		}
		return left == 0
	})
	if dead := column[string](p, deadSQL); len(dead) > 0 {
		p.t.Errorf("jobs were given up: %v", dead)
	}
}

func rows[T any](p *platform, sql string) []T {
	p.t.Helper()
	conn := p.admin()
	defer conn.Close(p.t.Context())
	found, err := conn.Query(p.t.Context(), sql)
	if err != nil {
		p.t.Fatal(err)
	}
	list, err := pgx.CollectRows(found, pgx.RowToStructByName[T])
	if err != nil {
		p.t.Fatal(err)
	}
	return list
}

func column[T any](p *platform, sql string) []T {
	p.t.Helper()
	conn := p.admin()
	defer conn.Close(p.t.Context())
	found, err := conn.Query(p.t.Context(), sql)
	if err != nil {
		p.t.Fatal(err)
	}
	list, err := pgx.CollectRows(found, pgx.RowTo[T])
	if err != nil {
		p.t.Fatal(err)
	}
	return list
}

type storedClue struct {
	ID                        uuid.UUID
	Number                    int
	Anonymous                 bool
	Submitted, Sealed, Clocks int
}

// ledgerHolds: every acknowledged id is stored, once, with everything that belongs to it, and nothing else is (I6).
func (p *platform) ledgerHolds(l *ledger) {
	p.t.Helper()
	stored := map[uuid.UUID]storedClue{}
	for _, c := range rows[storedClue](p, cluesSQL) {
		stored[c.ID] = c
		if c.Submitted != 1 || c.Sealed != 1 || c.Clocks != 1 {
			p.t.Errorf("clue %s is stored with %d events, %d sealed reporters, %d clocks", c.ID, c.Submitted, c.Sealed, c.Clocks)
		}
	}
	for _, e := range l.acked {
		c, ok := stored[e.id]
		if !ok || c.Number != e.number || c.Anonymous != (e.claim != "") {
			p.t.Errorf("clue %s was acknowledged as number %d, and is stored as %+v", e.id, e.number, c)
		}
		delete(stored, e.id)
	}
	for id := range stored {
		if !slices.Contains(l.lost, id) {
			p.t.Errorf("clue %s is stored, and nobody sent it", id)
		}
	}
	if len(l.lost) > 0 {
		p.t.Errorf("%d tips were never acknowledged", len(l.lost))
	}
	if len(l.acked) == 0 {
		p.t.Error("nothing was acknowledged: there was no load")
	}
}

type storedCase struct {
	ID                            uuid.UUID
	State                         string
	Filed, Routed, Assigned, Told int
}

// routedOnce: every case that the dispatcher was told of has reached its department, whose desk was told once.
func (p *platform) routedOnce(l *ledger) {
	p.t.Helper()
	stored := map[uuid.UUID]bool{}
	for _, c := range rows[storedCase](p, casesSQL) {
		stored[c.ID] = true
		if c.State != "routed" || c.Filed != 1 || c.Routed != 1 || c.Assigned != 1 || c.Told != 1 {
			p.t.Errorf("case %+v was not filed, routed and told of exactly once", c)
		}
	}
	for _, id := range l.cases {
		if !stored[id] {
			p.t.Errorf("case %s was acknowledged and is not stored", id)
		}
	}
	if len(l.cases) == 0 || len(l.cases) != len(stored) {
		p.t.Errorf("%d cases were acknowledged, %d are stored", len(l.cases), len(stored))
	}
}

// invariantsHold: I1 to I4 about timers, I7 about the audit chain.
func (p *platform) invariantsHold() {
	p.t.Helper()
	ctx := actor.With(p.t.Context(), actor.System("chaos"))
	err := p.db.Read(ctx, func(tx *pg.Tx) error {
		violations, err := casework.CheckInvariants(ctx, tx)
		for _, v := range violations {
			p.t.Errorf("invariant %s: %s %s %s", v.Invariant, v.Object, v.ID, v.Says)
		}
		if err != nil {
			return err
		}
		links, err := audit.Verify(ctx, tx)
		if links == 0 {
			p.t.Error("the audit chain is empty")
		}
		return err
	})
	if err != nil {
		p.t.Error(err)
	}
}

// lateness is how late deadlines fired: at most, at the 99th percentile, and how many there were.
func (p *platform) lateness() (most, p99 time.Duration, fired int) {
	p.t.Helper()
	conn := p.admin()
	defer conn.Close(p.t.Context())
	var a, b float64
	if err := conn.QueryRow(p.t.Context(), latenessSQL).Scan(&a, &b, &fired); err != nil {
		p.t.Fatal(err)
	}
	return time.Duration(a * float64(time.Second)), time.Duration(b * float64(time.Second)), fired
}

// inTime checks that no deadline fired later than so, and says how it went.
func (p *platform) inTime(allowed time.Duration) {
	p.t.Helper()
	most, p99, fired := p.lateness()
	p.t.Logf("%d deadlines fired, late by %s at most, %s at the 99th percentile", fired, most.Round(time.Millisecond), p99.Round(time.Millisecond))
	if fired == 0 || most > allowed {
		p.t.Errorf("%d deadlines fired, up to %s late; %s are allowed", fired, most, allowed)
	}
}

// tell says what the load was, and what share of the tries failed.
func (l *ledger) tell(t *testing.T) (failed float64) {
	t.Helper()
	took := make([]time.Duration, len(l.acked))
	again := 0
	for i, e := range l.acked {
		took[i] = e.took
		if e.tries > 1 {
			again++
		}
	}
	slices.Sort(took)
	at := func(share float64) time.Duration {
		if len(took) == 0 {
			return 0
		}
		return took[int(share*float64(len(took)-1))].Round(time.Millisecond)
	}
	failed = float64(l.failures.Load()) / float64(max(1, l.tries.Load()))
	t.Logf("%d tips acknowledged (%d on a later try), %d cases filed; %d of %d tries failed; answers took %s at the median, %s at the 99th percentile",
		len(l.acked), again, len(l.cases), l.failures.Load(), l.tries.Load(), at(0.5), at(0.99))
	return failed
}
