package upload

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/consignment"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/refusal"
	"gridwork/rowfile"
)

// ImportPath is where administrators bring files of other offices.
const ImportPath = "/imports/v1/uploads/"

// HeaderFile tells the id of a file that has arrived whole, by which an import of it is begun.
const HeaderFile = "Import-File"

// The metadata of an import's upload: its file's name comes from the sender, who that is does not.
const (
	metaName   = "name"
	metaPerson = "person"
)

// imports are files of other offices on their way.
type imports struct {
	db    *pg.DB
	files consignment.Files
	log   *slog.Logger
}

// Imports is the place for files of other offices. It is for administrators, and an upload is gone on with by whoever began it.
//
// Faults: SIGN_IN_NEEDED; those of consignment.Check; UPLOAD_NOT_FOUND; UPLOAD_EMPTY.
func Imports(db *pg.DB, files consignment.Files, log *slog.Logger) http.Handler {
	i := &imports{db, files, log}
	return New(Place{Path: ImportPath, Folder: files.Incoming(), Log: log, Begin: i.begin, May: i.may, Accept: i.accept})
}

func (i *imports) begin(ctx context.Context, u Info) (map[string]string, error) {
	who := actor.From(ctx)
	if !who.IsPerson() {
		return nil, refusal.ErrSignIn
	}
	name := u.Meta[metaName]
	return map[string]string{metaName: name, metaPerson: who.ID.String()}, consignment.Check(who, name, u.Size)
}

func (i *imports) may(ctx context.Context, u Info) error {
	who := actor.From(ctx)
	if !who.IsPerson() {
		return refusal.ErrSignIn
	}
	if u.Meta[metaPerson] != who.ID.String() {
		return errNotFound
	}
	return nil
}

// accept keeps a file that is whole, and records who brought it.
func (i *imports) accept(ctx context.Context, u Info) (http.Header, error) {
	f := consignment.File{Name: u.Meta[metaName], Bytes: u.Size}
	var err error
	if f.ID, err = uuid.Parse(u.Name); err != nil {
		return nil, errNotFound
	}
	if f.SHA256, err = (rowfile.Options{}).Sum(i.files.Incoming().Path(u.Name)); err != nil {
		return nil, Broken(ctx, i.log, "read a whole import file", err)
	}
	if err := i.files.Keep(u.Name, f.ID, f.Name); err != nil {
		return nil, Broken(ctx, i.log, "keep an import file", err)
	}
	err = i.db.Write(ctx, func(tx *pg.Tx) error { return consignment.Receive(ctx, tx, f) })
	if _, public := fault.As(err); err != nil && !public {
		return nil, Broken(ctx, i.log, "record an import file", err)
	}
	return http.Header{HeaderFile: {f.ID.String()}}, err
}
