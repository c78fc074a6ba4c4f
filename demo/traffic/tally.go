package traffic

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"gridwork/demo/client"
)

// errUnlike is the gravest thing that can happen to a report besides being lost.
var errUnlike = errors.New("the same report got another answer")

// Tally counts what happened.
type Tally struct {
	mu     sync.Mutex
	counts map[string]int
	spans  map[string][]time.Duration
	faults map[string]int // errors by what they say

	routed, pressed map[string]int // by department; by stage, step and action
	looked          bool           // whether the acknowledged reports were looked for
	missing         int            // acknowledged, and not to be found
}

func newTally() *Tally {
	return &Tally{counts: map[string]int{}, spans: map[string][]time.Duration{}, faults: map[string]int{},
		routed: map[string]int{}, pressed: map[string]int{}}
}

func (t *Tally) count(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[what]++
}

func (t *Tally) took(what string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spans[what] = append(t.spans[what], d)
}

func (t *Tally) fail(doing string, err error) {
	text := err.Error()
	var refused *client.Error
	if errors.As(err, &refused) && refused.Code != "" {
		text = refused.Operation + " " + refused.Code
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts["errors"]++
	t.faults[doing+": "+text]++
}

// Count is how often something happened.
func (t *Tally) Count(what string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.counts[what]
}

// Lost is how many acknowledged reports the platform does not have: there must be none.
func (t *Tally) Lost() int { return t.missing }

// short is how things stand, on a terminal of 80 columns.
func (t *Tally) short(since time.Duration) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, p95 := quantiles(t.spans["submit"])
	c := t.counts
	return fmt.Sprintf("%s sent %d ack %d filed %d merged %d closed %d err %d p95 %s",
		clock(since), c["submitted"], c["acknowledged"], c["filed"], c["merged"], c["closed"], c["errors"], rounded(p95))
}

// line is how things stand, in one line.
func (t *Tally) line(since time.Duration) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, p95 := quantiles(t.spans["submit"])
	c := t.counts
	return fmt.Sprintf("%s  submitted %d  acknowledged %d  filed %d  merged %d  refused %d  accepted %d  returned %d  disposals %d  closed %d  errors %d  submit p95 %s",
		clock(since), c["submitted"], c["acknowledged"], c["filed"], c["merged"], c["refused"], c["accepted"], c["returned"], c["disposals"], c["closed"],
		c["errors"], rounded(p95))
}

// rows of the closing table, in order. What is counted under each name is said beside it.
var rows = []struct{ name, what string }{
	{"submitted", "reports sent, each once"},
	{"acknowledged", "answered with a number"},
	{"outside", "refused at the door: outside the city"},
	{"repeated", "sent again word for word, and answered as the first time"},
	{"told again", "of the reports: about something that was reported before"},
	{"photos", "photos uploaded and verified"},
	{"verifications", "clues that a grid worker was asked to look at"},
	{"verified", "of these answered"},
	{"filed", "clues filed as cases"},
	{"merged", "clues joined to a case"},
	{"refused", "clues that made no case"},
	{"handled on spot", "clues put right on the spot"},
	{"referred", "clues handed to 119"},
	{"no rule", "cases that no rule fitted"},
	{"routed by hand", "cases that a dispatcher routed"},
	{"accepted", "cases accepted by a desk"},
	{"deemed", "cases accepted by silence"},
	{"returned", "\"not ours\""},
	{"returns upheld", "of these upheld"},
	{"returns rejected", "of these rejected"},
	{"disposals", "reported by handlers"},
	{"sent back", "sent back by a desk"},
	{"checks asked", "handed on for a check"},
	{"checked", "answered on the spot"},
	{"reworked", "found not fixed"},
	{"closed", "cases closed"},
	{"pressed", "steps of ladders that fired on these cases"},
	{"overtaken", "two people on one thing: one of them was told"},
	{"errors", "everything else"},
}

// stages of the closing table, in order.
var stages = []struct{ name, what string }{
	{"submit", "a report, until its answer"},
	{"upload", "a photo, until verified"},
	{"triage", "first report to case"},
	{"route", "case to department"},
	{"accept", "department to acceptance"},
	{"dispose", "acceptance to disposal"},
	{"check", "disposal to closing"},
	{"whole", "first report to closing"},
}

// Table is what came of it all.
func (t *Tally) Table() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	fmt.Fprintln(&b)
	for _, r := range rows {
		fmt.Fprintf(&b, "  %-18s %7d  %s\n", r.name, t.counts[r.name], r.what)
	}
	section(&b, "routed by department", t.routed)
	section(&b, "escalated by step", t.pressed)
	fmt.Fprintf(&b, "\n  %-18s %7s  %9s  %9s\n", "stage", "n", "p50", "p95")
	for _, s := range stages {
		p50, p95 := quantiles(t.spans[s.name])
		fmt.Fprintf(&b, "  %-18s %7d  %9s  %9s  %s\n", s.name, len(t.spans[s.name]), rounded(p50), rounded(p95), s.what)
	}
	section(&b, "errors", t.faults)
	switch {
	case t.missing > 0:
		fmt.Fprintf(&b, "\n  LOST: %d reports were acknowledged and cannot be found\n", t.missing)
	case t.looked:
		fmt.Fprintf(&b, "\n  every one of %d acknowledged reports was found again\n", t.counts["acknowledged"])
	}
	return b.String()
}

func section(b *strings.Builder, title string, counts map[string]int) {
	if len(counts) == 0 {
		if title != "errors" {
			fmt.Fprintf(b, "\n  %s: none\n", title)
		}
		return
	}
	fmt.Fprintf(b, "\n  %s\n", title)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(b, "  %7d  %s\n", counts[name], name)
	}
}

// quantiles are the median and the 95th percentile.
func quantiles(spans []time.Duration) (p50, p95 time.Duration) {
	if len(spans) == 0 {
		return 0, 0
	}
	sorted := slices.Sorted(slices.Values(spans))
	return sorted[(len(sorted)-1)/2], sorted[(len(sorted)-1)*95/100]
}

func rounded(d time.Duration) string {
	switch {
	case d == 0:
		return "–"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 2*time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}

func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}
