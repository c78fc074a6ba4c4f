package export

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gridwork/domain/consignment"
	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/pg"
)

// rejects are why rows of an import were not taken, with the rows, as the command line writes them beside the file. That somebody takes them away is audited.
func rejects(ctx context.Context, o order) (table, error) {
	id, err := uuid.Parse(o.PathValue("id"))
	if err != nil {
		return table{}, fault.NotFound(consignment.CodeNotFound, "no such import")
	}
	var i consignment.Import
	var t table
	if err := o.DB.Write(ctx, func(tx *pg.Tx) (err error) {
		i, err = consignment.TakeRejects(ctx, tx, id)
		t = table{name: words{i.File + " 未收下", i.File + " rejects"}, sheet: words{"未收下", "Rejects"}, at: tx.Now}
		return err
	}); err != nil {
		return table{}, err
	}
	for _, name := range intake.RejectHeader(i.Header) {
		text := fmt.Sprint(name)
		t.header = append(t.header, words{text, text})
	}
	t.rows = func(put func(row ...any) error) error {
		var after *int64
		for {
			var page []consignment.Reject
			var more bool
			if err := o.DB.Read(ctx, func(tx *pg.Tx) (err error) {
				page, more, err = consignment.Rejects(ctx, tx, id, after, pageOf)
				return err
			}); err != nil {
				return err
			}
			for _, r := range page {
				if err := put(r.Line(i.Header)...); err != nil {
					return err
				}
			}
			if !more {
				return nil
			}
			after = &page[len(page)-1].ID
		}
	}
	return t, nil
}
