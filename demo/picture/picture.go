// Package picture draws the photos that the demo's people take: a street, a house, and what is wrong in front of it.
// Nothing in them was ever seen by a camera. No two places look alike, and no two views of one.
package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// Size of a picture that is not small, pixels.
const (
	Width  = 960
	Height = 720
)

// Scene is what stands in front of the camera.
type Scene struct {
	Place   uint64 // the same place has the same houses, and the same trouble, in every picture
	View    uint64 // where the camera stands, and who goes by meanwhile
	Shot    uint64 // no two shots are the same bytes
	Fixed   bool   // what was wrong is gone
	Small   bool   // half as wide and high, where many are needed
	Caption string // a watermark of ASCII letters
}

// JPEG draws a scene, some tens of kilobytes; a small one takes some milliseconds.
func JPEG(s Scene) []byte {
	c := &canvas{unit: 1,
		place: rand.New(rand.NewPCG(s.Place, 1)),        //nolint:gosec // pictures, not secrets
		view:  rand.New(rand.NewPCG(s.Place^s.View, 2)), //nolint:gosec // pictures, not secrets
		shot:  rand.New(rand.NewPCG(s.Place, s.Shot)),   //nolint:gosec // pictures, not secrets
	}
	if s.Small {
		c.unit = 2
	}
	c.img = image.NewRGBA(image.Rect(0, 0, Width/c.unit, Height/c.unit))
	c.shift = c.view.IntN(2*aside+1) - aside
	c.street()
	c.row()
	c.ground()
	c.house()
	if !s.Fixed {
		c.trouble()
	}
	c.passers()
	c.grain()
	c.write(s.Caption)
	var out bytes.Buffer
	_ = jpeg.Encode(&out, c.img, &jpeg.Options{Quality: 80}) // a buffer never fails
	return out.Bytes()
}

type canvas struct {
	img               *image.RGBA
	unit              int // pixels of a picture that is not small in one of this
	shift             int // of what stands in the street, to the right
	place, view, shot *rand.Rand
}

const (
	horizon = Height * 3 / 5
	aside   = 180 // pixels to which a photographer stands off the middle
)

func (c *canvas) box(x, y, w, h int, paint color.Color) {
	draw.Draw(c.img, image.Rect(x/c.unit, y/c.unit, (x+w)/c.unit, (y+h)/c.unit), image.NewUniform(paint), image.Point{}, draw.Src)
}

// stands is a box of what moves through the picture when the photographer steps aside.
func (c *canvas) stands(x, y, w, h int, paint color.Color) { c.box(x+c.shift, y, w, h, paint) }

func (c *canvas) street() {
	for y := 0; y < Height; y += c.unit {
		shade := uint8(150 + 90*y/Height)
		paint := color.RGBA{shade - 40, shade - 15, shade, 255}
		if y > horizon {
			paint = color.RGBA{shade - 90, shade - 92, shade - 95, 255}
		}
		c.box(0, y, Width, c.unit, paint)
	}
	for x := 0; x < Width; x += 120 {
		c.box(x, Height-60, 70, 8, color.RGBA{220, 215, 190, 255})
	}
}

// row is the houses behind and the sky over them, lit as the day was: what a glance tells one street from another by.
func (c *canvas) row() {
	r := c.place
	for range 7 {
		shade := uint8(110 + r.IntN(140))
		c.stands(r.IntN(Width+2*aside)-aside-100, r.IntN(horizon/2), 120+r.IntN(260), 40+r.IntN(90), color.RGBA{shade, shade, uint8(min(255, int(shade)+15)), 255})
	}
	for x := -aside; x < Width+aside; {
		wide, top, shade := 100+r.IntN(140), 60+r.IntN(horizon-160), 30+r.IntN(200)
		wall := color.RGBA{uint8(shade), uint8(shade * 9 / 10), uint8(shade * 8 / 10), 255}
		c.stands(x, top, wide, horizon-top, wall)
		dark := uint8(shade * 6 / 10)
		for y := top + 20; y < horizon-40; y += 60 {
			c.stands(x+wide/4, y, wide/5, 26, color.RGBA{dark, dark, dark, 255})
		}
		x += wide
	}
}

// ground is what lies about: shadows, puddles, covers, other paving.
func (c *canvas) ground() {
	r := c.place
	for range 12 {
		shade := uint8(25 + r.IntN(200))
		c.stands(r.IntN(Width+2*aside)-aside-60, horizon+r.IntN(Height-horizon-40), 120+r.IntN(220), 50+r.IntN(80), color.RGBA{shade, shade, uint8(int(shade) * 9 / 10), 255})
	}
}

func (c *canvas) house() {
	r := c.place
	wall := color.RGBA{uint8(60 + r.IntN(180)), uint8(60 + r.IntN(160)), uint8(60 + r.IntN(140)), 255}
	left, wide, top := 40+r.IntN(480), 240+r.IntN(300), 40+r.IntN(200)
	c.stands(left, top, wide, horizon-top, wall)
	pane := color.RGBA{uint8(30 + r.IntN(120)), uint8(50 + r.IntN(110)), uint8(70 + r.IntN(120)), 255}
	for y := top + 30; y < horizon-110; y += 80 {
		for x := left + 30; x < left+wide-60; x += 90 {
			c.stands(x, y, 50, 45, pane)
		}
	}
	c.stands(left+wide/2-45, horizon-100, 90, 100, color.RGBA{70, 45, 30, 255})
}

// trouble is a heap of boxes before the door.
func (c *canvas) trouble() {
	r := c.place
	for range 6 + r.IntN(8) {
		w, h := 40+r.IntN(110), 30+r.IntN(90)
		paint := color.RGBA{uint8(90 + r.IntN(150)), uint8(40 + r.IntN(110)), uint8(20 + r.IntN(60)), 255}
		c.stands(260+r.IntN(420), horizon+40-h/2+r.IntN(110), w, h, paint)
	}
}

// passers are who goes by while the picture is taken, and what is parked just then.
func (c *canvas) passers() {
	r := c.view
	for range 4 {
		shade := uint8(20 + r.IntN(220))
		c.box(r.IntN(Width-160), horizon-60+r.IntN(180), 110+r.IntN(130), 60+r.IntN(60), color.RGBA{shade, uint8(int(shade) * 8 / 10), uint8(r.IntN(256)), 255})
	}
}

// grain is a sensor's: it makes each shot another file.
func (c *canvas) grain() {
	all := c.img.Rect.Dx() * c.img.Rect.Dy()
	for range all / 12 {
		i := 4 * c.shot.IntN(all)
		for channel := range 3 {
			c.img.Pix[i+channel] = uint8(min(255, max(0, int(c.img.Pix[i+channel])+c.shot.IntN(31)-15)))
		}
	}
}

func (c *canvas) write(caption string) {
	if caption == "" {
		return
	}
	bottom := c.img.Rect.Dy()
	d := font.Drawer{Dst: c.img, Src: image.White, Face: basicfont.Face7x13, Dot: fixed.P(17, bottom-15)}
	draw.Draw(c.img, image.Rect(10, bottom-30, 24+d.MeasureString(caption).Ceil(), bottom-8), image.Black, image.Point{}, draw.Src)
	d.DrawString(caption)
}
