package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"math"
	"testing"
	"time"

	"gridwork/geo"
)

// tag is an entry of a TIFF directory.
type tag struct {
	id, kind uint16
	count    uint32
	value    []byte // in full; longer than 4 bytes it is kept elsewhere
}

func ascii(id uint16, text string) tag {
	return tag{id, 2, uint32(len(text) + 1), append([]byte(text), 0)}
}

func rationals(id uint16, parts ...uint32) tag {
	t := tag{id: id, kind: 5, count: uint32(len(parts) / 2)}
	for _, p := range parts {
		t.value = binary.BigEndian.AppendUint32(t.value, p)
	}
	return t
}

func pointer(id uint16, to int) tag {
	return tag{id, 4, 1, binary.BigEndian.AppendUint32(nil, uint32(to))}
}

// directory writes tags at an offset of the block, and what they keep elsewhere behind them.
func directory(at int, tags ...tag) []byte {
	head := binary.BigEndian.AppendUint16(nil, uint16(len(tags)))
	var elsewhere []byte
	for _, t := range tags {
		head = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(head, t.id), t.kind)
		head = binary.BigEndian.AppendUint32(head, t.count)
		if len(t.value) <= 4 {
			head = append(head, append(bytes.Clone(t.value), 0, 0, 0, 0)[:4]...)
			continue
		}
		head = binary.BigEndian.AppendUint32(head, uint32(at+2+12*len(tags)+4+len(elsewhere)))
		elsewhere = append(elsewhere, t.value...)
	}
	return append(append(head, 0, 0, 0, 0), elsewhere...)
}

// shot is an EXIF block as a phone writes it: when, and where.
func shot(when []tag, where []tag) []byte {
	const first = 8
	size := len(directory(first, pointer(0x8769, 0), pointer(0x8825, 0)))
	clock := directory(first+size, when...)
	block := append([]byte("MM\x00*"), 0, 0, 0, first)
	block = append(block, directory(first, pointer(0x8769, first+size), pointer(0x8825, first+size+len(clock)))...)
	return append(append(block, clock...), directory(first+size+len(clock), where...)...)
}

func taken(clock, offset string) []tag {
	tags := []tag{ascii(0x9003, clock)}
	if offset != "" {
		tags = append(tags, ascii(0x9011, offset))
	}
	return tags
}

// stood are degrees in thousandths, as some phones write them.
func stood(p geo.Point) []tag {
	south, west := "N", "E"
	if p.Lat < 0 {
		south = "S"
	}
	if p.Lon < 0 {
		west = "W"
	}
	whole := func(v float64) uint32 { return uint32(math.Round(math.Abs(v) * 1e6)) }
	return []tag{ascii(1, south), rationals(2, whole(p.Lat), 1e6, 0, 1, 0, 1), ascii(3, west), rationals(4, whole(p.Lon), 1e6, 0, 1, 0, 1)}
}

var shenzhen = geo.Point{Lon: 114.05785, Lat: 22.54321}

func cameraOf(t testing.TB, original []byte) camera {
	t.Helper()
	read, err := readCamera(bytes.NewReader(original))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestACameraSaysWhenAndWhere(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC)
	block := shot(taken("2026:11:28 12:00:00", "+08:00"), stood(shenzhen))
	plain := asPNG(t, halves(16, 16))
	for name, original := range map[string][]byte{
		"a JPEG": jpegWithExif(t, halves(16, 16), block),
		"a PNG":  append(append(bytes.Clone(plain[:33]), pngChunkOf("eXIf", block)...), plain[33:]...),
	} {
		read := cameraOf(t, original)
		if read.at == nil || !read.at.Equal(noon) || read.point == nil || geo.Distance(*read.point, shenzhen) > 1 {
			t.Errorf("%s: %v at %v", name, read.point, read.at)
		}
	}
	for _, c := range []struct {
		clock, offset string
		want          time.Time
	}{
		{"2026:11:28 12:00:00", "", noon}, // the city's
		{"2026:11:28 04:00:00", "+00:00", noon},
		{"2026:11:27 23:00:00", "-05:00", noon},
		{"2026:11:28 12:00:00", "   :  ", noon},
		{"0000:00:00 00:00:00", "+08:00", time.Time{}},
		{"2026:13:41 25:00:00", "+08:00", time.Time{}},
		{"yesterday", "", time.Time{}},
	} {
		read := cameraOf(t, jpegWithExif(t, halves(8, 8), shot(taken(c.clock, c.offset), nil)))
		if (read.at == nil) != c.want.IsZero() || read.at != nil && !read.at.Equal(c.want) {
			t.Errorf("%s %s is %v", c.clock, c.offset, read.at)
		}
	}
	for _, p := range []geo.Point{{Lon: -70.66, Lat: -33.45}, {Lon: 179.9999, Lat: -89.5}} {
		if read := cameraOf(t, jpegWithExif(t, halves(8, 8), shot(nil, stood(p)))); read.point == nil || geo.Distance(*read.point, p) > 1 {
			t.Errorf("%v is %v", p, read.point)
		}
	}
}

