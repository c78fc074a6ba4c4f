package scenario

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/consignment"
	"gridwork/domain/identity"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

var (
	beginImport    = mutation{"beginImport", "BeginImportInput", `import { id state }`}
	importDocument = `query ($id: UUID!) { import(id: $id) { id state kind file rows written rejected about code person { id } columns byPage mayStop mayGoOn }
		importRejects(import: $id) { nodes { row field code reason cells } } }`
)

type importView struct {
	ID                      uuid.UUID
	State, Kind, File       string
	Rows, Written, Rejected int
	About                   *int
	Code                    *string
	Person                  *person
	Columns                 []string
	ByPage                  bool
	MayStop, MayGoOn        bool
}

type imported struct {
	Import        importView
	ImportRejects struct {
		Nodes []struct {
			Row                 int
			Field, Code, Reason string
			Cells               []string
		}
	}
}

// listOf is a list of addresses, the last two of which cannot be taken.
func listOf(n int) string {
	var text strings.Builder
	text.WriteString("DZBM,地址,经度,纬度\n")
	for i := range n {
		lon, lat := fixture.Centre(fixture.Nanyuan, i%8)
		fmt.Fprintf(&text, "%025d,科苑路%d号,%.6f,%.6f\n", i, i, lon, lat)
	}
	text.WriteString("12,=SUM(1),116.4,39.9\n一,二\n")
	return text.String()
}

func TestAnAdministratorBringsAFileSeesWhatWasReadAndHasItTakenIn(t *testing.T) {
	t.Parallel()
	s := open(t)
	admin := s.As(s.Admin)

	// Given a file whose codes stand in a column of their own name,
	file := admin.Bring("地址.csv", listOf(20))
	look := harness.Ask[struct {
		ImportLook struct {
			Columns []string
			Fields  []struct {
				Name         string
				Column, Code *string
			}
			Rows []struct{ Cells []string }
		}
	}](admin, `query ($in: ImportLookInput!) { importLook(input: $in) { columns fields { name column code } rows { cells } } }`, harness.Vars{"in": harness.Vars{"file": file, "kind": "ADDRESSES"}}).ImportLook
	if len(look.Columns) != 4 || len(look.Rows) != 8 || look.Rows[0].Cells[1] != "科苑路0号" || look.Fields[0].Code == nil || *look.Fields[0].Code != "COLUMNS_INCOMPLETE" {
		t.Fatalf("seen: %+v", look)
	}

	// when it is begun without saying so it is refused at the field, and with it it is taken in,
	input := harness.Vars{"file": file, "kind": "ADDRESSES"}
	s.refused(admin, beginImport, input, "COLUMNS_INCOMPLETE")
	input["columns"] = []harness.Vars{{"field": "code", "column": "DZBM"}}
	payload, refused := attempt[struct{ Import importView }](admin, beginImport, input)
	if refused != nil {
		t.Fatal(refused)
	}
	begun := payload.Import
	s.Settle()

	// then all but two rows are there, and why they are not is told and taken away, as the command line writes it;
	got := harness.Ask[imported](admin, importDocument, harness.Vars{"id": begun.ID})
	if i := got.Import; i.State != "DONE" || i.Rows != 22 || i.Written != 20 || i.Rejected != 2 || i.Person.ID != s.Admin.ID || i.MayStop || i.MayGoOn || !i.ByPage || s.Rows("addresses") != 20 {
		t.Errorf("it came to %+v", i)
	}
	if r := got.ImportRejects.Nodes; len(r) != 2 || r[0].Row != 22 || r[0].Cells[1] != "=SUM(1)" || r[1].Code != "ROW_RAGGED" {
		t.Errorf("rejected: %+v", r)
	}
	lines := s.taken(admin, "/export/imports/"+begun.ID.String(), url.Values{})
	if len(lines) != 3 || strings.Join(lines[0], ",") != "row,field,code,reason,DZBM,地址,经度,纬度" || lines[1][0] != "22" || lines[1][5] != "'=SUM(1)" || lines[2][2] != "ROW_RAGGED" {
		t.Errorf("taken away: %q", lines)
	}
	// the file is gone, and nobody else has anything of it.
	if n := s.Column("select count(*)::text from import_files where dropped_at is null"); n != "0" {
		t.Errorf("%s files are kept", n)
	}
	for who, c := range map[string]*harness.Client{"a grid worker": s.As(s.Worker), "a supervisor": s.As(s.Supervisor), "a volunteer": s.As(s.Volunteer)} {
		if a := c.Get("/export/imports/" + begun.ID.String()); a.Status != http.StatusForbidden {
			t.Errorf("%s: %d %s", who, a.Status, a.Body)
		}
	}
	if a := admin.Get("/export/imports/" + uuid.NewString()); a.Status != http.StatusNotFound {
		t.Errorf("one that there is not: %d", a.Status)
	}
}

func TestAFileIsBroughtByAdministratorsAndGoneOnWithByWhoeverBeganIt(t *testing.T) {
	t.Parallel()
	s := open(t)
	second := &harness.Person{Login: "second.admin"}
	s.Given(func(ctx context.Context, tx *pg.Tx) {
		second.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""), fixture.SignsIn(second.Login, identity.HashPassword(harness.Password)))
	})
	for _, c := range []struct {
		who    *harness.Client
		name   string
		bytes  int
		status int
		code   string
	}{
		{s.Anyone(), "a.csv", 9, http.StatusUnauthorized, "SIGN_IN_NEEDED"}, {s.As(s.Worker), "a.csv", 9, http.StatusForbidden, "NOT_ALLOWED"}, {s.As(s.Admin), "a.exe", 9, http.StatusBadRequest, "FILE_FORMAT"},
		{s.As(s.Admin), "../a.csv", 9, http.StatusBadRequest, "FILE_NAME"}, {s.As(s.Admin), "a.csv", 0, http.StatusBadRequest, "UPLOAD_EMPTY"},
		{s.As(s.Admin), "a.csv", consignment.MaxBytes + 1, http.StatusRequestEntityTooLarge, "FILE_TOO_LARGE"},
	} {
		if a := c.who.TryBring(c.name, c.bytes); a.Status != c.status || !strings.Contains(string(a.Body), `"`+c.code+`"`) {
			t.Errorf("%s of %d bytes: %d %s", c.name, c.bytes, a.Status, a.Body)
		}
	}
	begun := s.As(s.Admin).TryBring("a.csv", 10)
	place := begun.Header.Get("Location")
	for who, c := range map[string]*harness.Client{"another administrator": s.As(second), "anyone": s.Anyone()} {
		if a := c.Continue(place, 0, []byte("code")); a.Status != http.StatusNotFound && a.Status != http.StatusUnauthorized {
			t.Errorf("%s goes on with it: %d %s", who, a.Status, a.Body)
		}
	}
	if a := s.As(s.Admin).Continue(place, 0, []byte("code")); a.Status != http.StatusNoContent {
		t.Errorf("its own: %d %s", a.Status, a.Body)
	}
	if a := s.As(s.Admin).Get(place); a.Status != http.StatusMethodNotAllowed {
		t.Errorf("an upload was shown: %d", a.Status)
	}
}
