package consignment_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gridwork/actor"
	"gridwork/domain/consignment"
	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/rowfile"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// desk is a city whose administrators bring files.
type desk struct {
	*testing.T
	db    *pg.DB
	files consignment.Files
	chen  *actor.Actor // administers the city
	wang  *actor.Actor // so does she
	li    *actor.Actor // administers a street
	zhou  *actor.Actor // works in a grid
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, db: dbtest.DB(t), files: consignment.Files{Dir: t.TempDir()}}
	d.must(d.files.Prepare())
	d.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) error {
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		city := fixture.As(actor.Admin, fixture.CityCode, "")
		d.chen, d.wang = fixture.Person(t, ctx, tx, city), fixture.Person(t, ctx, tx, city)
		d.li, d.zhou = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.Nanyuan, "")), fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
		return nil
	})
	return d
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) refused(err error, code string) {
	d.Helper()
	if !fault.Is(err, code) {
		d.Errorf("got %v, want %s", err, code)
	}
}

func (d *desk) write(who *actor.Actor, fn func(context.Context, *pg.Tx) error) {
	d.Helper()
	ctx := actor.With(d.Context(), who)
	d.must(d.db.Write(ctx, func(tx *pg.Tx) error { return fn(ctx, tx) }))
}

// bring is what an upload that is whole becomes.
func (d *desk) bring(who *actor.Actor, name, text string) uuid.UUID {
	d.Helper()
	id := pg.NewID()
	upload := hex.EncodeToString(id[:])
	d.must(os.WriteFile(d.files.Incoming().Path(upload), []byte(text), 0o600))
	sum, err := rowfile.Options{}.Sum(d.files.Incoming().Path(upload))
	d.must(err)
	d.must(d.files.Keep(upload, id, name))
	d.write(who, func(ctx context.Context, tx *pg.Tx) error {
		return consignment.Receive(ctx, tx, consignment.File{ID: id, Name: name, Bytes: int64(len(text)), SHA256: sum})
	})
	return id
}

func (d *desk) begin(who *actor.Actor, in consignment.BeginInput) consignment.Import {
	d.Helper()
	if in.Datum == "" {
		in.Datum = geo.WGS84
	}
	i, err := consignment.Begin(actor.With(d.Context(), who), d.db, d.files, in)
	d.must(err)
	return i
}

func (d *desk) look(who *actor.Actor, id uuid.UUID) consignment.Import {
	d.Helper()
	i, err := act(d, who, consignment.Get, id)
	d.must(err)
	return i
}

func act[In, Out any](d *desk, who *actor.Actor, do func(context.Context, *pg.Tx, In) (Out, error), in In) (Out, error) {
	ctx := actor.With(d.Context(), who)
	return pg.WriteVal(ctx, d.db, func(tx *pg.Tx) (Out, error) { return do(ctx, tx, in) })
}

// job is the last one that an import was given.
func (d *desk) job(id uuid.UUID) consignment.Job {
	d.Helper()
	epoch, err := pg.ReadVal(d.Context(), d.db, func(tx *pg.Tx) (int, error) {
		return pg.Val[int](d.Context(), tx, "select epoch from import_runs where import_id = $1", id)
	})
	d.must(err)
	return consignment.Job{Import: id, Epoch: epoch}
}

// carry does a job for one batch, as a worker does that dies right behind it.
func (d *desk) carry(job consignment.Job) {
	d.Helper()
	d.must(consignment.Carry(actor.With(d.Context(), actor.System("job")), d.db, d.files, job, 0))
}

// finish does jobs until the import is no longer carried.
func (d *desk) finish(id uuid.UUID) consignment.Import {
	d.Helper()
	for range 20 {
		d.carry(d.job(id))
		if i := d.look(d.chen, id); i.State != consignment.Running {
			return i
		}
	}
	d.Fatal("it is carried on and on")
	return consignment.Import{}
}

func (d *desk) count(sql string) (n int) {
	d.Helper()
	n, err := pg.ReadVal(d.Context(), d.db, func(tx *pg.Tx) (int, error) { return pg.Val[int](d.Context(), tx, sql) })
	d.must(err)
	return n
}

