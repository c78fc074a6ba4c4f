package media

import (
	"image"

	"golang.org/x/image/draw"
)

// The fingerprint has a bit for each of 8 × 8 places: whether it is darker there than at its right; and one more for each: than below.
const printSide = 8

// leastContrast between the darkest and the brightest place, of 255: a picture of next to nothing would be like any
// other one.
const leastContrast = 24

// fingerprint is what stays nearly the same when a picture is scaled, compressed again or brightened (a difference hash),
// across and down; nil for a picture that shows next to nothing. Both are read as 64 bits, whose sign means nothing.
func fingerprint(m *image.RGBA) (across, down *int64) {
	across = differences(m, 1, 0)
	if across == nil {
		return nil, nil
	}
	return across, differences(m, 0, 1)
}

// differences compares each place with the one that lies right or down of it.
func differences(m *image.RGBA, right, below int) *int64 {
	small := image.NewGray(image.Rect(0, 0, printSide+right, printSide+below))
	draw.BiLinear.Scale(small, small.Rect, m, m.Rect, draw.Src, nil)
	darkest, brightest := uint8(255), uint8(0)
	for _, at := range small.Pix {
		darkest, brightest = min(darkest, at), max(brightest, at)
	}
	if right > 0 && brightest-darkest < leastContrast {
		return nil
	}
	var bits uint64
	for y := range printSide {
		for x := range printSide {
			bits <<= 1
			if small.GrayAt(x, y).Y < small.GrayAt(x+right, y+below).Y {
				bits |= 1
			}
		}
	}
	signed := int64(bits)
	return &signed
}
