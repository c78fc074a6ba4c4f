package likeness

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"gridwork/geo"
)

// scene is a place where several things go wrong at once.
type scene struct {
	Incidents []struct {
		Category string
		Tellings []string
	}
}

func scenes(t *testing.T) []scene {
	t.Helper()
	raw, err := os.ReadFile("testdata/labelled.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Scenes []scene }
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	return file.Scenes
}

// pair is two reports, and whether they are about one thing.
type pair struct {
	a, b telling
	same bool
}

// telling is one report of a scene.
type telling struct {
	Report
	text     string
	incident int
}

// tell lets a scene happen: the things lie within 60 m of each other and begin within three days. Whoever reports one
// stands some 12 m off (one in ten: 40 m), comes hours later, and names the category (a quarter do not, a tenth err).
func (s scene) tell(r *rand.Rand) (told []telling) {
	const metre = 1.0 / 111_200
	start := time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)
	for i, incident := range s.Incidents {
		angle, far := 2*math.Pi*r.Float64(), 60*math.Sqrt(r.Float64())
		lon, lat, began := 114+far*math.Cos(angle)*metre, 22.5+far*math.Sin(angle)*metre, start.Add(hours(72*r.Float64()))
		for _, text := range incident.Tellings {
			off := 12.0
			if r.IntN(10) == 0 {
				off = 40
			}
			category := incident.Category
			switch chance := r.IntN(20); {
			case chance < 5:
				category = ""
			case chance < 7:
				category = s.Incidents[r.IntN(len(s.Incidents))].Category
			}
			point := geo.Point{Lon: lon + off*r.NormFloat64()*metre, Lat: lat + off*r.NormFloat64()*metre}
			told = append(told, telling{NewReport(point, began.Add(hours(10*r.ExpFloat64())), category, text, nil), text, i})
		}
	}
	return told
}

func hours(n float64) time.Duration { return time.Duration(n * float64(time.Hour)) }

// pairs of all scenes, each told many times.
func pairs(all []scene, times int, r *rand.Rand) (found []pair) {
	for range times {
		for _, s := range all {
			told := s.tell(r)
			for i, a := range told {
				for _, b := range told[i+1:] {
					if _, near := Compare(a.Report, b.Report); near {
						found = append(found, pair{a, b, a.incident == b.incident})
					}
				}
			}
		}
	}
	return found
}

// features of a pair: 1, each aspect's likeness, and for each aspect whether it is untold.
func features(p pair) []float64 {
	l := Likeness{Metres: geo.Distance(p.a.Point, p.b.Point), Apart: p.a.At.Sub(p.b.At).Abs()}
	x := []float64{1, likeFor(likePlace, p, l), likeFor(likeTime, p, l), 0, 0, likeFor(likeText, p, l)}
	like, told := likeCategory(p.a.Report, p.b.Report, l)
	if x[3] = like; !told {
		x[4] = 1
	}
	return x
}

func likeFor(of func(a, b Report, l Likeness) (float64, bool), p pair, l Likeness) float64 {
	like, _ := of(p.a.Report, p.b.Report, l)
	return like
}

// fit is a logistic regression by gradient descent, in which pairs about one thing and about two weigh the same.
func fit(learn []pair) []float64 {
	same := 0
	xs := make([][]float64, len(learn))
	for i, p := range learn {
		if xs[i] = features(p); p.same {
			same++
		}
	}
	w := make([]float64, 6)
	for range 2_000 {
		step := make([]float64, len(w))
		for i, x := range xs {
			z, want, share := 0.0, 0.0, float64(len(learn)-same)
			for j := range w {
				z += w[j] * x[j]
			}
			if learn[i].same {
				want, share = 1, float64(same)
			}
			for j := range w {
				step[j] += (want - 1/(1+math.Exp(-z))) * x[j] / share
			}
		}
		for j := range w {
			w[j] += 2 * step[j]
		}
	}
	return w
}

// auc is how often a pair about one thing scores above a pair about two.
func auc(all []pair, score func(pair) float64) float64 {
	var same, two []float64
	for _, p := range all {
		if s := score(p); p.same {
			same = append(same, s)
		} else {
			two = append(two, s)
		}
	}
	slices.Sort(two)
	sum := 0.0
	for _, s := range same {
		below, _ := slices.BinarySearch(two, s)
		upTo, _ := slices.BinarySearch(two, math.Nextafter(s, math.Inf(1)))
		sum += float64(below+upTo) / 2
	}
	return sum / float64(len(same)) / float64(len(two))
}

