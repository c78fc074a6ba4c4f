package place

import (
	"context"
	"slices"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/pg"
)

// batch is how many rows one transaction stores.
const batch = 5000

// MayImport refuses everybody but the operator and administrators of the city: NOT_ALLOWED.
func MayImport(a *actor.Actor) error {
	if a.System == "" && !a.Citywide(actor.AdministerAll) {
		return fault.Denied(CodeNotAllowed, "places are imported for the whole city")
	}
	return nil
}

// Begin starts an import of places, or goes on with one of the same file under the same profile. For whoever may.
func Begin(ctx context.Context, tx *pg.Tx, in intake.Import) (intake.Import, error) {
	if err := MayImport(tx.Actor); err != nil {
		return intake.Import{}, err
	}
	return intake.Begin(ctx, tx, in)
}

// Taking is how the rows of an import of places are taken in: checked and landed in their cells, then stored. Rows that need
// something which is not there are rejected too.
func Taking(i intake.Import, atlas *cell.Atlas) intake.Way {
	r := reader{kind: i.Kind, columns: i.Columns, datum: i.Datum, atlas: atlas}
	store := map[string]func(context.Context, *pg.Tx, []record) (int, []refused, error){
		Addresses.Name: storeAddresses, PremisesOf.Name: storePremises, Components.Name: storeComponents,
	}[i.Kind]
	return intake.Way{Batch: batch, Take: func(rows []intake.Record) intake.Store {
		records, rejects := r.readAll(rows)
		return func(ctx context.Context, tx *pg.Tx) (int, []intake.Reject, error) {
			written, lost, err := store(ctx, tx, records)
			all := slices.Clone(rejects)
			for _, l := range lost {
				at := slices.IndexFunc(rows, func(r intake.Record) bool { return r.Number == l.row })
				all = append(all, intake.Reject{Record: rows[at], Why: l.why})
			}
			return written, all, err
		}
	}}
}

// readAll checks rows and lands them, without the database.
func (r *reader) readAll(rows []intake.Record) (records []record, rejects []intake.Reject) {
	at := make(map[string]int, len(rows)) // of the last record with a code: what a file says later counts
	for _, row := range rows {
		rec, err := record{}, row.Broken
		if err == nil {
			rec, err = r.read(row.Number, row.Fields)
		}
		if why, refused := fault.As(err); refused {
			rejects = append(rejects, intake.Reject{Record: row, Why: why})
			continue
		}
		if before, again := at[rec.code]; again {
			records[before] = rec
			continue
		}
		at[rec.code] = len(records)
		records = append(records, rec)
	}
	return records, rejects
}
