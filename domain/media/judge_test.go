package media

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gridwork/geo"
)

var handedIn = time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)

func ago(d time.Duration) *time.Time { return new(handedIn.Add(-d)) }

// good is a photo that says everything, and is what it says.
func good() facts {
	return facts{handedIn: handedIn, shotAt: ago(10 * time.Minute), deviceAt: ago(5 * time.Minute), cameraM: new(40.0), deviceM: new(20.0)}
}

func TestEveryReasonForADoubt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*facts)
		grade  Grade
		doubts []Doubt
	}{
		"all is well":                      {func(*facts) {}, Plausible, nil},
		"the file says nothing":            {func(f *facts) { f.shotAt, f.cameraM = nil, nil }, Plausible, nil}, // the device was there
		"nothing says when":                {func(f *facts) { f.shotAt, f.deviceAt = nil, nil }, Unknown, []Doubt{NoShotTime}},
		"nothing says where":               {func(f *facts) { f.cameraM, f.deviceM = nil, nil }, Unknown, []Doubt{NoShotPlace}},
		"nothing at all":                   {func(f *facts) { *f = facts{handedIn: handedIn} }, Unknown, []Doubt{NoShotTime, NoShotPlace}},
		"a day old":                        {func(f *facts) { f.shotAt, f.deviceAt = ago(oldAfter), nil }, Plausible, nil},
		"more than a day old":              {func(f *facts) { f.shotAt, f.deviceAt = ago(oldAfter+time.Second), nil }, Doubtful, []Doubt{ShotBefore}},
		"thirty days old":                  {func(f *facts) { f.shotAt, f.deviceAt = ago(staleAfter), nil }, Doubtful, []Doubt{ShotBefore}},
		"older":                            {func(f *facts) { f.shotAt = ago(staleAfter + time.Hour) }, Implausible, []Doubt{ShotLongBefore}},
		"it waited in an outbox":           {func(f *facts) { f.shotAt, f.deviceAt = ago(3*oldAfter+time.Minute), ago(3*oldAfter) }, Plausible, nil},
		"a clock five minutes ahead":       {func(f *facts) { f.shotAt = ago(-clockAhead) }, Plausible, nil},
		"a clock further ahead":            {func(f *facts) { f.shotAt = ago(-clockAhead - time.Second) }, Doubtful, []Doubt{ShotInFuture}},
		"at the edge":                      {func(f *facts) { f.cameraM = new(float64(farMetres)) }, Plausible, nil},
		"away":                             {func(f *facts) { f.cameraM = new(farMetres + 1.0) }, Doubtful, []Doubt{ShotAway}},
		"far away":                         {func(f *facts) { f.cameraM = new(remoteMetres + 1.0) }, Implausible, []Doubt{ShotFarAway}},
		"handed in from the office":        {func(f *facts) { f.deviceM = new(8_000.0) }, Plausible, nil}, // the camera was there
		"handed in from away, and no word": {func(f *facts) { f.cameraM, f.deviceM = nil, new(8_000.0) }, Doubtful, []Doubt{DeviceAway}},
		"feigned":                          {func(f *facts) { f.mocked = true }, Doubtful, []Doubt{MockedPosition}},
		"used before":                      {func(f *facts) { f.usedBefore = true }, Doubtful, []Doubt{UsedBefore}},
		"feigned, and it says nothing":     {func(f *facts) { *f = facts{handedIn: handedIn, mocked: true} }, Doubtful, []Doubt{MockedPosition, NoShotTime, NoShotPlace}},
		"an old picture, and used before":  {func(f *facts) { f.shotAt, f.usedBefore = ago(2*oldAfter), true }, Implausible, []Doubt{UsedBefore, ShotBefore}},
		"feigned from away":                {func(f *facts) { f.cameraM, f.mocked = new(900.0), true }, Implausible, []Doubt{ShotAway, MockedPosition}},
		"a clock that is ahead, from away": {func(f *facts) { f.shotAt, f.cameraM = ago(-time.Hour), new(900.0) }, Implausible, []Doubt{ShotAway, ShotInFuture}},
	} {
		f := good()
		c.change(&f)
		if grade, doubts := judge(f); grade != c.grade || !slices.Equal(doubts, c.doubts) {
			t.Errorf("%s: %s %v, want %s %v", name, grade, doubts, c.grade, c.doubts)
		}
	}
}

func TestEveryDoubtHasItsPlaceAndItsWeight(t *testing.T) {
	t.Parallel()
	if len(Doubts) != 10 {
		t.Errorf("%d doubts", len(Doubts))
	}
	for _, d := range Doubts {
		if gradeOf([]Doubt{d}) == Plausible {
			t.Errorf("%s is no doubt", d)
		}
	}
}

