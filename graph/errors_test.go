package graph

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"gridwork/flood"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// aTip is a good submission, changed.
func aTip(change func(in, position vars)) vars {
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	position := vars{"lon": lon, "lat": lat, "datum": "WGS84", "accuracy": 8.5, "source": "GNSS", "mocked": false, "capturedAt": time.Now().Format(time.RFC3339)}
	in := vars{"id": pg.NewID(), "text": "消防通道被货车堵住", "category": fixture.BlockedExit, "position": position}
	change(in, position)
	return in
}

func TestABadInputIsRefusedByCodeAndPath(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for name, c := range map[string]struct {
		change func(in, position vars)
		want   string
	}{
		"beyond the globe":  {func(_, p vars) { p["lon"] = 181 }, "POSITION_OUT_OF_RANGE at position.lon"},
		"swapped":           {func(_, p vars) { p["lon"], p["lat"] = p["lat"], p["lon"] }, "POSITION_SWAPPED at position"},
		"no fix":            {func(_, p vars) { p["lon"], p["lat"] = 0, 0 }, "POSITION_NULL_ISLAND at position"},
		"another city":      {func(_, p vars) { p["lon"] = 113.2 }, "OUTSIDE_CITY at position"},
		"a negative radius": {func(_, p vars) { p["accuracy"] = -1 }, "POSITION_ACCURACY at position.accuracy"},
		"tomorrow":          {func(_, p vars) { p["capturedAt"] = time.Now().Add(24 * time.Hour) }, "CAPTURED_IN_FUTURE at position.capturedAt"},
		"no such category":  {func(in, _ vars) { in["category"] = "9999" }, "UNKNOWN_CATEGORY at category"},
		"too many words":    {func(in, _ vars) { in["text"] = strings.Repeat("字", 2001) }, "TEXT_TOO_LONG at text"},
		"not a UUIDv7":      {func(in, _ vars) { in["id"] = "00000000-0000-4000-8000-000000000001" }, "ID_NOT_UUID_V7 at id"},
		"the same photo": {func(in, _ vars) {
			p := vars{"id": pg.NewID(), "sha256": strings.Repeat("0", 64)}
			in["photos"] = []vars{p, p}
		}, "DUPLICATE_PHOTO at photos.1.id"},
		"not a UUID":         {func(in, _ vars) { in["id"] = "{00000000-0000-7000-8000-000000000001}" }, "INVALID_VALUE at input.id"},
		"a time nowhere":     {func(_, p vars) { p["capturedAt"] = "2026-02-17T08:30:00" }, "INVALID_VALUE at input.position.capturedAt"},
		"half a hash":        {func(in, _ vars) { in["photos"] = []vars{{"id": pg.NewID(), "sha256": "00"}} }, "INVALID_VALUE at input.photos[0].sha256"},
		"a datum of its own": {func(_, p vars) { p["datum"] = "PZ90" }, "GRAPHQL_VALIDATION_FAILED at input.position.datum"},
		"not a number":       {func(_, p vars) { p["lon"] = "NaN" }, "POSITION_NOT_FINITE at position.lon"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := town.refusal("anonymous", "submitClue", "SubmitClueInput", aTip(c.change)).String(); got != c.want {
				t.Errorf("refused with %s, want %s", got, c.want)
			}
		})
	}
	if strings.Contains(town.log.String(), "ERROR") {
		t.Errorf("bad input was logged as an error of ours:\n%s", town.log)
	}
}

func TestTheSameSubmissionIsAnsweredAgainAndAnotherUnderItsIDIsNot(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	tip := aTip(func(vars, vars) {})
	type receipt struct {
		SubmitClue struct {
			Number    int
			ClaimCode string
			Repeated  bool
		}
	}
	const submit = `mutation ($input: SubmitClueInput!) { submitClue(input: $input) { number claimCode repeated } }`
	first, again := reply[receipt](town, "anonymous", submit, vars{"input": tip}), reply[receipt](town, "anonymous", submit, vars{"input": tip})
	if first.SubmitClue.Repeated || !again.SubmitClue.Repeated || first.SubmitClue.ClaimCode != again.SubmitClue.ClaimCode || first.SubmitClue.Number == 0 {
		t.Errorf("first %+v, then %+v", first, again)
	}
	other := maps.Clone(tip)
	other["text"] = "别的"
	if got := town.refusal("anonymous", "submitClue", "SubmitClueInput", other).String(); got != "CLUE_ID_REUSED at id" {
		t.Errorf("another text under the same id: %s", got)
	}
}

