package media

import (
	"io"
	"math"
	"slices"
	"time"

	"gridwork/enum"
)

// Grade says how far a photo can be believed 可信度. It refuses nothing and moves nothing: people decide.
type Grade string

const (
	Plausible   Grade = "plausible"   // it says when and where it was taken, and nothing speaks against it
	Unknown     Grade = "unknown"     // nothing speaks against it, and it does not say when, or where
	Doubtful    Grade = "doubtful"    // one thing speaks against it
	Implausible Grade = "implausible" // two independent things do, or one that leaves little doubt
)

// Grades lists every grade, the best first.
var Grades = []Grade{Plausible, Unknown, Doubtful, Implausible}

func (g Grade) MarshalGQL(w io.Writer)     { enum.Marshal(w, g) }
func (g *Grade) UnmarshalGQL(in any) error { return enum.Unmarshal(g, in, Grades) }

// Doubt is one reason 疑点 why a photo is not simply believed.
type Doubt string

const (
	NoShotTime     Doubt = "no_shot_time"     // neither file nor device says when
	NoShotPlace    Doubt = "no_shot_place"    // neither file nor device says where
	ShotBefore     Doubt = "shot_before"      // more than oldAfter before it was handed in
	ShotLongBefore Doubt = "shot_long_before" // more than staleAfter
	ShotInFuture   Doubt = "shot_in_future"   // more than clockAhead after it was handed in
	ShotAway       Doubt = "shot_away"        // the camera was farther from the place than farMetres
	ShotFarAway    Doubt = "shot_far_away"    // than remoteMetres
	DeviceAway     Doubt = "device_away"      // the device was farther than farMetres, and the file does not say where the camera was
	MockedPosition Doubt = "mocked_position"  // the device says that its position was feigned
	UsedBefore     Doubt = "used_before"      // something else has the same picture, from before
)

// Doubts lists every reason, in the order in which they are told.
var Doubts = []Doubt{UsedBefore, ShotFarAway, ShotAway, DeviceAway, MockedPosition, ShotLongBefore, ShotBefore, ShotInFuture, NoShotTime, NoShotPlace}

func (d Doubt) MarshalGQL(w io.Writer)     { enum.Marshal(w, d) }
func (d *Doubt) UnmarshalGQL(in any) error { return enum.Unmarshal(d, in, Doubts) }

// Where doubts begin. A handler may report from 100 m away without a word, and receivers err by as much between houses; whoever reports at
// noon what they saw the evening before is believed.
const (
	farMetres    = 300
	remoteMetres = 3_000
	oldAfter     = 24 * time.Hour
	staleAfter   = 30 * 24 * time.Hour
	clockAhead   = 5 * time.Minute
)

// facts are what a photo is judged by.
type facts struct {
	handedIn   time.Time  // by the platform's clock: declared, or its bytes were here, whichever was first
	shotAt     *time.Time // by the camera's clock
	deviceAt   *time.Time // when the device took its position, by its own
	cameraM    *float64   // metres from the camera to the place
	deviceM    *float64   // from the device
	mocked     bool
	usedBefore bool
}

// judge finds what speaks against a photo, in the order of Doubts.
func judge(f facts) (Grade, []Doubt) {
	found := map[Doubt]bool{MockedPosition: f.mocked, UsedBefore: f.usedBefore}
	f.doubtTime(found)
	f.doubtPlace(found)
	doubts := slices.DeleteFunc(slices.Clone(Doubts), func(d Doubt) bool { return !found[d] })
	return gradeOf(doubts), doubts
}

// doubtTime holds the camera's clock against when the photo was handed in, which for what waited in an outbox is what the device says.
func (f facts) doubtTime(found map[Doubt]bool) {
	if f.shotAt == nil {
		found[NoShotTime] = f.deviceAt == nil
		return
	}
	handedIn := f.handedIn
	if f.deviceAt != nil && f.deviceAt.Before(handedIn) {
		handedIn = *f.deviceAt
	}
	age := handedIn.Sub(*f.shotAt)
	found[ShotLongBefore] = age > staleAfter
	found[ShotBefore] = age > oldAfter && age <= staleAfter
	found[ShotInFuture] = f.shotAt.Sub(f.handedIn) > clockAhead
}

func (f facts) doubtPlace(found map[Doubt]bool) {
	switch {
	case f.cameraM != nil:
		found[ShotFarAway] = *f.cameraM > remoteMetres
		found[ShotAway] = *f.cameraM > farMetres && *f.cameraM <= remoteMetres
	case f.deviceM != nil:
		found[DeviceAway] = *f.deviceM > farMetres
	default:
		found[NoShotPlace] = true
	}
}

// aspects weigh doubts: what comes from one cause counts once, by its gravest.
var aspects = []map[Doubt]int{
	{ShotBefore: 1, ShotLongBefore: 2, ShotInFuture: 1},
	{ShotAway: 1, ShotFarAway: 2, DeviceAway: 1},
	{MockedPosition: 1},
	{UsedBefore: 1},
}

func gradeOf(doubts []Doubt) Grade {
	weight := 0
	for _, aspect := range aspects {
		gravest := 0
		for _, d := range doubts {
			gravest = max(gravest, aspect[d])
		}
		weight += gravest
	}
	switch {
	case weight >= 2:
		return Implausible
	case weight == 1:
		return Doubtful
	case len(doubts) > 0:
		return Unknown
	}
	return Plausible
}

// coarse rounds metres up, to 100 below a kilometre and to a kilometre above: enough to judge by, too little to find a home with.
func coarse(metres *float64) *float64 {
	if metres == nil {
		return nil
	}
	step := 100.0
	if *metres > 1_000 {
		step = 1_000
	}
	rounded := math.Ceil(*metres/step) * step
	return &rounded
}
