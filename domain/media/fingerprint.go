package media

import (
	"image"

	"golang.org/x/image/draw"
)

// The fingerprint has a bit for each of 8 × 8 places: whether it is darker there than at its right.
const printSide = 8

// leastContrast between the darkest and the brightest place, of 255: a picture of next to nothing would be like any
// other one.
const leastContrast = 24

// fingerprint is what stays nearly the same when a picture is scaled, compressed again or brightened (a difference hash);
// nil for a picture that shows next to nothing. It is read as 64 bits, whose sign means nothing.
func fingerprint(m *image.RGBA) *int64 {
	small := image.NewGray(image.Rect(0, 0, printSide+1, printSide))
	draw.BiLinear.Scale(small, small.Rect, m, m.Rect, draw.Src, nil)
	var bits uint64
	darkest, brightest := uint8(255), uint8(0)
	for y := range printSide {
		for x := range printSide + 1 {
			at := small.GrayAt(x, y).Y
			darkest, brightest = min(darkest, at), max(brightest, at)
			if x < printSide {
				bits <<= 1
				if at < small.GrayAt(x+1, y).Y {
					bits |= 1
				}
			}
		}
	}
	if brightest-darkest < leastContrast {
		return nil
	}
	signed := int64(bits)
	return &signed
}