// placeAndTime is how duplicates were ranked before texts were read: a half for the place and a half for the time, and nothing
// where both name a category and not the same one.
func placeAndTime(p pair) float64 {
	if p.a.Category != "" && p.b.Category != "" && p.a.Category != p.b.Category {
		return 0
	}
	l := Likeness{Metres: geo.Distance(p.a.Point, p.b.Point), Apart: p.a.At.Sub(p.b.At).Abs()}
	return (likeFor(likePlace, p, l) + likeFor(likeTime, p, l)) / 2
}

// first is how often the report that is shown first is about the same thing, where any is.
func first(all []scene, times int, r *rand.Rand, score func(pair) float64) float64 {
	right, asked := 0, 0
	for range times {
		for _, s := range all {
			told := s.tell(r)
			for i, a := range told {
				best, right1, any := math.Inf(-1), false, false
				for j, b := range told {
					if _, near := Compare(a.Report, b.Report); i == j || !near {
						continue
					}
					same := a.incident == b.incident
					any = any || same
					if s := score(pair{a, b, same}); s > best {
						best, right1 = s, same
					}
				}
				if any {
					asked++
				}
				if any && right1 {
					right++
				}
			}
		}
	}
	return float64(right) / float64(asked)
}

func TestTheWeightsAreThoseThatTheLabelledPairsGive(t *testing.T) {
	t.Parallel()
	fitted := fit(pairs(scenes(t), 5, rand.New(rand.NewPCG(1, 4))))
	category := aspects[2]
	for i, have := range []float64{base, aspects[0].weight, aspects[1].weight, category.weight, category.untold, aspects[3].weight} {
		if math.Abs(fitted[i]-have) > 0.2*math.Abs(have)+0.5 { // another telling of the scenes moves them by as much
			t.Errorf("weight %d is %.1f, the pairs give %.2f", i, have, fitted[i])
		}
	}
}

// The weights are fitted on every other scene and tried on those between.
func TestWhatIsAboutTheSameThingComesFirst(t *testing.T) {
	t.Parallel()
	var learn, held []scene
	for i, s := range scenes(t) {
		if i%2 == 0 {
			learn = append(learn, s)
		} else {
			held = append(held, s)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	w := fit(pairs(learn, 5, r))
	fitted := func(p pair) (z float64) {
		for j, x := range features(p) {
			z += w[j] * x
		}
		return z
	}
	tried := pairs(held, 10, r)
	now, before := auc(tried, fitted), auc(tried, placeAndTime)
	nowFirst, beforeFirst := first(held, 10, r, fitted), first(held, 10, r, placeAndTime)
	t.Logf("a pair about one thing scores above one about two: %.3f (place and time alone %.3f)", now, before)
	t.Logf("what is shown first is about the same thing: %.3f (place and time alone %.3f)", nowFirst, beforeFirst)
	if now < 0.93 || nowFirst < 0.87 || now < before+0.05 || nowFirst < beforeFirst+0.05 {
		t.Error("texts should tell more than that")
	}
}

// Postgres offers trigrams: two short Chinese texts about one thing have next to none in common.
func TestSingleCharactersTellMoreThanPairsAndTrigrams(t *testing.T) {
	t.Parallel()
	measure := func(n int) float64 {
		return auc(pairs(scenes(t), 1, rand.New(rand.NewPCG(1, 2))), func(p pair) float64 { return dice(runs(p.a.text, n), runs(p.b.text, n)) })
	}
	one, two, three := measure(1), measure(2), measure(3)
	t.Logf("characters %.3f, pairs of them %.3f, trigrams %.3f", one, two, three)
	if one < two || two < three {
		t.Error("then texts should be read another way")
	}
}

// runs are the sequences of n characters of a text.
func runs(s string, n int) (found []string) {
	text := []rune(s)
	for i := range max(0, len(text)-n+1) {
		found = append(found, string(text[i:i+n]))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func dice(a, b []string) float64 { return 2 * float64(shared(a, b)) / float64(max(1, len(a)+len(b))) }
