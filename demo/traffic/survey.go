package traffic

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/demo/client"
)

// progress writes how things stand, once a second.
func (w *world) progress(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			if w.Redraw {
				fmt.Fprintln(w.Out)
			}
			return
		case <-tick.C:
			if so := time.Since(w.began); w.Redraw {
				fmt.Fprint(w.Out, "\r\033[K", w.tally.short(so))
			} else {
				fmt.Fprintln(w.Out, w.tally.line(so))
			}
		}
	}
}

// survey asks the platform itself, as a supervisor of the city, what became of the reports.
func (w *world) survey(ctx context.Context) error {
	if err := w.findAll(ctx); err != nil {
		return fmt.Errorf("look for the acknowledged reports: %w", err)
	}
	for _, s := range w.streets {
		if err := w.surveyStreet(ctx, s.Code); err != nil {
			return fmt.Errorf("survey of %s: %w", s.Code, err)
		}
	}
	return nil
}

// margin is how far the platform's clock may be behind this machine's.
const margin = time.Minute

// findAll compares the ledger of acknowledged reports with what the platform has.
func (w *world) findAll(ctx context.Context) error {
	missing := make(map[uuid.UUID]bool, len(w.ledger))
	for id := range w.ledger {
		missing[id] = true
	}
	for after := (*string)(nil); len(missing) > 0; {
		page, err := w.supervisor.Ledger(ctx, "4403", after)
		if err != nil {
			return err
		}
		for _, clue := range page.Nodes {
			delete(missing, clue.ID)
		}
		after = page.PageInfo.EndCursor
		last := len(page.Nodes) - 1
		if !page.PageInfo.HasNextPage || last < 0 || page.Nodes[last].SubmittedAt.Before(w.began.Add(-margin)) {
			break
		}
	}
	w.tally.looked, w.tally.missing = true, len(missing)
	return nil
}

// surveyStreet measures the cases of a street that were filed since the beginning.
func (w *world) surveyStreet(ctx context.Context, street string) error {
	for after := (*string)(nil); ; {
		page, err := w.supervisor.Survey(ctx, client.CaseFilter{Region: street}, after)
		if err != nil {
			return err
		}
		for _, c := range page.Nodes {
			if c.FiledAt.Before(w.began.Add(-margin)) {
				return nil
			}
			w.tally.measure(c, w.began)
		}
		after = page.PageInfo.EndCursor
		if !page.PageInfo.HasNextPage {
			return nil
		}
	}
}

// measure counts what the platform has written down of a case. How long it took since the first report is told of
// reports since the beginning only: a queue may have been full before.
func (t *Tally) measure(c client.Case, began time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, a := range c.Assignments {
		if a.Lead {
			t.routed[a.Department.Code+" "+a.Department.NameZh]++
		}
		if a.Deemed {
			t.counts["deemed"]++
		}
	}
	for _, e := range c.Timeline {
		var p client.Pressed
		switch {
		case e.Kind == "no_rule":
			t.counts["no rule"]++
		case e.Kind == "pressed" && json.Unmarshal(e.Detail, &p) == nil:
			t.counts["pressed"]++
			t.pressed[fmt.Sprintf("%s, level %d: %s", p.Stage, p.Level, p.Action)]++
		}
	}
	if len(c.Clues) > 0 && c.Clues[0].SubmittedAt.After(began) {
		t.span("triage", &c.Clues[0].SubmittedAt, &c.FiledAt)
		t.span("whole", &c.Clues[0].SubmittedAt, c.ClosedAt)
	}
	t.span("route", &c.FiledAt, c.DispatchedAt)
	t.span("accept", c.DispatchedAt, c.AcceptedAt)
	t.span("dispose", c.AcceptedAt, c.ReportedAt)
	t.span("check", c.ReportedAt, c.ClosedAt)
}

func (t *Tally) span(stage string, from, to *time.Time) {
	if from != nil && to != nil && !to.Before(*from) {
		t.spans[stage] = append(t.spans[stage], to.Sub(*from))
	}
}