func (d *desk) rejects(who *actor.Actor, id uuid.UUID) (lines []string) {
	d.Helper()
	i := d.look(who, id)
	found, err := act(d, who, func(ctx context.Context, tx *pg.Tx, id uuid.UUID) ([]consignment.Reject, error) {
		found, _, err := consignment.Rejects(ctx, tx, id, nil, 100)
		return found, err
	}, id)
	d.must(err)
	for _, r := range found {
		lines = append(lines, fmt.Sprint(r.Line(i.Header)...))
	}
	return lines
}

func (d *desk) left() (names []string) {
	d.Helper()
	for _, folder := range []string{"files", "incoming"} {
		found, err := os.ReadDir(filepath.Join(d.files.Dir, folder))
		d.must(err)
		for _, f := range found {
			names = append(names, f.Name())
		}
	}
	return names
}

// addresses is a list of n, of which those whose number is in bad lie elsewhere.
func addresses(n int, bad ...int) string {
	var text strings.Builder
	text.WriteString("code,text,lon,lat\n")
	for i := range n {
		lon, lat := fixture.Centre(fixture.Nanyuan, i%8)
		if slices.Contains(bad, i) {
			lon, lat = 116.4, 39.9
		}
		fmt.Fprintf(&text, "%025d,科苑路%d号,%.6f,%.6f\n", i, i, lon, lat)
	}
	return text.String()
}

func TestAFileIsLookedAtBoundAndTakenIn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	text, err := simplifiedchinese.GB18030.NewEncoder().String(fmt.Sprintf("DZBM,地址,经度,纬度\n4403040010010010000000001,科苑路15号,%f,%f\n123,=SUM(1),116.4,39.9\n一,二\n", lon, lat))
	d.must(err)
	file := d.bring(d.chen, "地址.csv", text)
	ctx := actor.With(t.Context(), d.chen)
	seen, err := consignment.LookAt(ctx, d.db, d.files, consignment.LookInput{File: file, Kind: consignment.Addresses})
	d.must(err)
	if !slices.Equal(seen.Columns, []string{"DZBM", "地址", "经度", "纬度"}) || len(seen.Rows) != 3 || seen.Rows[0].Cells[1] != "科苑路15号" || seen.Rows[2].Code == nil || *seen.Rows[2].Code != rowfile.CodeRagged {
		t.Errorf("seen: %+v", seen)
	}
	if code := seen.Fields[0]; code.Name != "code" || code.Column != nil || code.Code == nil || *code.Code != intake.CodeColumns || *seen.Fields[1].Column != "地址" {
		t.Errorf("bound: %+v", seen.Fields)
	}
	_, err = consignment.Begin(ctx, d.db, d.files, consignment.BeginInput{File: file, Kind: consignment.Addresses, Datum: geo.WGS84})
	if why, _ := fault.As(err); why == nil || why.Code != intake.CodeColumns || why.Field != "columns.code" {
		t.Errorf("without its column: %v", err)
	}
	begun := d.begin(d.chen, consignment.BeginInput{File: file, Kind: consignment.Addresses, Columns: []consignment.Column{{Field: "code", Column: "DZBM"}}, Save: "公安"})
	if begun.State != consignment.Running || !begun.MayStop() || begun.MayGoOn() {
		t.Errorf("begun: %+v", begun)
	}
	done := d.finish(begun.ID)
	if done.State != consignment.Done || done.Rows != 3 || done.Written != 1 || done.Rejected != 2 || done.About == nil || *done.About != 3 {
		t.Errorf("done: %+v", done)
	}
	if got := d.rejects(d.wang, begun.ID); len(got) != 2 || !strings.Contains(got[0], "=SUM(1)") || !strings.Contains(got[1], rowfile.CodeRagged) {
		t.Errorf("rejected: %q", got)
	}
	if left := d.left(); len(left) > 0 {
		t.Errorf("left of the file: %v", left)
	}
	profiles, err := act(d, d.chen, consignment.Profiles, consignment.Addresses)
	if err != nil || len(profiles) != 1 || profiles[0].Name != "公安" || profiles[0].Columns[0].Column != "DZBM" {
		t.Errorf("kept: %+v, %v", profiles, err)
	}
	if n := d.count("select count(*) from audits where actor_id is not null and action in ('import.bring', 'import.begin', 'import.finish')"); n != 3 {
		t.Errorf("%d lines on the record in her name", n)
	}
}

