package media

import (
	"bytes"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/jpeg"

	"golang.org/x/image/draw"

	"gridwork/fault"
)

const (
	maxPixels  = 50_000_000 // 50 MP, beyond what phones make in earnest
	copyLimit  = 1600       // pixels on the longer side
	thumbLimit = 320
	quality    = 82
)

var (
	errUnsupported = fault.Invalid(CodeUnsupported, "only JPEG, PNG and WebP pictures are taken")
	errTooLarge    = fault.Invalid(CodeTooLarge, "a picture may have 50 million pixels")
	errUnreadable  = fault.Invalid(CodeUnreadable, "this picture is broken")
)

// picture is what others may see of a photo: JPEGs without metadata, and the size of the copy.
type picture struct {
	copy, thumb   []byte
	width, height int
	across, down  *int64 // its fingerprint
	faces         int    // that were blurred
}

// develop makes the renderings of an original. What it is told by the first bytes decides, never a name or a declared
// type, and size and cost are read before anything is decoded. A refusal is a fault whose code says why.
func develop(original []byte, covered []Area) (made picture, err error) {
	// A parser that stumbles over a hostile file must not take the process with it.
	defer func() {
		if recover() != nil {
			made, err = picture{}, errUnreadable
		}
	}()
	kind, err := sniff(original)
	if err != nil {
		return picture{}, err
	}
	size, err := kind.config(bytes.NewReader(original))
	if err != nil {
		return picture{}, errUnreadable.Because(err)
	}
	if int64(size.Width)*int64(size.Height) > maxPixels || kind.cost(original, size) > maxMemory {
		return picture{}, errTooLarge
	}
	decoded, err := kind.decode(bytes.NewReader(original))
	if err != nil {
		return picture{}, errUnreadable.Because(err)
	}
	upright := turn(shrink(decoded, copyLimit), kind.orientation(original))
	return render(upright, covered)
}

// render makes the copy and the thumb of an upright picture, without faces and what people covered. What was blurred or
// covered tells nothing about whether two pictures are the same: the fingerprint is taken before.
func render(upright *image.RGBA, covered []Area) (picture, error) {
	made := picture{width: upright.Rect.Dx(), height: upright.Rect.Dy()}
	made.across, made.down = fingerprint(shrink(upright, thumbLimit))
	made.faces = blurFaces(upright)
	cover(upright, covered)
	thumb := shrink(upright, thumbLimit)
	var err error
	if made.copy, err = encode(upright); err != nil {
		return picture{}, err
	}
	made.thumb, err = encode(thumb)
	return made, err
}

func encode(m image.Image) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// shrink makes a copy with at most limit pixels on the longer side, on white where the original is transparent.
// It averages whole blocks of pixels first, so that neither aliasing nor memory grows with the original.
func shrink(src image.Image, limit int) *image.RGBA {
	width, height := fit(src.Bounds().Dx(), src.Bounds().Dy(), limit)
	if block := min(src.Bounds().Dx()/width, src.Bounds().Dy()/height); block > 1 {
		src = average(src, block)
	}
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(dst, dst.Rect, src, src.Bounds(), draw.Over, nil)
	return dst
}

func fit(width, height, limit int) (int, int) {
	longer := max(width, height)
	if longer <= limit {
		return width, height
	}
	return max(1, width*limit/longer), max(1, height*limit/longer)
}

// average replaces each block × block square by its mean. A remainder at the right and lower edge, less than a block
// wide, is left out.
func average(src image.Image, block int) *image.RGBA {
	from := src.Bounds()
	width, height := from.Dx()/block, from.Dy()/block
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	band := image.NewRGBA(image.Rect(0, 0, width*block, block))
	for y := range height {
		stddraw.Draw(band, band.Rect, image.White, image.Point{}, stddraw.Src)
		stddraw.Draw(band, band.Rect, src, image.Pt(from.Min.X, from.Min.Y+y*block), stddraw.Over)
		for x := range width {
			dst.SetRGBA(x, y, mean(band, x*block, block))
		}
	}
	return dst
}

// mean is the mean of the square of the band that begins at column x. The band is opaque.
func mean(band *image.RGBA, x, block int) color.RGBA {
	var r, g, b, n uint64
	for y := range block {
		at := y*band.Stride + 4*x
		for row := band.Pix[at : at+4*block]; len(row) > 0; row = row[4:] {
			r, g, b, n = r+uint64(row[0]), g+uint64(row[1]), b+uint64(row[2]), n+1
		}
	}
	return color.RGBA{R: uint8((r + n/2) / n), G: uint8((g + n/2) / n), B: uint8((b + n/2) / n), A: 0xff}
}

// turn sets a picture upright that was stored with an EXIF orientation (1–8, TIFF 6.0 tag 274).
func turn(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	// from[o] is where the pixel x, y of the upright picture lies in the stored one.
	from := [9]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}[orientation]
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	dst := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			dst.SetRGBA(x, y, src.RGBAAt(from(x, y)))
		}
	}
	return dst
}
