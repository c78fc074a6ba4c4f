package intake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"

	"gridwork/actor"
	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

var lamps = intake.Kind{Name: "lamps", Fields: []intake.Field{
	{Name: "code", Needed: true, Called: []string{"编码", "id"}},
	{Name: "height", Called: []string{"高度"}},
}}

// office takes files in.
type office struct {
	*testing.T
	db *pg.DB
}

func newOffice(t *testing.T) *office {
	t.Helper()
	return &office{t, dbtest.DB(t)}
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) refused(err error, code, field string) {
	o.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code || e.Field != field {
		o.Fatalf("got %v, want %s at %q", err, code, field)
	}
}

func (o *office) begin(file string) intake.Import {
	o.Helper()
	i, err := o.beginAs(o.Context(), file)
	o.must(err)
	return i
}

// beginAs begins an import of the same bytes as any other, but for those at their end.
func (o *office) beginAs(ctx context.Context, file string, end ...byte) (intake.Import, error) {
	return pg.WriteVal(ctx, o.db, func(tx *pg.Tx) (intake.Import, error) {
		return intake.Begin(ctx, tx, intake.Import{Kind: lamps.Name, File: file, SHA256: append([]byte("of the same bytes"), end...), Columns: map[string]string{"code": "编码"}, Datum: geo.WGS84})
	})
}

// file gives n rows; the one behind them fails with end.
func file(n int, end error) intake.Source {
	at := 0
	return func() (intake.Record, error) {
		if at++; at > n {
			return intake.Record{}, end
		}
		return intake.Record{Number: at + 1, Fields: map[string]string{"编码": fmt.Sprint(at)}}, nil
	}
}

// by stores the rows as lamps into a list, refuses those that it is told to, and fails at one.
type by struct {
	stored []string
	refuse map[string]bool
	failAt string
}

var errBroken = errors.New("the store is broken")

func (b *by) way(batch int) intake.Way {
	return intake.Way{Batch: batch, Take: func(rows []intake.Record) intake.Store {
		return func(context.Context, *pg.Tx) (written int, rejects []intake.Reject, err error) {
			for _, r := range rows {
				switch code := r.Fields["编码"]; {
				case code == b.failAt:
					return 0, nil, errBroken
				case b.refuse[code]: // for two reasons
					for _, field := range []string{"code", "height"} {
						rejects = append(rejects, intake.Reject{Record: r, Why: fault.Invalid("LAMP", "no lamp").At(field)})
					}
				default:
					b.stored, written = append(b.stored, code), written+1
				}
			}
			return written, rejects, nil
		}
	}}
}

func quiet(intake.Import, []intake.Reject) error { return nil }

func (o *office) carry(i intake.Import, b *by, next intake.Source) (intake.Import, error) {
	return intake.Carry(o.Context(), o.db, i, b.way(3), next, quiet)
}

func TestAFileIsTakenInBatchByBatchToItsEnd(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var told []int
	refused := 0
	b := &by{refuse: map[string]bool{"2": true, "7": true}}
	done, err := intake.Carry(t.Context(), o.db, o.begin("灯杆.csv"), b.way(3), file(8, io.EOF), func(i intake.Import, rejects []intake.Reject) error {
		told, refused = append(told, i.Rows), refused+len(rejects)
		return nil
	})
	o.must(err)
	if done.Rows != 8 || done.Written != 6 || done.Rejected != 2 || done.FinishedAt == nil {
		t.Errorf("%+v", done)
	}
	if !slices.Equal(b.stored, []string{"1", "3", "4", "5", "6", "8"}) || !slices.Equal(told, []int{3, 6, 8}) || refused != 4 {
		t.Errorf("stored %v, told at %v, of %d reasons", b.stored, told, refused)
	}
	again := o.begin("灯杆.csv")
	if again.ID == done.ID || again.Rows != 0 {
		t.Errorf("what is finished is begun anew, not gone on with: %+v", again)
	}
}

func TestAnEmptyFileIsFinished(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if done, err := o.carry(o.begin("空.csv"), &by{}, file(0, io.EOF)); err != nil || done.Rows != 0 || done.FinishedAt == nil {
		t.Errorf("%+v, %v", done, err)
	}
}