// Prevents: rows that are taken in twice, or not at all, by whatever stops and starts an import.
func TestAnImportThatIsStoppedKilledAndGoneOnWithTakesEachRowOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := d.bring(d.chen, "addresses.csv", addresses(16_000, 3, 5_003, 10_003, 15_003))
	i := d.begin(d.chen, consignment.BeginInput{File: file, Kind: consignment.Addresses})
	first := d.job(i.ID)
	d.carry(first)
	if at := d.look(d.chen, i.ID); at.Rows != 5_000 || at.State != consignment.Running || d.count("select count(*) from outbox where kind = 'import.carry'") != 2 {
		t.Fatalf("after a worker that died: %+v", at)
	}
	stopped, err := act(d, d.wang, consignment.Stop, i.ID)
	if err != nil || stopped.State != consignment.Stopped {
		t.Fatalf("stopped: %+v, %v", stopped, err)
	}
	d.carry(first)
	if at := d.look(d.chen, i.ID); at.Rows != 5_000 {
		t.Fatalf("moved on although it was stopped: %+v", at)
	}
	_, err = act(d, d.wang, consignment.GoOn, i.ID)
	d.refused(err, consignment.CodeNotAllowed)
	again, err := act(d, d.chen, consignment.GoOn, i.ID)
	if err != nil || again.State != consignment.Running {
		t.Fatalf("gone on with: %+v, %v", again, err)
	}
	d.carry(first) // of before the stop
	if at := d.look(d.chen, i.ID); at.Rows != 5_000 {
		t.Fatalf("an old job moved it on: %+v", at)
	}
	// Two workers have the same job.
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			err := consignment.Carry(actor.With(t.Context(), actor.System("job")), d.db, d.files, d.job(i.ID), 0)
			if err != nil && !fault.Is(err, intake.CodeElsewhere) {
				t.Error(err)
			}
		})
	}
	both.Wait()
	done := d.finish(i.ID)
	if done.State != consignment.Done || done.Rows != 16_000 || done.Written != 15_996 || done.Rejected != 4 || d.count("select count(*) from addresses") != 15_996 {
		t.Errorf("done: %+v", done)
	}
	if got := d.rejects(d.chen, i.ID); len(got) != 4 {
		t.Errorf("rejected: %q", got)
	}
	_, err = act(d, d.chen, consignment.Stop, i.ID)
	d.refused(err, consignment.CodeNotNow)
	_, err = act(d, d.chen, consignment.GoOn, i.ID)
	d.refused(err, consignment.CodeNotNow)
}

func TestTheSameFileBroughtAgainGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.begin(d.chen, consignment.BeginInput{File: d.bring(d.chen, "a.csv", addresses(6_000)), Kind: consignment.Addresses})
	d.carry(d.job(i.ID))
	_, err := act(d, d.chen, consignment.Stop, i.ID)
	d.must(err)
	d.db.Advance(8 * 24 * time.Hour)
	d.must(consignment.Sweep(actor.With(t.Context(), actor.System("test")), d.db, d.files, 100))
	if left := d.left(); len(left) > 0 {
		t.Errorf("after a week: %v", left)
	}
	_, err = act(d, d.chen, consignment.GoOn, i.ID)
	d.refused(err, consignment.CodeNoFile)
	again := d.begin(d.chen, consignment.BeginInput{File: d.bring(d.chen, "b.csv", addresses(6_000)), Kind: consignment.Addresses})
	if again.ID != i.ID || again.Rows != 5_000 {
		t.Errorf("brought again: %+v", again)
	}
	if done := d.finish(i.ID); done.State != consignment.Done || done.Written != 6_000 {
		t.Errorf("done: %+v", done)
	}
}

