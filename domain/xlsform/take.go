package xlsform

import (
	"bytes"
	"context"
	"errors"

	"gridwork/domain/inspection"
	"gridwork/fault"
	"gridwork/pg"
)

// Import is a form that is to become the next version of its checklist.
type Import struct {
	File    []byte // an XLSX
	Publish bool   // false: only say whether it could be
}

// Taken is what became of a form.
type Taken struct {
	Form      Form
	Problems  Problems              // all that speaks against publishing it
	Published *inspection.Checklist // nil: there are problems, or it was only tried
}

// Take reads a form and publishes it, or tells all that speaks against it, by the form's own rows.
//
// Faults: NOT_ALLOWED; those of rowfile.Workbook at "file"; CONTENTION.
func Take(ctx context.Context, tx *pg.Tx, in Import) (Taken, error) {
	if err := inspection.MayPublish(tx.Actor); err != nil {
		return Taken{}, err
	}
	form, err := Read(bytes.NewReader(in.File))
	taken := Taken{Form: form}
	if errors.As(err, &taken.Problems) {
		return taken, nil
	}
	if err != nil {
		return taken, fault.Under("file", err)
	}
	found := form.Checklist.Faults()
	unknown, err := inspection.UnknownCategories(ctx, tx, form.Checklist)
	if err != nil {
		return taken, err
	}
	for _, one := range append(found, unknown...) {
		taken.Problems = append(taken.Problems, form.Where(one))
	}
	if len(taken.Problems) > 0 || !in.Publish {
		return taken, nil
	}
	published, err := inspection.Publish(ctx, tx, form.Checklist)
	taken.Published = &published
	return taken, err
}
