package main

import (
	"context"
	"fmt"
	"os"

	"gridwork/domain/xlsform"
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
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	taken, err := pg.WriteVal(ctx, db, func(tx *pg.Tx) (xlsform.Taken, error) {
		return xlsform.Take(ctx, tx, xlsform.Import{File: file, Publish: !c.Check})
	})
	for _, p := range taken.Form.Passed {
		fmt.Println(p)
	}
	switch form := taken.Form.Checklist; {
	case err != nil:
		return err
	case len(taken.Problems) > 0:
		return taken.Problems
	case taken.Published == nil:
		fmt.Printf("%s could be published: %d items\n", form.Code, len(form.Items))
	default:
		fmt.Printf("%s, version %d: %d items\n", taken.Published.Code, taken.Published.Version, len(taken.Published.Items))
	}
	return nil
}