func TestAFileIsForWhoeverBroughtItAndAnImportForAdministrators(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	file := d.bring(d.chen, "a.csv", addresses(3))
	for who, want := range map[*actor.Actor]string{d.zhou: consignment.CodeNotAllowed, d.li: consignment.CodeNotAllowed, actor.Anonymous: consignment.CodeNotAllowed, d.wang: consignment.CodeNoFile} {
		ctx := actor.With(t.Context(), who)
		_, err := consignment.Begin(ctx, d.db, d.files, consignment.BeginInput{File: file, Kind: consignment.Addresses, Datum: geo.WGS84})
		d.refused(err, want)
		_, err = consignment.LookAt(ctx, d.db, d.files, consignment.LookInput{File: file, Kind: consignment.Addresses})
		d.refused(err, want)
	}
	if offers := consignment.Offers(d.li); len(offers) != 2 || offers[0].Kind != consignment.People || len(consignment.Offers(d.zhou)) > 0 || len(consignment.Offers(d.chen)) != len(consignment.Kinds) {
		t.Errorf("a street's administrator is offered %v", offers)
	}
	i := d.begin(d.chen, consignment.BeginInput{File: file, Kind: consignment.Addresses})
	list := func(who *actor.Actor) (int, error) {
		return act(d, who, func(ctx context.Context, tx *pg.Tx, first int) (int, error) {
			found, _, err := consignment.List(ctx, tx, nil, first)
			return len(found), err
		}, 10)
	}
	if hers, err := list(d.wang); err != nil || hers != 1 {
		t.Errorf("another administrator of the city sees %d, %v", hers, err)
	}
	if street, err := list(d.li); err != nil || street != 0 {
		t.Errorf("a street's administrator sees %d, %v", street, err)
	}
	_, err := list(d.zhou)
	d.refused(err, consignment.CodeNotAllowed)
	for _, do := range []func(context.Context, *pg.Tx, uuid.UUID) (consignment.Import, error){consignment.Get, consignment.Stop, consignment.GoOn, consignment.TakeRejects} {
		_, err := act(d, d.li, do, i.ID)
		d.refused(err, consignment.CodeNotFound)
		_, err = act(d, d.zhou, do, i.ID)
		d.refused(err, consignment.CodeNotAllowed)
	}
}

func TestWhatIsNoFileOfOursIsRefusedBeforeItsFirstByte(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, c := range []struct {
		who   *actor.Actor
		name  string
		bytes int64
		want  string
	}{
		{d.chen, "a.csv", 1, ""}, {d.li, "名单.XLSX", consignment.MaxWorkbook, ""}, {d.zhou, "a.csv", 1, consignment.CodeNotAllowed}, {d.chen, "a.exe", 1, rowfile.CodeFormat},
		{d.chen, "a", 1, rowfile.CodeFormat}, {d.chen, "../a.csv", 1, consignment.CodeName}, {d.chen, "", 1, consignment.CodeName}, {d.chen, strings.Repeat("长", 200) + ".csv", 1, consignment.CodeName},
		{d.chen, "a.csv", consignment.MaxBytes + 1, rowfile.CodeLarge}, {d.chen, "a.xlsx", consignment.MaxWorkbook + 1, rowfile.CodeLarge},
	} {
		if err := consignment.Check(c.who, c.name, c.bytes); c.want == "" && err != nil || c.want != "" && !fault.Is(err, c.want) {
			t.Errorf("%q of %d bytes: %v", c.name, c.bytes, err)
		}
	}
}

