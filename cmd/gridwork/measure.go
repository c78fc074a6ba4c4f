package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/server"
)

type measureCommand struct {
	Import  measureImport  `cmd:"" help:"Check a file of measures, and publish it as the next version."`
	List    measureList    `cmd:"" help:"List the measures in force."`
	Bases   measureBases   `cmd:"" help:"List what is counted, for the formulas of measures."`
	Rebuild measureRebuild `cmd:"" help:"Make all figures from nothing but the stored cases and clues: after a release that counts otherwise."`
}

type measureImport struct {
	File    string `arg:"" type:"existingfile" help:"The measures, as demo/data/measures.json is written."`
	Publish bool   `help:"Publish them; without it they are only checked."`
}

func (m measureImport) Run(ctx context.Context) error {
	text, err := os.ReadFile(m.File)
	if err != nil {
		return err
	}
	all, err := measure.Read(text)
	if err != nil {
		return fmt.Errorf("%s: %w", m.File, err)
	}
	if !m.Publish {
		fmt.Printf("%d measures are in order\n", len(all))
		return nil
	}
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		version, err := pg.WriteVal(ctx, db, func(tx *pg.Tx) (int, error) { return measure.Publish(ctx, tx, all) })
		if err == nil {
			fmt.Printf("published %d measures as version %d\n", len(all), version)
		}
		return err
	})
}

type measureList struct{}

func (measureList) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		all, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]measure.Measure, error) { return measure.Current(ctx, tx) })
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		for _, m := range all {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.Key, m.NameEN, m.Formula(), m.Source)
		}
		return w.Flush()
	})
}

type measureBases struct{}

func (measureBases) Run(context.Context) error {
	var names []string
	for _, b := range measure.Bases() {
		names = append(names, string(b))
	}
	_, err := fmt.Println(strings.Join(names, "\n"))
	return err
}

type measureRebuild struct{}

func (measureRebuild) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		err := db.Write(ctx, func(tx *pg.Tx) error { return measure.Rebuild(ctx, tx) })
		if err == nil {
			fmt.Println("all figures are made anew")
		}
		return err
	})
}
