package intake

import (
	"context"
	"errors"
	"io"

	"gridwork/pg"
)

// Source gives an import's records in order, and io.EOF behind the last one.
type Source func() (Record, error)

// Way is how a kind of rows is taken in.
type Way struct {
	Batch int // rows that one transaction stores
	Take  Take
}

// batch is the next rows of an import, read: nothing of it is stored yet.
type batch struct {
	rows  int
	store Store
}

// Carry takes an import in, from where it stands to its end, and finishes it. One batch is read while another is stored. heard is
// told what became of each batch once it is stored; its error stops the import, as that of the source does. What was stored
// until then stays, and the import can be gone on with.
func Carry(ctx context.Context, db *pg.DB, i Import, by Way, next Source, heard func(Import, []Reject) error) (Import, error) {
	ctx, stop := context.WithCancelCause(ctx)
	batches := make(chan batch, 1)
	go func() {
		defer close(batches)
		skip, more := i.Rows, true
		for more {
			rows, err := fill(next, &skip, by.Batch)
			if more = err == nil; !more && !errors.Is(err, io.EOF) {
				stop(err)
				return
			}
			select {
			case batches <- batch{len(rows), by.Take(rows)}:
			case <-ctx.Done():
				return
			}
		}
	}()
	defer func() { // only when nothing is read any more: whoever called may close the file
		stop(nil)
		for range batches {
		}
	}()
	for b := range batches {
		var moved Import
		var rejects []Reject
		err := db.Write(ctx, func(tx *pg.Tx) (err error) {
			moved, rejects, err = i.Load(ctx, tx, b.rows, b.store)
			return err
		})
		if err != nil {
			return i, errors.Join(err, context.Cause(ctx))
		}
		i = moved
		if err := heard(i, rejects); err != nil {
			return i, err
		}
	}
	if ctx.Err() != nil {
		return i, context.Cause(ctx)
	}
	return pg.WriteVal(ctx, db, func(tx *pg.Tx) (Import, error) { return i.Finish(ctx, tx) })
}

// fill reads a batch, behind the rows that an earlier run has dealt with.
func fill(next Source, skip *int, most int) (rows []Record, err error) {
	for len(rows) < most {
		row, err := next()
		if err != nil {
			return rows, err
		}
		if *skip > 0 {
			*skip--
			continue
		}
		rows = append(rows, row)
	}
	return rows, nil
}
