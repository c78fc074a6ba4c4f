// Package picture draws the photos that the demo's people take: a street, a house, and what is wrong in front of it.
// Nothing in them was ever seen by a camera.
package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"

	scale "golang.org/x/image/draw"
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
	Place   uint64 // the same place looks the same in every picture
	Shot    uint64 // no two shots are the same bytes
	Fixed   bool   // what was wrong is gone
	Small   bool   // half as wide and high, where many are needed
	Caption string // a watermark of ASCII letters
}

// JPEG draws a scene, some tens of kilobytes.
func JPEG(s Scene) []byte {
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, Width, Height)),
		place: rand.New(rand.NewPCG(s.Place, 1)),      //nolint:gosec // pictures, not secrets
		shot:  rand.New(rand.NewPCG(s.Place, s.Shot)), //nolint:gosec // pictures, not secrets
	}
	c.street()
	c.house()
	if !s.Fixed {
		c.trouble()
	}
	c.grain()
	c.write(s.Caption)
	if s.Small {
		c.shrink()
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, c.img, &jpeg.Options{Quality: 80}) // a buffer never fails
	return out.Bytes()
}

type canvas struct {
	img         *image.RGBA
	place, shot *rand.Rand
}

const horizon = Height * 3 / 5

func (c *canvas) box(x, y, w, h int, paint color.Color) {
	draw.Draw(c.img, image.Rect(x, y, x+w, y+h), image.NewUniform(paint), image.Point{}, draw.Src)
}

func (c *canvas) street() {
	for y := range Height {
		shade := uint8(150 + 90*y/Height)
		paint := color.RGBA{shade - 40, shade - 15, shade, 255}
		if y > horizon {
			paint = color.RGBA{shade - 90, shade - 92, shade - 95, 255}
		}
		c.box(0, y, Width, 1, paint)
	}
	for x := 0; x < Width; x += 120 {
		c.box(x, Height-60, 70, 8, color.RGBA{220, 215, 190, 255})
	}
}

func (c *canvas) house() {
	r := c.place
	wall := color.RGBA{uint8(120 + r.IntN(100)), uint8(110 + r.IntN(90)), uint8(100 + r.IntN(80)), 255}
	left, wide, top := 40+r.IntN(200), 420+r.IntN(300), 40+r.IntN(160)
	c.box(left, top, wide, horizon-top, wall)
	pane := color.RGBA{uint8(60 + r.IntN(60)), uint8(80 + r.IntN(70)), uint8(100 + r.IntN(80)), 255}
	for y := top + 30; y < horizon-110; y += 80 {
		for x := left + 30; x < left+wide-60; x += 90 {
			c.box(x, y, 50, 45, pane)
		}
	}
	c.box(left+wide/2-45, horizon-100, 90, 100, color.RGBA{70, 45, 30, 255})
}

// trouble is a heap of boxes before the door.
func (c *canvas) trouble() {
	r := c.place
	for range 6 + r.IntN(8) {
		w, h := 40+r.IntN(110), 30+r.IntN(90)
		paint := color.RGBA{uint8(90 + r.IntN(150)), uint8(40 + r.IntN(110)), uint8(20 + r.IntN(60)), 255}
		c.box(260+r.IntN(420), horizon+40-h/2+r.IntN(110), w, h, paint)
	}
}

// grain is a sensor's: it makes each shot another file.
func (c *canvas) grain() {
	for range Width * Height / 12 {
		i := 4 * c.shot.IntN(Width*Height)
		for channel := range 3 {
			c.img.Pix[i+channel] = uint8(min(255, max(0, int(c.img.Pix[i+channel])+c.shot.IntN(31)-15)))
		}
	}
}

func (c *canvas) shrink() {
	half := image.NewRGBA(image.Rect(0, 0, Width/2, Height/2))
	scale.ApproxBiLinear.Scale(half, half.Bounds(), c.img, c.img.Bounds(), scale.Src, nil)
	c.img = half
}

func (c *canvas) write(caption string) {
	if caption == "" {
		return
	}
	d := font.Drawer{Dst: c.img, Src: image.White, Face: basicfont.Face7x13, Dot: fixed.P(17, Height-15)}
	c.box(10, Height-30, d.MeasureString(caption).Ceil()+14, 22, color.RGBA{0, 0, 0, 255})
	d.DrawString(caption)
}
