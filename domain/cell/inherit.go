package cell

import (
	"context"
	"fmt"
	"slices"

	"gridwork/pg"
)

// inherit says what each begun cell has of each ended one, and who looks after it.
func (p *Plan) inherit(ctx context.Context, tx *pg.Tx) error {
	ends, begins := p.codes()
	shares, err := pg.All[Share](ctx, tx, sharesSQL, ends, p.grounds(), begins, p.shapes(), speck)
	if err != nil {
		return fmt.Errorf("shares of a change: %w", err)
	}
	of := make(map[string]Cell, len(p.Ends))
	for _, c := range p.Ends {
		of[c.Code] = c
	}
	earlier, err := pg.All[lineage](ctx, tx, followsSQL, ends)
	if err != nil {
		return fmt.Errorf("what the cells of a change follow: %w", err)
	}
	for i := range p.Begins {
		b := &p.Begins[i]
		var most Share
		for _, s := range shares {
			if s.Begun == b.Code && s.AreaM2 > most.AreaM2 {
				most = s
			}
		}
		at := slices.IndexFunc(earlier, func(l lineage) bool { return l.Code == most.Ended })
		if at < 0 {
			return fmt.Errorf("cell %s shares no ground with %v", b.Code, ends)
		}
		b.Follows = append([]string{most.Ended}, earlier[at].Follows...)
		b.StandsOn = standsOn(b.Code, shares, earlier)
		if b.DutyGrid == nil {
			b.DutyGrid = of[most.Ended].DutyGridID
		}
	}
	p.Shares = shares
	if len(shares) == len(ends) && len(ends) == len(begins) {
		p.find(Finding{Code: CodeUnchanged, Path: "cells", At: p.Begins[0].Shape.LabelPoint(), Message: "the same cells would begin again"})
	}
	return nil
}

// standsOn is every ended cell that some of a begun one's ground was in, those of earlier changes too.
func standsOn(begun string, shares []Share, earlier []lineage) (codes []string) {
	for _, s := range shares {
		if s.Begun != begun {
			continue
		}
		at := slices.IndexFunc(earlier, func(l lineage) bool { return l.Code == s.Ended })
		codes = append(append(codes, s.Ended), earlier[at].StandsOn...)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

type lineage struct {
	Code     string   `db:"code"`
	Follows  []string `db:"follows"`
	StandsOn []string `db:"stands_on"`
}
