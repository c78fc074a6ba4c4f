package picture

import (
	"bytes"
	"image"
	"image/jpeg"
	"math/bits"
	"testing"

	scale "golang.org/x/image/draw"
)

func TestPicturesCanBeDecodedAndEachShotIsAnotherFile(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for shot := range uint64(4) {
		file := JPEG(Scene{Place: 7, Shot: shot, Fixed: shot%2 == 1, Caption: "XS000000001 22.54N 114.05E"})
		cfg, format, err := image.DecodeConfig(bytes.NewReader(file))
		if err != nil || format != "jpeg" || cfg.Width != Width || cfg.Height != Height {
			t.Errorf("shot %d is a %s of %d × %d: %v", shot, format, cfg.Width, cfg.Height, err)
		}
		if len(file) > 200_000 {
			t.Errorf("shot %d has %d bytes", shot, len(file))
		}
		seen[string(file)] = true
	}
	small, _, err := image.DecodeConfig(bytes.NewReader(JPEG(Scene{Place: 7, Small: true})))
	if err != nil || small.Width != Width/2 || small.Height != Height/2 {
		t.Errorf("a small one has %d × %d: %v", small.Width, small.Height, err)
	}
	if len(seen) != 4 {
		t.Errorf("%d different files of 4 shots", len(seen))
	}
	if !bytes.Equal(JPEG(Scene{Place: 7, Shot: 1}), JPEG(Scene{Place: 7, Shot: 1})) {
		t.Error("the same shot is another file when drawn again")
	}
}

// Prevents: a demo in which every photo looks like one that was used before.
func TestNoTwoPicturesLookAlike(t *testing.T) {
	t.Parallel()
	const far, there = 12, 4 // bits of 128: what the platform takes for one picture, anywhere and at one place, differs in fewer
	var seen []print
	for place := range uint64(150) {
		for view := range uint64(2) {
			p := printOf(t, JPEG(Scene{Place: place * 7919, View: view, Small: true, Fixed: view == 1, Caption: "GRIDWORK DEMO"}))
			for i, other := range seen {
				least := far
				if uint64(i/2) == place {
					least = there
				}
				if n := p.apart(other); n < least {
					t.Errorf("picture %d of place %d differs from picture %d of place %d in %d bits", view, place, i%2, i/2, n)
				}
			}
			seen = append(seen, p)
		}
	}
}

// print is a difference hash of a picture, across and down: the kind that tells pictures apart.
type print struct{ across, down uint64 }

func (p print) apart(o print) int {
	return bits.OnesCount64(p.across^o.across) + bits.OnesCount64(p.down^o.down)
}

func printOf(t *testing.T, file []byte) print {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	differences := func(right, below int) (all uint64) {
		small := image.NewGray(image.Rect(0, 0, 8+right, 8+below))
		scale.BiLinear.Scale(small, small.Rect, m, m.Bounds(), scale.Src, nil)
		for y := range 8 {
			for x := range 8 {
				all <<= 1
				if small.GrayAt(x, y).Y < small.GrayAt(x+right, y+below).Y {
					all |= 1
				}
			}
		}
		return all
	}
	return print{differences(1, 0), differences(0, 1)}
}

func BenchmarkSmall(b *testing.B) {
	for n := range b.N {
		JPEG(Scene{Place: uint64(n), Small: true, Caption: "GRIDWORK DEMO"})
	}
}
