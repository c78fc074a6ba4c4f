package graph

import (
	"context"
	"encoding/hex"
	"os"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/consignment"
	"gridwork/geo"
	"gridwork/pg"
)

// imported is a file that the administrator has brought, and an import of it that has rejected a row.
func (t *town) imported() (file, id uuid.UUID) {
	t.Helper()
	const text = "code,text,lon,lat\n1,科苑路,114,22.5\n"
	file = pg.NewID()
	upload := hex.EncodeToString(file[:])
	t.must(t.edge.Brought.Prepare())
	t.must(os.WriteFile(t.edge.Brought.Incoming().Path(upload), []byte(text), 0o600))
	t.must(t.edge.Brought.Keep(upload, file, "a.csv"))
	t.write(t.people["admin"], func(ctx context.Context, tx *pg.Tx) {
		t.must(consignment.Receive(ctx, tx, consignment.File{ID: file, Name: "a.csv", Bytes: int64(len(text)), SHA256: []byte(upload)}))
	})
	i, err := consignment.Begin(actor.With(t.Context(), t.people["admin"]), t.db, t.edge.Brought, consignment.BeginInput{File: file, Kind: consignment.Addresses, Datum: geo.WGS84, Save: "公安"})
	t.must(err)
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		_, err := tx.Exec(ctx, `insert into import_rejects (import_id, row, field, code, reason, cells) values ($1, 2, 'code', 'CODE_MALFORMED', 'no code', '{1,科苑路,114,22.5}')`, i.ID)
		t.must(err)
	})
	return file, i.ID
}
