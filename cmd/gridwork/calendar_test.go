package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// notice2027 is a made-up arrangement of a year that the fixtures' calendar does not cover.
const notice2027 = `{"year": 2027,
	"holidays": [
		{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}, {"name": "春节", "from": "2027-02-05", "to": "2027-02-13"},
		{"name": "清明节", "from": "2027-04-05"}, {"name": "劳动节", "from": "2027-05-01", "to": "2027-05-05"},
		{"name": "端午节", "from": "2027-06-09"}, {"name": "中秋节", "from": "2027-09-15"}, {"name": "国庆节", "from": "2027-10-01", "to": "2027-10-07"}],
	"workdays": [{"name": "春节", "date": "2027-02-14", "openLike": "friday"}]}`

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notice")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestANoticeIsShownFirstAndPublishedWhenThatIsSaid(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	fixture.Standards(t, ctx, tx)
	tx.Actor = actor.System("operator")
	notice, err := readNotice(written(t, notice2027), 0)
	if err != nil {
		t.Fatal(err)
	}

	var out bytes.Buffer
	if err := (calendarImport{}).take(ctx, tx, notice, &out); err != nil || !strings.Contains(out.String(), "2027: 27 days off, 1 make-up workdays") {
		t.Errorf("shown: %s, %v", &out, err)
	}
	if n, err := calendar.Newest(ctx, tx); n != 1 || err != nil {
		t.Errorf("showing it has made version %d, %v", n, err)
	}
	if err := (calendarImport{Publish: true}).take(ctx, tx, notice, &out); err != nil || !strings.Contains(out.String(), "published as version 2") {
		t.Errorf("published: %s, %v", &out, err)
	}
	out.Reset()
	if err := (calendarShow{}).show(ctx, tx, &out); err != nil || !strings.Contains(out.String(), "2027-02-14  open like friday  春节") {
		t.Errorf("shown again: %s, %v", &out, err)
	}
	if err := (calendarShow{Version: 9}).show(ctx, tx, &out); err == nil {
		t.Error("version 9 is shown")
	}
	if err := (calendarImport{Publish: true}).take(ctx, tx, notice, &out); !fault.Is(err, "CALENDAR_UNCHANGED") {
		t.Errorf("published twice: %v", err)
	}
}

func TestAFileThatIsNoNoticeIsRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"nothing": "", "a picture": "\x89PNG\r\n", "3 MB": strings.Repeat("x", 3<<20)} {
		if _, err := readNotice(written(t, text), 0); err == nil {
			t.Errorf("%s: taken", name)
		} else if _, ok := fault.As(err); !ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := readNotice(written(t, notice2027), 2026); !fault.Is(err, "NOTICE_YEAR") {
		t.Errorf("another year: %v", err)
	}
}