// A run that was cut goes on behind what it stored, whatever cut it.
func TestARunThatWasCutGoesOnBehindItsLastBatch(t *testing.T) {
	t.Parallel()
	unreadable := fault.Invalid("ROW_UNREADABLE", "row 6 breaks off")
	for name, cut := range map[string]struct {
		next intake.Source
		by   *by
		want error
	}{
		"by the file":  {file(5, unreadable), &by{}, unreadable},
		"by the store": {file(9, io.EOF), &by{failAt: "5"}, errBroken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			begun := o.begin("灯杆.csv")
			stopped, err := o.carry(begun, cut.by, cut.next)
			if !errors.Is(err, cut.want) || stopped.FinishedAt != nil {
				t.Fatalf("%+v, %v", stopped, err)
			}
			on := o.begin("灯杆.csv")
			if on.ID != begun.ID || on.Rows != stopped.Rows || on.Rows%3 != 0 {
				t.Fatalf("it stands at %+v, and is gone on with at %+v", stopped, on)
			}
			rest := &by{}
			done, err := o.carry(on, rest, file(9, io.EOF))
			if err != nil || done.Rows != 9 || done.Written != 9 || len(rest.stored) != 9-on.Rows {
				t.Fatalf("%+v, %v, stored %v", done, err, rest.stored)
			}
		})
	}
}

// Whoever hears of the batches may close the file as soon as the import has stopped.
func TestNothingIsReadAfterAnImportHasStopped(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	closed, enough := false, errors.New("enough") // the race detector holds both against the reader's goroutine
	source := file(100_000, io.EOF)
	next := func() (intake.Record, error) {
		if closed {
			t.Error("a file is read that was closed")
		}
		return source()
	}
	stopped, err := intake.Carry(t.Context(), o.db, o.begin("灯杆.csv"), (&by{}).way(1_000), next, func(intake.Import, []intake.Reject) error { return enough })
	closed = true
	if !errors.Is(err, enough) || stopped.Rows != 1_000 {
		t.Errorf("%+v, %v", stopped, err)
	}
}

func TestAnImportThatIsCalledOffSaysSo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx, stop := context.WithCancel(t.Context())
	stopped, err := intake.Carry(ctx, o.db, o.begin("灯杆.csv"), (&by{}).way(3), file(100, io.EOF), func(intake.Import, []intake.Reject) error {
		stop()
		return nil
	})
	if !errors.Is(err, context.Canceled) || stopped.FinishedAt != nil || stopped.Rows == 0 {
		t.Errorf("%+v, %v", stopped, err)
	}
	if on := o.begin("灯杆.csv"); on.Rows != stopped.Rows {
		t.Errorf("it was told to stand at %d, and stands at %d", stopped.Rows, on.Rows)
	}
}

func TestTwoRunsOfOneFileAreOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, second := o.begin("灯杆.csv"), o.begin("灯杆 (1).csv")
	if first.ID != second.ID {
		t.Fatal("the same bytes by the same profile are one import, whatever the file is called")
	}
	// When one of them has stored a batch, the other one stops: at the next batch,
	moved, err := pg.WriteVal(t.Context(), o.db, func(tx *pg.Tx) (intake.Import, error) {
		i, _, err := first.Load(t.Context(), tx, 3, func(context.Context, *pg.Tx) (int, []intake.Reject, error) { return 3, nil, nil })
		return i, err
	})
	o.must(err)
	b := &by{}
	_, err = o.carry(second, b, file(9, io.EOF))
	o.refused(err, intake.CodeElsewhere, "")
	if len(b.stored) > 0 {
		t.Errorf("and it stored %v before it saw that", b.stored)
	}
	// and when the first one is through, too.
	_, err = o.carry(moved, &by{}, file(9, io.EOF))
	o.must(err)
	_, err = o.carry(moved, &by{}, file(9, io.EOF))
	o.refused(err, intake.CodeElsewhere, "")
}

// Both runs have dealt with every row; one of them says so.
func TestAnImportIsFinishedOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	i := o.begin("灯杆.csv")
	finish := func() error {
		return o.db.Write(t.Context(), func(tx *pg.Tx) error { _, err := i.Finish(t.Context(), tx); return err })
	}
	o.must(finish())
	o.refused(finish(), intake.CodeElsewhere, "")
	lines, err := pg.ReadVal(t.Context(), o.db, func(tx *pg.Tx) (int, error) {
		return pg.Val[int](t.Context(), tx, "select count(*) from audits where action = 'import.finish'")
	})
	if err != nil || lines != 1 {
		t.Errorf("%d lines on the record: %v", lines, err)
	}
}

