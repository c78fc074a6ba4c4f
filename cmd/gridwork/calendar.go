package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/server"
)

type calendarCommand struct {
	Import calendarImport `cmd:"" help:"Read the official notice of a year, as JSON or ICS, and show what publishing it would move."`
	List   calendarList   `cmd:"" help:"List the versions, the newest first."`
	Show   calendarShow   `cmd:"" help:"Show the days of a version that do not follow their weekday."`
}

type calendarImport struct {
	File    string `arg:"" type:"existingfile" help:"The notice: docs/operating.md says how it is written."`
	Year    int    `help:"Which year, if an ICS file holds several."`
	Publish bool   `help:"Publish it, and carry every open clock over; the background work does that."`
}

// noticeMost is in bytes: what is longer is not read to its end.
const noticeMost = 2 << 20

func (c calendarImport) Run(ctx context.Context) error {
	notice, err := readNotice(c.File, c.Year)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		return db.Write(ctx, func(tx *pg.Tx) error { return c.take(ctx, tx, notice, os.Stdout) })
	})
}

// take shows what a notice would move, and publishes it if that is wanted.
func (c calendarImport) take(ctx context.Context, tx *pg.Tx, notice calendar.Notice, out io.Writer) error {
	version, err := calendar.Newest(ctx, tx)
	if err != nil {
		return err
	}
	edit := notice.Edit(version)
	preview, err := casework.PreviewCalendar(ctx, tx, edit)
	if err != nil {
		return err
	}
	if err := showPreview(out, notice, preview); err != nil || !c.Publish {
		return err
	}
	r, err := casework.PublishCalendar(ctx, tx, edit)
	if err == nil {
		fmt.Fprintf(out, "published as version %d; rederivation %s carries %d clocks over\n", r.ToVersion, r.ID, r.Total)
	}
	return err
}

func readNotice(path string, year int) (calendar.Notice, error) {
	file, err := os.Open(path)
	if err != nil {
		return calendar.Notice{}, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, noticeMost))
	if err != nil {
		return calendar.Notice{}, err
	}
	if calendar.IsICS(text) {
		return calendar.ReadICS(text, year)
	}
	notice, err := calendar.ReadNotice(text)
	if err == nil && year != 0 && year != notice.Year {
		err = fault.Invalid("NOTICE_YEAR", "the notice is that of %d", notice.Year).At("year")
	}
	return notice, err
}

func showPreview(out io.Writer, notice calendar.Notice, p casework.CalendarPreview) error {
	closed := 0
	for _, d := range notice.Days {
		if d.OpenLike == nil {
			closed++
		}
	}
	fmt.Fprintf(out, "%d: %d days off, %d make-up workdays\n", notice.Year, closed, len(notice.Days)-closed)
	fmt.Fprintf(out, "version %d would move %d of %d open clocks (%d would be overdue, %d are frozen); %d provisional ones would return to their unit, %d stay provisional\n",
		p.Version, p.Moved, p.Open, p.Overdue, p.Frozen, p.Resumed, p.Provisional)
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, g := range p.Groups {
		fmt.Fprintf(w, "%s\t%s\t%d clocks\tby up to %s\n", g.Stage, orStreets(g.Department), g.Count, g.Largest.Round(time.Second))
	}
	for _, s := range p.Shifts[:min(10, len(p.Shifts))] {
		what := fmt.Sprintf("case %d", s.CaseNumber)
		if s.CaseNumber == 0 {
			what = fmt.Sprintf("clue %d", s.ClueNumber)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\tto %s\n", what, s.Stage, s.DueAt.Format(time.RFC3339), s.MovesTo.Format(time.RFC3339))
	}
	return w.Flush()
}

func orStreets(department *string) string {
	if department == nil {
		return "streets"
	}
	return *department
}

type calendarList struct{}

// listed is how many versions are shown: years of them.
const listed = 100

func (calendarList) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		editions, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]calendar.Edition, error) { return calendar.Editions(ctx, tx, listed) })
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		for _, e := range editions {
			rules := e.Rules()
			fmt.Fprintf(w, "version %d\tpublished %s\tyears %v\t%d exceptions\n", e.Version(), e.PublishedAt.Format(time.DateOnly), rules.Years, len(rules.Exceptions))
		}
		return w.Flush()
	})
}

type calendarShow struct {
	Version int `arg:"" optional:"" help:"The newest without it."`
}

func (s calendarShow) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		return db.Read(ctx, func(tx *pg.Tx) error { return s.show(ctx, tx, os.Stdout) })
	})
}

func (s calendarShow) show(ctx context.Context, tx *pg.Tx, out io.Writer) error {
	var version *int
	if s.Version != 0 {
		version = &s.Version
	}
	e, err := calendar.EditionOf(ctx, tx, version)
	if fault.Is(err, "CALENDAR_VERSION") {
		return errors.New("there is no working calendar of this version")
	}
	if err != nil {
		return err
	}
	rules := e.Rules()
	fmt.Fprintf(out, "version %d, published %s, %s, years %v, a working day counts %g hours\n", e.Version(),
		e.PublishedAt.Format(time.RFC3339), rules.Location, rules.Years, rules.DayHours)
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, x := range rules.Exceptions {
		what := "closed"
		if x.OpenLike != nil {
			what = "open like " + string(*x.OpenLike)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.Date, what, x.Name)
	}
	return w.Flush()
}
