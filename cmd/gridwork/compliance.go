package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"gridwork/domain/compliance"
	"gridwork/pg"
	"gridwork/server"
)

type complianceCommand struct{}

// errFormalism makes the exit code say that a rule is not kept.
var errFormalism = errors.New("not every rule against formalism is kept")

func (complianceCommand) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		rulings, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]compliance.Ruling, error) { return compliance.Examine(ctx, tx) })
		if err != nil {
			return err
		}
		return rule(os.Stdout, rulings)
	})
}

// rule prints each rule, how it is met, and what speaks against it.
func rule(w io.Writer, rulings []compliance.Ruling) error {
	kept := true
	for _, r := range rulings {
		v, answer := well, "met    "+r.Met
		if len(r.Findings) > 0 {
			v, answer, kept = fails, "not met", false
		}
		_, err := fmt.Fprintf(w, "%-5s %s\n      %s\n      %s\n      source %s\n      %s\n", verdictWords[v], r.Key, r.AsksZH, r.AsksEN, r.Source, answer)
		if err != nil {
			return err
		}
		for _, f := range r.Findings {
			if _, err := fmt.Fprintf(w, "      - %s\n", f); err != nil {
				return err
			}
		}
	}
	if !kept {
		return errFormalism
	}
	return nil
}
