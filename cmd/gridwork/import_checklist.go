package main

import (
	"context"
	"fmt"
	"os"

	"gridwork/domain/inspection"
	"gridwork/domain/xlsform"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/server"
)

type importChecklistCommand struct {
	File  string `arg:"" type:"existingfile" help:"XLSX with the sheets survey, choices and settings: docs/operating.md names the columns."`
	Check bool   `help:"Only say whether it could be published."`
}

func (c importChecklistCommand) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error { return c.run(ctx, db) })
}

// run reads the form and publishes it, or tells all that speaks against it.
func (c importChecklistCommand) run(ctx context.Context, db *pg.DB) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	form, err := xlsform.Read(file)
	for _, p := range form.Passed {
		fmt.Println(p)
	}
	if err != nil {
		return err
	}
	if err := amiss(ctx, db, form); err != nil {
		return err
	}
	if c.Check {
		fmt.Printf("%s could be published: %d items\n", form.Checklist.Code, len(form.Checklist.Items))
		return nil
	}
	published, err := pg.WriteVal(ctx, db, func(tx *pg.Tx) (inspection.Checklist, error) { return inspection.Publish(ctx, tx, form.Checklist) })
	if _, told := fault.As(err); told {
		return xlsform.Problems{form.Where(err)}
	}
	if err == nil {
		fmt.Printf("%s, version %d: %d items\n", published.Code, published.Version, len(published.Items))
	}
	return err
}

// amiss is all that speaks against publishing, by the form's own rows.
func amiss(ctx context.Context, db *pg.DB, form xlsform.Form) error {
	found := form.Checklist.Faults()
	unknown, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]error, error) { return inspection.UnknownCategories(ctx, tx, form.Checklist) })
	if err != nil {
		return err
	}
	var told xlsform.Problems
	for _, one := range append(found, unknown...) {
		told = append(told, form.Where(one))
	}
	if len(told) > 0 {
		return told
	}
	return nil
}
