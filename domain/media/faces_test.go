package media

import (
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"
)

// portrait is the face that the detector's own module is tried with.
func portrait(t *testing.T) *image.RGBA {
	t.Helper()
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/esimov/pigo").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(strings.TrimSpace(string(folder)), "testdata", "sample.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m, err := jpeg.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	return shrink(m, copyLimit)
}

// passingBy is a street in which somebody stands at a place, so many pixels tall from chin to hair.
func passingBy(t *testing.T, face *image.RGBA, tall int, at image.Point) *image.RGBA {
	t.Helper()
	street := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	draw.BiLinear.Scale(street, street.Rect, photographed(t, 7), image.Rect(0, 0, thumbLimit, thumbLimit*3/4), draw.Src, nil)
	wide := tall * face.Rect.Dx() / face.Rect.Dy()
	draw.BiLinear.Scale(street, image.Rect(at.X, at.Y, at.X+wide, at.Y+tall), face, face.Rect, draw.Src, nil)
	return street
}

func TestAFaceIsBlurredWhereverAndHoweverLargeItIs(t *testing.T) {
	t.Parallel()
	face := portrait(t)
	for _, tall := range []int{60, 120, 300, 900} {
		for _, at := range []image.Point{{40, 60}, {900, 200}} {
			street := passingBy(t, face, tall, at)
			wide := tall * face.Rect.Dx() / face.Rect.Dy()
			eyes := image.Rect(at.X+wide/4, at.Y+tall/3, at.X+wide*3/4, at.Y+tall*2/3)
			before := contours(street, eyes)
			if blurFaces(street) == 0 || contours(street, eyes) > before/3 {
				t.Errorf("%d pixels tall at %v: %d contours of %d are left", tall, at, contours(street, eyes), before)
			}
		}
	}
}

// contours counts where brightness changes from a pixel to the next: what a face is known by.
func contours(m *image.RGBA, in image.Rectangle) (n int) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X + 1; x < in.Max.X; x++ {
			if a, b := m.RGBAAt(x-1, y), m.RGBAAt(x, y); int(a.G)-int(b.G) > 6 || int(b.G)-int(a.G) > 6 {
				n++
			}
		}
	}
	return n
}

// A mosaic over what somebody reports would hide the hazard.
func TestAStreetWithoutPeopleStaysAsItIs(t *testing.T) {
	t.Parallel()
	for place := range uint64(30) {
		if n := blurFaces(photographed(t, place)); n > 0 {
			t.Errorf("place %d: %d faces", place, n)
		}
	}
}

func TestWhatIsCoveredIsNowhereInCopyAndThumb(t *testing.T) {
	t.Parallel()
	made, err := render(blotches(3), []Area{{Left: 0.25, Top: 0.5, Width: 0.5, Height: 0.5}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"copy": made.copy, "thumb": made.thumb} {
		m, err := jpeg.Decode(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		b := m.Bounds()
		for _, share := range [][2]float64{{0.3, 0.6}, {0.5, 0.75}, {0.7, 0.95}} {
			r, g, bl, _ := m.At(int(share[0]*float64(b.Dx())), int(share[1]*float64(b.Dy()))).RGBA()
			for _, v := range []uint32{r >> 8, g >> 8, bl >> 8} {
				if v < 0x78 || v > 0x88 {
					t.Errorf("%s shows something at %v", name, share)
				}
			}
		}
	}
	if whole, err := render(blotches(3), nil); err != nil || *whole.across != *made.across {
		t.Errorf("covering changes the fingerprint: %v", err)
	}
}