func TestWhatACameraDoesNotKnowIsNotTold(t *testing.T) {
	t.Parallel()
	north, east := ascii(1, "N"), ascii(3, "E")
	lon := rationals(4, 114, 1, 3, 1, 28, 1)
	for name, where := range map[string][]tag{
		"nothing":                 nil,
		"0, 0":                    stood(geo.Point{}),
		"a latitude by nothing":   {north, rationals(2, 22, 0, 32, 0, 35, 0), east, lon},
		"all by nothing":          {north, rationals(2, 0, 0, 0, 0, 0, 0), east, rationals(4, 0, 0, 0, 0, 0, 0)},
		"one half of it":          {north, rationals(2, 22, 1, 32, 1, 35, 1)},
		"past the pole":           {north, rationals(2, 91, 1, 0, 1, 0, 1), east, lon},
		"past every number":       {north, rationals(2, math.MaxUint32, 1, math.MaxUint32, 1, 0, 1), east, lon},
		"words":                   {north, ascii(2, "twenty-two degrees"), east, ascii(4, "a hundred")},
		"a count past the end":    {north, {2, 5, 30, make([]byte, 24)}, east, lon},
		"a count of 4 billion":    {north, {2, 5, math.MaxUint32, make([]byte, 24)}, east, lon},
		"a type that there isn't": {north, {2, 99, 3, make([]byte, 24)}, east, lon},
	} {
		if read := cameraOf(t, jpegWithExif(t, halves(8, 8), shot(taken("2026:11:28 12:00:00", ""), where))); read.point != nil {
			t.Errorf("%s is %v", name, *read.point)
		}
	}
	for name, original := range map[string][]byte{
		"nothing":     nil,
		"three bytes": {0xFF, 0xD8, 0xFF},
		"no picture":  []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
		"a directory of itself": jpegWithExif(t, halves(8, 8), append([]byte("MM\x00*\x00\x00\x00\x08"),
			directory(8, pointer(0x8769, 8), pointer(0x8825, 8), pointer(0x014a, 8))...)),
		"a directory without an end": jpegWithExif(t, halves(8, 8), append([]byte("MM\x00*\x00\x00\x00\x08\xff\xff"), bytes.Repeat([]byte{0x01, 0x0f, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0}, 4_000)...)),
		"cut in its directory":       jpegWithExif(t, halves(8, 8), shot(taken("2026:11:28 12:00:00", ""), stood(shenzhen))[:30]),
	} {
		if read := cameraOf(t, original); read.at != nil || read.point != nil {
			t.Errorf("%s says %v at %v", name, read.point, read.at)
		}
	}
}

// A tag of the thumbnail, or of a directory where it has no business, is another picture's.
func TestATagInAnotherDirectoryIsNotTheCameras(t *testing.T) {
	t.Parallel()
	block := append([]byte("MM\x00*\x00\x00\x00\x08"), directory(8, append(taken("2026:11:28 12:00:00", ""), stood(shenzhen)...)...)...)
	if read := cameraOf(t, jpegWithExif(t, halves(8, 8), block)); read.at != nil || read.point != nil {
		t.Errorf("it says %v at %v", read.point, read.at)
	}
}

// failing is a store that goes away after the first bytes.
type failing struct {
	*bytes.Reader
	reads int
}

func (f *failing) Read(p []byte) (int, error) {
	if f.reads++; f.reads > 1 {
		return 0, errors.New("the store is away")
	}
	return f.Reader.Read(p)
}

func TestAStoreThatFailsIsNotAPictureThatSaysNothing(t *testing.T) {
	t.Parallel()
	original := jpegWithExif(t, halves(8, 8), shot(taken("2026:11:28 12:00:00", ""), nil))
	if read, err := readCamera(&failing{Reader: bytes.NewReader(original)}); err == nil {
		t.Errorf("it says %+v", read)
	}
}

func FuzzCamera(f *testing.F) {
	whole := shot(taken("2026:11:28 12:00:00", "+08:00"), stood(shenzhen))
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(shot([]tag{{0x9003, 2, math.MaxUint32, []byte{0, 0, 0, 8, 0}}}, []tag{rationals(2, 1, 0), rationals(4, 1, 0)}))
	f.Add(append([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00"), 0, 0, 0, 0))
	picture := image.NewRGBA(image.Rect(0, 0, 8, 8))
	f.Fuzz(func(t *testing.T, block []byte) {
		if len(block) > 60_000 {
			return
		}
		read := cameraOf(t, jpegWithExif(t, picture, block))
		if read.point != nil && read.point.Check() != nil || read.at != nil && read.at.Year() > 9999 {
			t.Fatalf("it says %v at %v", read.point, read.at)
		}
	})
}
