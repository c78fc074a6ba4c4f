package media

import (
	"errors"
	"io"
	"math"
	"time"

	"github.com/bep/imagemeta"

	"gridwork/domain/identity"
	"gridwork/geo"
)

// camera is what a camera wrote into a file of when and where it was. Nothing else of it is read: neither its make nor its number,
// which are somebody's.
type camera struct {
	at    *time.Time
	point *geo.Point // as written
}

const (
	tagsMost    = 2_000 // in one file, those that are passed over included
	tagSizeMost = 256   // bytes
)

// The tags that are read, by the directory that they stand in (Exif 3.0, 4.6.5 and 4.6.6).
var cameraTags = map[string][]string{
	"IFD0/ExifIFDP":   {"DateTimeOriginal", "OffsetTimeOriginal"},
	"IFD0/GPSInfoIFD": {"GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSLongitudeRef"},
}

// readCamera reads what a picture's file says. Whatever cannot be read is not told; a file that cannot be read at all is an error.
func readCamera(file io.ReadSeeker) (read camera, err error) {
	head := make([]byte, 16)
	if _, err := io.ReadFull(file, head); err != nil {
		return camera{}, ignoreEnd(err)
	}
	kind, unknown := sniff(head)
	if unknown != nil {
		return camera{}, nil // what is no picture tells nothing
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return camera{}, err
	}
	defer func() { // as in develop: a parser that stumbles over a hostile file must not take the process with it
		if recover() != nil {
			read, err = camera{}, nil
		}
	}()
	return tagsOf(&watched{ReadSeeker: file}, kind.format)
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

func tagsOf(file *watched, format imagemeta.ImageFormat) (camera, error) {
	said, broken := map[string]any{}, false
	_, err := imagemeta.Decode(imagemeta.Options{
		R: file, ImageFormat: format, Sources: imagemeta.EXIF, LimitNumTags: tagsMost, LimitTagSize: tagSizeMost,
		Warnf:           func(string, ...any) { broken = true }, // such as two degrees where there should be three, which are handed on as 0
		ShouldHandleTag: wanted,
		HandleTag: func(tag imagemeta.TagInfo) error {
			if _, twice := said[tag.Tag]; !twice {
				said[tag.Tag] = tag.Value
			}
			return nil
		},
	})
	if file.failed != nil {
		return camera{}, file.failed
	}
	if err != nil { // a directory that breaks off: what was read before may be anything
		return camera{}, nil //nolint:nilerr // see above
	}
	read := camera{at: shotAt(said)}
	if !broken {
		read.point = shotFrom(said)
	}
	return read, nil
}

// wanted is for tags alone whose directory is the one that they belong to.
func wanted(tag imagemeta.TagInfo) bool {
	for _, name := range cameraTags[tag.Namespace] {
		if tag.Tag == name {
			return true
		}
	}
	return false
}

// shotAt is when the shutter opened. A camera that does not say how far its clock is from UTC shows the city's time.
func shotAt(said map[string]any) *time.Time {
	const layout = "2006:01:02 15:04:05"
	clock, _ := said["DateTimeOriginal"].(string)
	offset, _ := said["OffsetTimeOriginal"].(string)
	at, err := time.Parse(layout+"-07:00", clock+offset)
	if err != nil {
		at, err = time.ParseInLocation(layout, clock, identity.City)
	}
	if at = at.UTC(); err != nil || at.Year() < 1900 || at.Year() > 2999 {
		return nil
	}
	return &at
}

// shotFrom is where the camera says it was. 0 is what a camera writes that does not know, and what is read of a number that is divided by
// nothing; nobody's city lies on the equator's or on Greenwich's very line.
func shotFrom(said map[string]any) *geo.Point {
	lat, hasLat := said["GPSLatitude"].(float64)
	lon, hasLon := said["GPSLongitude"].(float64)
	if !hasLat || !hasLon || lat == 0 || lon == 0 {
		return nil
	}
	p := geo.Point{Lon: math.Abs(lon), Lat: math.Abs(lat)}
	if said["GPSLatitudeRef"] == "S" {
		p.Lat = -p.Lat
	}
	if said["GPSLongitudeRef"] == "W" {
		p.Lon = -p.Lon
	}
	if p.Check() != nil {
		return nil
	}
	return &p
}

// watched remembers that a store failed to read, which the parser takes for a broken picture.
type watched struct {
	io.ReadSeeker
	failed error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadSeeker.Read(p)
	if err != nil {
		w.failed = errors.Join(w.failed, ignoreEnd(err))
	}
	return n, err
}
