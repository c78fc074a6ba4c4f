package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"runtime"
	"testing"

	"gridwork/fault"
)

var (
	red   = color.RGBA{R: 0xE0, A: 0xFF}
	green = color.RGBA{G: 0xC0, A: 0xFF}
)

// halves is a picture whose left half is red and whose right half is green.
func halves(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetRGBA(x, y, red)
			if x >= width/2 {
				m.SetRGBA(x, y, green)
			}
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// exif is a TIFF block with the orientation, and a "GPS" text that must not come out again.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("MM\x00*")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		b = []byte("II*\x00")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range [][2]uint16{{271, 1}, {274, orientation}} { // Make, Orientation
		b = order.AppendUint16(order.AppendUint16(b, entry[0]), 3)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(order.AppendUint16(b, entry[1]), 0)
	}
	return append(b, "GPS 22.54 114.05 secret-canary"...)
}

func jpegWithExif(t testing.TB, m image.Image, tiff []byte) []byte {
	plain := asJPEG(t, m)
	content := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(content)+2))...)
	return append(append(out, content...), plain[2:]...)
}

func pngChunkOf(name string, content []byte) []byte {
	named := append([]byte(name), content...)
	out := append(binary.BigEndian.AppendUint32(nil, uint32(len(content))), named...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(named))
}

// pngHeader is a PNG that says it has a size, and has no pixels.
func pngHeader(width, height uint32, depth, colour byte) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	ihdr = append(ihdr, depth, colour, 0, 0, 0)
	return append([]byte(pngSignature), pngChunkOf("IHDR", ihdr)...)
}

// jpegHeader is a JPEG that says it has a size, and has no pixels; progressive or not, without chroma subsampling.
func jpegHeader(width, height uint16, progressive bool) []byte {
	marker := byte(0xC0)
	if progressive {
		marker = 0xC2
	}
	out := []byte{0xFF, 0xD8, 0xFF, marker, 0, 17, 8}
	out = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(out, height), width)
	return append(out, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0)
}

func TestPicturesThatAreNotTakenAreRefusedWithACode(t *testing.T) {
	t.Parallel()
	whole := asJPEG(t, halves(64, 64))
	for name, refused := range map[string]struct {
		original []byte
		code     string
	}{
		"an SVG named .jpg":        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), CodeUnsupported},
		"an SVG with a JPEG comma": {[]byte("\xFF\xD8<svg/>"), CodeUnsupported},
		"HTML":                     {[]byte("<!doctype html><script>1</script>"), CodeUnsupported},
		"a GIF":                    {[]byte("GIF89a\x01\x00\x01\x00"), CodeUnsupported},
		"nothing":                  {nil, CodeUnsupported},
		"a cut JPEG":               {whole[:len(whole)/2], CodeUnreadable},
		"a JPEG's first bytes":     {[]byte{0xFF, 0xD8, 0xFF}, CodeUnreadable},
		"a PNG of 51 MP":           {pngHeader(10_000, 5_100, 8, 2), CodeTooLarge},
		"a PNG of 2^62 pixels":     {pngHeader(1<<31-1, 1<<31-1, 1, 0), CodeUnreadable},
		"a 16-bit PNG of 50 MP":    {pngHeader(10_000, 5_100, 16, 6), CodeTooLarge},
		"a JPEG of 60 MP":          {jpegHeader(10_000, 6_000, false), CodeTooLarge},
		"a progressive of 49 MP":   {jpegHeader(7_000, 7_000, true), CodeTooLarge},
		"a WebP without a picture": {[]byte("RIFF\x08\x00\x00\x00WEBPVP8 "), CodeUnreadable},
		"a WebP canvas of 268 MP":  {[]byte("RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\x3f\x00\xff\x3f\x00"), CodeTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := develop(refused.original, nil); !fault.Is(err, refused.code) {
				t.Fatalf("got %v, want %s", err, refused.code)
			}
		})
	}
}