// Somebody presses the button twice.
func TestTwoThatBeginAtOnceBeginOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for round := range 20 {
		var both [2]intake.Import
		var errs [2]error
		var wait sync.WaitGroup
		for n := range both {
			wait.Go(func() { both[n], errs[n] = o.beginAs(t.Context(), "灯杆.csv", byte(round)) })
		}
		wait.Wait()
		if err := errors.Join(errs[:]...); err != nil || both[0].ID != both[1].ID {
			t.Fatalf("round %d: %v, %v and %v", round, err, both[0].ID, both[1].ID)
		}
	}
}

func TestSomebodyElsesImportIsAnotherOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var one, two *actor.Actor
	o.must(o.db.Write(t.Context(), func(tx *pg.Tx) error {
		fixture.City(t, t.Context(), tx)
		admin := fixture.As(actor.Admin, fixture.CityCode, "")
		one, two = fixture.Person(t, t.Context(), tx, admin), fixture.Person(t, t.Context(), tx, admin)
		return nil
	}))
	operator := o.begin("灯杆.csv")
	first, err := o.beginAs(actor.With(t.Context(), one), "灯杆.csv")
	o.must(err)
	second, err := o.beginAs(actor.With(t.Context(), two), "灯杆.csv")
	o.must(err)
	again, err := o.beginAs(actor.With(t.Context(), one), "灯杆.csv")
	o.must(err)
	if first.ID == operator.ID || first.ID == second.ID || again.ID != first.ID || first.PersonID == nil || *first.PersonID != one.ID || operator.PersonID != nil {
		t.Errorf("%+v\n%+v\n%+v\n%+v", operator, first, second, again)
	}
}

func TestAColumnIsFoundByItsNamesAndAProfilesWordsGoFirst(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		columns     map[string]string
		header      []string
		want        map[string]string
		code, field string
	}{
		"by its own name":              {nil, []string{"Code", "备注"}, map[string]string{"code": "Code"}, "", ""},
		"by another one":               {nil, []string{"高度", "编码"}, map[string]string{"code": "编码", "height": "高度"}, "", ""},
		"as the profile says":          {map[string]string{"code": "灯号"}, []string{"编码", "灯号"}, map[string]string{"code": "灯号"}, "", ""},
		"not as the profile says":      {map[string]string{"code": "灯号"}, []string{"编码"}, nil, intake.CodeColumns, "code"},
		"an optional one of a profile": {map[string]string{"height": "米"}, []string{"编码"}, nil, intake.CodeColumns, "height"},
		"without what is needed":       {nil, []string{"高度"}, nil, intake.CodeColumns, "code"},
		"a field that there is not":    {map[string]string{"colour": "色"}, []string{"编码", "色"}, nil, intake.CodeField, "colour"},
		"no name at all":               {map[string]string{"height": ""}, []string{"编码", ""}, nil, intake.CodeColumns, "height"},
		"an unnamed column":            {nil, []string{"", "编码"}, map[string]string{"code": "编码"}, "", ""},
	} {
		bound, err := lamps.Bind(intake.Profile{Columns: c.columns}, c.header)
		e, _ := fault.As(err)
		if c.code == "" && (err != nil || fmt.Sprint(bound) != fmt.Sprint(c.want)) || c.code != "" && (e == nil || e.Code != c.code || e.Field != c.field) {
			t.Errorf("%s: %v, %v", name, bound, err)
		}
	}
}

func TestTheLastProfileOfANameStands(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	o := &office{T: t}
	lamps.SaveProfile(tx, "路灯所", intake.Profile{Columns: map[string]string{"code": "灯号"}, Datum: geo.GCJ02})
	lamps.SaveProfile(tx, "路灯所", intake.Profile{Datum: geo.BD09})
	intake.Kind{Name: "trees"}.SaveProfile(tx, "路灯所", intake.Profile{Columns: map[string]string{"code": "树号"}, Datum: geo.WGS84})
	o.must(tx.Flush(ctx))
	p, err := lamps.SavedProfile(ctx, tx, "路灯所")
	if err != nil || len(p.Columns) != 0 || p.Datum != geo.BD09 {
		t.Errorf("%+v, %v", p, err)
	}
	_, err = lamps.SavedProfile(ctx, tx, "园林")
	o.refused(err, intake.CodeNoProfile, "profile")
}