func TestAFileThatBreaksSaysWhy(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.begin(d.chen, consignment.BeginInput{File: d.bring(d.chen, "a.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1","category":"0101","lon":1,"lat":1}},{"type":`), Kind: consignment.Components})
	if broke := d.finish(i.ID); broke.State != consignment.Broken || broke.Code == nil || *broke.Code != intake.CodeFile || strings.Contains(*broke.Reason, d.files.Dir) || !broke.MayGoOn() {
		t.Errorf("broke: %+v", broke)
	}
	for name, text := range map[string]string{"a.xlsx": "no workbook", "a.gpkg": "no package", "a.csv": "a,a\n"} {
		_, err := consignment.LookAt(actor.With(t.Context(), d.chen), d.db, d.files, consignment.LookInput{File: d.bring(d.chen, name, text), Kind: consignment.Addresses})
		if why, told := fault.As(err); !told || strings.Contains(why.Message, d.files.Dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Whoever may no longer take it in does not.
	other := d.begin(d.wang, consignment.BeginInput{File: d.bring(d.wang, "b.csv", addresses(3)), Kind: consignment.Addresses})
	d.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) error {
		_, err := tx.Exec(ctx, "update grants set revoked_at = $2 where person_id = $1", d.wang.ID, tx.Now)
		return err
	})
	if broke := d.finish(other.ID); broke.State != consignment.Broken || *broke.Code != consignment.CodeNotAllowed || d.count("select count(*) from addresses") != 0 {
		t.Errorf("of somebody who is nothing any more: %+v", broke)
	}
}

// Prevents: one administrator who makes somebody something alone, and telephone numbers where nobody looks for them.
func TestAPersonnelListTakesTwoAndItsNumbersStandInItsRejectsAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	list := "工号,姓名,岗位,区划代码,手机\ngz001,李新,网格员," + fixture.Nanyuan + ",13800138000\ngz002,王芳,网格员,999999,13900139000\n"
	i := d.begin(d.chen, consignment.BeginInput{File: d.bring(d.chen, "名单.csv", list), Kind: consignment.People})
	if done := d.finish(i.ID); done.Written != 1 || done.Rejected != 1 || d.count("select count(*) from grant_requests where state = 'asked'") != 1 {
		t.Errorf("done: %+v", done)
	}
	if got := d.rejects(d.chen, i.ID); len(got) != 1 || !strings.Contains(got[0], "13900139000") {
		t.Errorf("rejected: %q", got)
	}
	for what, sql := range map[string]string{"audits": "select count(*) from audits where detail::text like '%139001390%' or detail::text like '%138001380%'", "jobs": "select count(*) from outbox where payload::text like '%13%00%139%'"} {
		if n := d.count(sql); n != 0 {
			t.Errorf("%d %s tell a telephone number", n, what)
		}
	}
	own := d.begin(d.chen, consignment.BeginInput{File: d.bring(d.chen, "名单.csv", list), Kind: consignment.Grants})
	if done := d.finish(own.ID); done.Written != 0 {
		t.Errorf("granted by whoever asked: %+v", done)
	}
	hers := d.begin(d.wang, consignment.BeginInput{File: d.bring(d.wang, "名单.csv", list), Kind: consignment.Grants})
	if done := d.finish(hers.ID); done.Written != 1 {
		t.Errorf("granted by another: %+v", done)
	}
	d.db.Advance(31 * 24 * time.Hour)
	d.write(actor.System("test"), func(_ context.Context, tx *pg.Tx) error { consignment.ForgetRejects(tx, 100); return nil })
	if n := d.count("select count(*) from import_rejects"); n != 0 {
		t.Errorf("%d rejects after a month", n)
	}
}

func TestWhatNobodyBeginsIsGoneAfterADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	sweep := func() { d.must(consignment.Sweep(actor.With(t.Context(), actor.System("test")), d.db, d.files, 100)) }
	file := d.bring(d.chen, "a.csv", addresses(3))
	waits := d.begin(d.chen, consignment.BeginInput{File: d.bring(d.chen, "b.csv", addresses(4)), Kind: consignment.Addresses})
	sweep()
	if n := len(d.left()); n != 4 {
		t.Errorf("%d files at once", n)
	}
	d.db.Advance(25 * time.Hour)
	sweep()
	_, err := consignment.LookAt(actor.With(t.Context(), d.chen), d.db, d.files, consignment.LookInput{File: file, Kind: consignment.Addresses})
	d.refused(err, consignment.CodeNoFile)
	if done := d.finish(waits.ID); done.State != consignment.Done {
		t.Errorf("one that waits for its turn: %+v", done)
	}
}