//nolint:paralleltest // it measures what the whole process allocates
func TestARefusedBombCostsNoMemory(t *testing.T) {
	bomb := pngHeader(10_000, 5_100, 8, 6)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 50 {
		if _, err := develop(bomb, nil); !fault.Is(err, CodeTooLarge) {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 50*256<<10 {
		t.Fatalf("50 refusals took %d bytes: something is decoded before it is measured", used)
	}
}

func TestEveryOrientationComesOutUprightAndWithoutMetadata(t *testing.T) {
	t.Parallel()
	// Where the red half of the stored picture's left side is after turning it upright.
	redAt := map[uint16]image.Point{
		0: {10, 40}, 1: {10, 40}, 2: {110, 40}, 3: {110, 40}, 4: {10, 40},
		5: {40, 10}, 6: {40, 10}, 7: {40, 110}, 8: {40, 110}, 9: {10, 40},
	}
	for orientation, at := range redAt {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			made, err := develop(jpegWithExif(t, halves(120, 80), exif(order, orientation)), nil)
			if err != nil {
				t.Fatalf("orientation %d: %v", orientation, err)
			}
			checkUpright(t, made, orientation, at)
		}
	}
}

func checkUpright(t *testing.T, made picture, orientation uint16, redAt image.Point) {
	t.Helper()
	if bytes.Contains(made.copy, []byte("secret-canary")) || bytes.Contains(made.thumb, []byte("Exif")) {
		t.Fatal("metadata came through")
	}
	shown, err := jpeg.Decode(bytes.NewReader(made.copy))
	if err != nil {
		t.Fatal(err)
	}
	want := image.Pt(120, 80)
	if orientation >= 5 && orientation <= 8 {
		want = image.Pt(80, 120)
	}
	if size := shown.Bounds().Size(); size != want || made.width != want.X || made.height != want.Y {
		t.Fatalf("orientation %d: size %v, said %d×%d", orientation, size, made.width, made.height)
	}
	if r, g, _, _ := shown.At(redAt.X, redAt.Y).RGBA(); r < 0x8000 || g > 0x6000 {
		t.Fatalf("orientation %d: red is not at %v", orientation, redAt)
	}
}

func TestRenderingsKeepTheirBoundsAndProportions(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ in, copy, thumb image.Point }{
		{image.Pt(4000, 3000), image.Pt(1600, 1200), image.Pt(320, 240)},
		{image.Pt(1000, 2000), image.Pt(800, 1600), image.Pt(160, 320)},
		{image.Pt(200, 100), image.Pt(200, 100), image.Pt(200, 100)},
		{image.Pt(9000, 3), image.Pt(1600, 1), image.Pt(320, 1)},
		{image.Pt(1, 1), image.Pt(1, 1), image.Pt(1, 1)},
	} {
		made, err := develop(asPNG(t, halves(size.in.X, size.in.Y)), nil)
		if err != nil {
			t.Fatal(err)
		}
		for rendering, want := range map[*[]byte]image.Point{&made.copy: size.copy, &made.thumb: size.thumb} {
			shown, err := jpeg.DecodeConfig(bytes.NewReader(*rendering))
			if err != nil || shown.Width != want.X || shown.Height != want.Y {
				t.Fatalf("%v became %d×%d, want %v: %v", size.in, shown.Width, shown.Height, want, err)
			}
		}
	}
}

func TestTransparencyBecomesWhiteNotBlack(t *testing.T) {
	t.Parallel()
	for _, side := range []int{50, 5000} { // below and above the size that is averaged
		made, err := develop(asPNG(t, image.NewNRGBA(image.Rect(0, 0, side, side))), nil)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := jpeg.Decode(bytes.NewReader(made.copy))
		if err != nil {
			t.Fatal(err)
		}
		if r, _, _, _ := shown.At(side/10, side/10).RGBA(); r < 0xF000 {
			t.Fatalf("a transparent picture of %d pixels turned dark: %x", side, r)
		}
	}
}

func TestWebPIsTakenAndPNGKeepsItsOrientation(t *testing.T) {
	t.Parallel()
	webp, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	if made, err := develop(webp, nil); err != nil || made.width != 1 {
		t.Fatalf("a WebP of one pixel: %v", err)
	}
	plain := asPNG(t, halves(120, 80))
	const afterIHDR = 33
	turned := append(append(bytes.Clone(plain[:afterIHDR]), pngChunkOf("eXIf", exif(binary.BigEndian, 6))...), plain[afterIHDR:]...)
	made, err := develop(turned, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkUpright(t, made, 6, image.Pt(40, 10))
}

func FuzzDevelop(f *testing.F) {
	f.Add(asJPEG(f, halves(16, 16)))
	f.Add(jpegWithExif(f, halves(16, 8), exif(binary.LittleEndian, 6)))
	f.Add(asPNG(f, halves(16, 16)))
	f.Add(pngHeader(10_000, 5_100, 16, 6))
	f.Add(jpegHeader(7_000, 7_000, true))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\x0f\x00\x00\x0f\x00\x00"))
	f.Fuzz(func(t *testing.T, original []byte) {
		made, err := develop(original, nil)
		if _, public := fault.As(err); err != nil && !public {
			t.Fatalf("a hostile file must be refused with a code, not fail: %v", err)
		}
		if err == nil && (made.width < 1 || made.height < 1 || made.width > copyLimit || made.height > copyLimit) {
			t.Fatalf("a copy of %d×%d", made.width, made.height)
		}
	})
}
