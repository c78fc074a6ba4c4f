package media

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/bits"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"

	drawn "gridwork/demo/picture"
)

func photographed(t *testing.T, place uint64) *image.RGBA {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(drawn.JPEG(drawn.Scene{Place: place, Shot: 1})))
	if err != nil {
		t.Fatal(err)
	}
	return shrink(m, thumbLimit)
}

func differ(t *testing.T, a, b *image.RGBA) int {
	t.Helper()
	x, xDown := fingerprint(a)
	y, yDown := fingerprint(b)
	if x == nil || y == nil {
		t.Fatal("no fingerprint")
	}
	return bits.OnesCount64(uint64(*x^*y)) + bits.OnesCount64(uint64(*xDown^*yDown))
}

// What a picture goes through when it is passed on from phone to phone.
func TestAPictureThatWasPassedOnKeepsItsFingerprint(t *testing.T) {
	t.Parallel()
	for place := range uint64(20) {
		original := photographed(t, place)
		for name, change := range map[string]func(*image.RGBA) *image.RGBA{
			"half as large":    func(m *image.RGBA) *image.RGBA { return shrink(m, thumbLimit/2) },
			"compressed again": compressed,
			"brightened":       brightened,
			"cut at an edge": func(m *image.RGBA) *image.RGBA {
				return shrink(m.SubImage(image.Rect(4, 0, m.Rect.Dx(), m.Rect.Dy()-3)), thumbLimit)
			},
		} {
			if n := differ(t, original, change(original)); n > sameBits {
				t.Errorf("place %d, %s: %d bits differ", place, name, n)
			}
		}
	}
}

func compressed(m *image.RGBA) *image.RGBA {
	var out bytes.Buffer
	_ = jpeg.Encode(&out, m, &jpeg.Options{Quality: 25})
	again, _ := jpeg.Decode(&out)
	return shrink(again, thumbLimit)
}

func brightened(m *image.RGBA) *image.RGBA {
	lit := image.NewRGBA(m.Rect)
	for i, v := range m.Pix {
		lit.Pix[i] = uint8(min(255, int(v)*115/100+8))
	}
	return lit
}

// blotches is a picture of nothing, but of as much contrast as a photo.
func blotches(seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 7))
	small := image.NewRGBA(image.Rect(0, 0, 12, 9))
	for i := range small.Pix {
		small.Pix[i] = uint8(r.IntN(256))
	}
	for i := 3; i < len(small.Pix); i += 4 {
		small.Pix[i] = 255
	}
	m := image.NewRGBA(image.Rect(0, 0, thumbLimit, thumbLimit*3/4))
	draw.BiLinear.Scale(m, m.Rect, small, small.Rect, draw.Src, nil)
	return m
}

func TestTwoPicturesDiffer(t *testing.T) {
	t.Parallel()
	var all []*image.RGBA
	for seed := range uint64(60) {
		all = append(all, blotches(seed))
	}
	for i, a := range all {
		for j, b := range all[:i] {
			if n := differ(t, a, b); n <= sameBits {
				t.Errorf("%d and %d: %d bits differ", i, j, n)
			}
		}
	}
}

func TestAPictureOfNothingIsLikeNoOther(t *testing.T) {
	t.Parallel()
	dark := image.NewRGBA(image.Rect(0, 0, thumbLimit, thumbLimit))
	draw.Draw(dark, dark.Rect, image.NewUniform(color.Gray{8}), image.Point{}, draw.Src)
	if got, _ := fingerprint(dark); got != nil {
		t.Errorf("a finger on the lens has the fingerprint %x", *got)
	}
}