func TestTextsLoseNothingButWhatCannotBeKept(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	tip := aTip(func(in, _ vars) { in["text"] = "堵\x00住" })
	reply[any](town, "reporter", `mutation ($input: SubmitClueInput!) { submitClue(input: $input) { number } }`, vars{"input": tip})
	mine := reply[struct {
		MyClues struct{ Nodes []struct{ Text string } }
	}](town, "reporter", `{ myClues { nodes { text } } }`, nil)
	if len(mine.MyClues.Nodes) != 1 || mine.MyClues.Nodes[0].Text != "堵住" {
		t.Errorf("%+v", mine)
	}
}

func TestAPageIsRefusedThatIsTooLongOrStartsNowhere(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for query, want := range map[string]string{
		`{ cases(first: 101) { nodes { id } } }`:                     "PAGE_SIZE_OUT_OF_RANGE at first",
		`{ cases(first: 0) { nodes { id } } }`:                       "PAGE_SIZE_OUT_OF_RANGE at first",
		`{ clues(after: "x") { nodes { id } } }`:                     "CURSOR_INVALID at after",
		`{ inbox(after: "bm90aGluZw") { nodes { id } } }`:            "CURSOR_INVALID at after",
		`{ myInspectionTasks(first: 201) { nodes { id } } }`:         "PAGE_SIZE_OUT_OF_RANGE at first",
		`{ trackClue(claimCode: "ABCD") { number } }`:                "CLAIM_CODE_MALFORMED at claimCode",
		`{ case(id: "00000000-0000-7000-8000-000000000001") { id }}`: "CASE_NOT_FOUND at ",
	} {
		a := town.ask("dispatcher", query, nil)
		if a.code() == "" || a.code()+" at "+a.Errors[0].Extensions.Field != want {
			t.Errorf("%s: %+v, want %s", query, a.Errors, want)
		}
	}
}

func TestPagesFollowOneAnotherWithoutGapOrRepetition(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for i := range 7 {
		town.submit("reporter", []string{fixture.BlockedExit, fixture.Rubbish}[i%2], town.position(i, 0))
	}
	type page struct {
		Clues struct {
			Nodes    []struct{ ID string }
			PageInfo struct {
				HasNextPage bool
				EndCursor   *string
			}
		}
	}
	const query = `query ($after: String) { clues(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`
	seen := map[string]bool{}
	var after *string
	for pages := 1; ; pages++ {
		p := reply[page](town, "dispatcher", query, vars{"after": after}).Clues
		for _, n := range p.Nodes {
			if seen[n.ID] {
				t.Errorf("clue %s comes twice", n.ID)
			}
			seen[n.ID] = true
		}
		if !p.PageInfo.HasNextPage {
			if pages != 3 {
				t.Errorf("%d pages", pages)
			}
			break
		}
		after = p.PageInfo.EndCursor
	}
	if len(seen) != 7 {
		t.Errorf("%d of 7 clues", len(seen))
	}
}

func TestAFloodIsAnsweredWithComeAgain(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.edge.limits.track = flood.New(flood.Rate{PerSecond: 0.01, Burst: 1})
	const track = `{ trackClue(claimCode: "0000-0000-0000-0000") { number } }`
	if a := town.ask("anonymous", track, nil); a.Status != http.StatusOK || string(a.Data) != `{"trackClue":null}` {
		t.Errorf("an unknown code: %d %s %+v", a.Status, a.Data, a.Errors)
	}
	a := town.ask("anonymous", track, nil)
	if a.code() != flood.CodeSlowed {
		t.Errorf("%d %+v", a.Status, a.Errors)
	}

	town.edge.limits.submit = flood.New(flood.Rate{PerSecond: 0.01, Burst: 0})
	const submit = `mutation ($input: SubmitClueInput!) { submitClue(input: $input) { number } }`
	a = town.ask("anonymous", submit, vars{"input": aTip(func(vars, vars) {})})
	if a.Status != http.StatusServiceUnavailable || a.Retry == "" || a.code() != flood.CodeSlowed {
		t.Errorf("%d, Retry-After %q, %+v", a.Status, a.Retry, a.Errors)
	}
	if a = town.ask("reporter", submit, vars{"input": aTip(func(vars, vars) {})}); a.Status != http.StatusOK {
		t.Errorf("somebody with a name: %d %+v", a.Status, a.Errors)
	}
}
