package e2e_test

import (
	"fmt"
	"testing"

	"gridwork/test/e2e"
)

// Prevents: work of a whole shift that is missing or double after the line was torn and the page died again and again on the way.
func TestAShiftWithoutANetworkArrivesWholeThoughThePageDiesWhileItIsSent(t *testing.T) {
	t.Parallel()
	const verified, found = 10, 20
	h := e2e.Open(t)
	for i := range verified {
		verification(t, h, report(t, h, fmt.Sprintf("垃圾成堆 %d", i)))
	}
	told := e2e.Play(t, h, "shift", e2e.Vars{"at": e2e.Here(3), "worker": e2e.Account(h.Worker), "verified": verified, "found": found})
	for sql, want := range map[string]int{
		`select count(*)::text from clues`:                                                verified + found,
		`select count(distinct text)::text from clues where text like '路面破损%'`:            found,
		`select count(*)::text from verify_tasks where answered_at is not null`:           verified,
		`select count(*)::text from photos where state in ('received', 'ready')`:          verified/2 + found/4,
		`select count(*)::text from photos where received_sha256 is distinct from sha256`: 0,
	} {
		if got := h.Column(sql); got != fmt.Sprint(want) {
			t.Errorf("%s: %s instead of %d", sql, got, want)
		}
	}
	// What the server has counted over the bytes that it keeps is what the handheld had counted before it let go of its own.
	if kept := h.Column(`select string_agg(encode(received_sha256, 'hex'), ' ' order by received_sha256) from photos`); kept != told["photos"] {
		t.Errorf("photos %s are stored instead of %s", kept, told["photos"])
	}
}
