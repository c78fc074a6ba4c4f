package media

import (
	_ "embed"
	"image"
	"image/color"
	"image/draw"
	"sync"

	pigo "github.com/esimov/pigo/core"
)

// facefinder is the trained cascade of pixel intensity comparisons (N. Markuš and others), as pigo ships it under the licence beside it.
//
//go:embed facefinder
var facefinder []byte

var cascade = sync.OnceValue(func() *pigo.Pigo {
	finder, err := pigo.NewPigo().Unpack(facefinder)
	if err != nil {
		panic("media: facefinder: " + err.Error()) // part of the program
	}
	return finder
})

const (
	faceLeast   = 24  // pixels: a smaller face tells nobody apart
	faceSure    = 4.0 // of the detector's own measure; what is less sure is mostly foliage
	faceOverlap = 0.2 // of two findings, from which on they are one
	faceMargin  = 1.3 // of the found circle, so that hair and chin go too
	mosaicTiles = 6   // across a face: too few to be known by
)

// blurFaces makes faces unknowable, in place, and tells how many were found. What it misses, and what else would tell who
// somebody is, people redact by hand.
func blurFaces(m *image.RGBA) int {
	found := cascade().RunCascade(pigo.CascadeParams{MinSize: faceLeast, MaxSize: max(m.Rect.Dx(), m.Rect.Dy()), ShiftFactor: 0.1, ScaleFactor: 1.1,
		ImageParams: pigo.ImageParams{Pixels: grey(m), Rows: m.Rect.Dy(), Cols: m.Rect.Dx(), Dim: m.Rect.Dx()}}, 0)
	count := 0
	for _, face := range cascade().ClusterDetections(found, faceOverlap) {
		if face.Q < faceSure {
			continue
		}
		half := int(float64(face.Scale) * faceMargin / 2)
		mosaic(m, image.Rect(face.Col-half, face.Row-half, face.Col+half, face.Row+half))
		count++
	}
	return count
}

// grey is the picture's brightness, row by row (ITU-R BT.601).
func grey(m *image.RGBA) []uint8 {
	g := image.NewGray(m.Rect)
	draw.Draw(g, g.Rect, m, m.Rect.Min, draw.Src)
	return g.Pix
}

// mosaic replaces a square by a few tiles of one colour each, cut at the picture's edges.
func mosaic(m *image.RGBA, square image.Rectangle) {
	tile := max(1, (square.Dx()+mosaicTiles-1)/mosaicTiles)
	for y := square.Min.Y; y < square.Max.Y; y += tile {
		for x := square.Min.X; x < square.Max.X; x += tile {
			at := image.Rect(x, y, x+tile, y+tile).Intersect(square).Intersect(m.Rect)
			if !at.Empty() {
				draw.Draw(m, at, image.NewUniform(colourOf(m, at)), image.Point{}, draw.Src)
			}
		}
	}
}

func colourOf(m *image.RGBA, at image.Rectangle) color.RGBA {
	var r, g, b, n uint64
	for y := at.Min.Y; y < at.Max.Y; y++ {
		row := m.Pix[m.PixOffset(at.Min.X, y) : m.PixOffset(at.Max.X-1, y)+4]
		for ; len(row) > 0; row = row[4:] {
			r, g, b, n = r+uint64(row[0]), g+uint64(row[1]), b+uint64(row[2]), n+1
		}
	}
	return color.RGBA{R: uint8(r / n), G: uint8(g / n), B: uint8(b / n), A: 0xff}
}