func TestAnotherDoubtNeverRaisesTheGrade(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doubts := rapid.SliceOfDistinct(rapid.SampledFrom(Doubts), rapid.ID).Draw(t, "doubts")
		more := append(slices.Clone(doubts), rapid.SampledFrom(Doubts).Draw(t, "one more"))
		if before, after := gradeOf(doubts), gradeOf(more); slices.Index(Grades, after) < slices.Index(Grades, before) {
			t.Fatalf("%v is %s, and %v is %s", doubts, before, more, after)
		}
	})
}

// What worsens one fact alone never makes a photo more believable.
func TestAWorseFactNeverRaisesTheGrade(t *testing.T) {
	t.Parallel()
	metres := rapid.Float64Range(0, 20_000)
	rapid.Check(t, func(t *rapid.T) {
		age := rapid.Int64Range(-int64(2*time.Hour), int64(60*24*time.Hour)).Draw(t, "age")
		f := facts{handedIn: handedIn, shotAt: ago(time.Duration(age)), mocked: rapid.Bool().Draw(t, "mocked"), usedBefore: rapid.Bool().Draw(t, "used")}
		if rapid.Bool().Draw(t, "camera says where") {
			f.cameraM = new(metres.Draw(t, "camera"))
		} else {
			f.deviceM = new(metres.Draw(t, "device"))
		}
		worse := f
		worse.mocked, worse.usedBefore = true, true
		if f.cameraM != nil {
			worse.cameraM = new(*f.cameraM + metres.Draw(t, "farther"))
		}
		if age >= 0 {
			worse.shotAt = new(f.shotAt.Add(-time.Duration(rapid.Int64Range(0, int64(60*24*time.Hour)).Draw(t, "older"))))
		}
		before, _ := judge(f)
		after, _ := judge(worse)
		if slices.Index(Grades, after) < slices.Index(Grades, before) {
			t.Fatalf("%+v is %s, and %+v is %s", f, before, worse, after)
		}
	})
}

func TestHowFarACameraWasIsKeptRoughly(t *testing.T) {
	t.Parallel()
	for metres, want := range map[float64]float64{0: 0, 1: 100, 100: 100, 101: 200, 299: 300, 301: 400, 999: 1_000, 1_001: 2_000, 3_001: 4_000, 41_200: 42_000} {
		if got := coarse(&metres); *got != want {
			t.Errorf("%v m are kept as %v", metres, *got)
		}
	}
}

func TestADatumMakesNoDoubt(t *testing.T) {
	t.Parallel()
	s := scene{Place: shenzhen}
	shifted := geo.GCJ02.FromWGS84(shenzhen)
	for _, p := range []geo.Point{shenzhen, shifted} {
		if m := s.cameraMetres(camera{point: &p}); *m > 1 {
			t.Errorf("a camera at the place, reading %v, is %.0f m away", p, *m)
		}
	}
	far := geo.Point{Lon: shenzhen.Lon + 0.05, Lat: shenzhen.Lat}
	if m := s.cameraMetres(camera{point: &far}); *m < 4_000 {
		t.Errorf("a camera 5 km away is %.0f m away", *m)
	}
	if m := s.cameraMetres(camera{}); m != nil {
		t.Errorf("a camera that says nothing is %.0f m away", *m)
	}
}

func TestADeviceThatDoesNotKnowWhereItIsSaysNothing(t *testing.T) {
	t.Parallel()
	at := geo.GCJ02.FromWGS84(geo.Point{Lon: shenzhen.Lon, Lat: shenzhen.Lat + 0.01}) // 1.1 km north
	said := func(source geo.Source, accuracy, reach float64) *float64 {
		return scene{Place: shenzhen, ReachM: reach, Lon: &at.Lon, Lat: &at.Lat, Datum: new(geo.GCJ02), AccuracyM: &accuracy, Source: &source}.deviceMetres()
	}
	if m := said(geo.SourceGNSS, 12, 100); m == nil || *m < 990 || *m > 1_010 {
		t.Errorf("%v", m)
	}
	for _, source := range []geo.Source{geo.SourceMapPin, geo.SourceAddress} {
		if m := said(source, 5, 0); m != nil {
			t.Errorf("%s says %.0f m", source, *m)
		}
	}
	if m := said(geo.SourceNetwork, farMetres+1, 0); m != nil {
		t.Errorf("a position of 300 m says %.0f m", *m)
	}
	if m := (scene{Place: shenzhen}).deviceMetres(); m != nil {
		t.Errorf("no position says %.0f m", *m)
	}
}
