package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"iter"

	"github.com/bep/imagemeta"
	"golang.org/x/image/webp"
)

// maxMemory is what decoding one picture may take. Every baseline JPEG of 50 MP fits well; a picture that keeps all
// its coefficients or 16 bits for each channel may be refused below 50 MP.
const maxMemory = 384 << 20

// kind is a format that is taken.
type kind struct {
	config      func(io.Reader) (image.Config, error)
	decode      func(io.Reader) (image.Image, error)
	cost        func(original []byte, size image.Config) int64 // bytes of memory that decoding takes, estimated from above
	format      imagemeta.ImageFormat
	orientation func(original []byte) int // EXIF's, 1–8; 0 = not told
}

var (
	kindJPEG = kind{jpeg.DecodeConfig, jpeg.Decode, jpegCost, imagemeta.JPEG, jpegOrientation}
	kindPNG  = kind{png.DecodeConfig, png.Decode, pngCost, imagemeta.PNG, pngOrientation}
	kindWebP = kind{webp.DecodeConfig, webp.Decode, webpCost, imagemeta.WebP, webpOrientation}
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// sniff tells the format by the first bytes alone.
func sniff(original []byte) (kind, error) {
	switch {
	case bytes.HasPrefix(original, []byte{0xFF, 0xD8, 0xFF}):
		return kindJPEG, nil
	case bytes.HasPrefix(original, []byte(pngSignature)):
		return kindPNG, nil
	case len(original) >= 16 && string(original[:4]) == "RIFF" && string(original[8:12]) == "WEBP":
		return kindWebP, nil
	}
	return kind{}, errUnsupported
}

func pixels(size image.Config) int64 { return int64(size.Width) * int64(size.Height) }

// segments yields a JPEG's marker segments up to the first scan: the marker's code and the segment's content.
func segments(original []byte) iter.Seq2[byte, []byte] {
	const startOfScan = 0xDA
	return func(yield func(marker byte, content []byte) bool) {
		for rest := original[2:]; len(rest) >= 4 && rest[0] == 0xFF; {
			if rest[1] == 0xFF { // a fill byte
				rest = rest[1:]
				continue
			}
			length := int(binary.BigEndian.Uint16(rest[2:]))
			if rest[1] == startOfScan || length < 2 || 2+length > len(rest) || !yield(rest[1], rest[4:2+length]) {
				return
			}
			rest = rest[2+length:]
		}
	}
}

// jpegCost counts a byte for each sample and, for a progressive JPEG, four more for each coefficient: Go's decoder
// keeps them all until the last scan. Samples that are padded to whole blocks are not counted.
func jpegCost(original []byte, size image.Config) int64 {
	const startOfProgressiveFrame = 0xC2
	perSample := int64(1)
	perPixel := int64(1)
	switch size.ColorModel {
	case color.YCbCrModel:
		perPixel = 3
	case color.RGBAModel:
		perPixel = 7 // three planes, then the picture made of them
	case color.CMYKModel:
		perPixel = 8
	}
	for marker, content := range segments(original) {
		if marker == startOfProgressiveFrame {
			perSample = 5
		}
		if isStartOfFrame(marker) && size.ColorModel == color.YCbCrModel {
			return pixels(size) * perSample * samplesOf(content) / 100
		}
	}
	return pixels(size) * perSample * perPixel
}

func isStartOfFrame(marker byte) bool {
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
}

// samplesOf reads from a frame header how many samples 100 pixels have: 300 without chroma subsampling, 150 with 4:2:0.
func samplesOf(frame []byte) int64 {
	const components = 6 // offset: precision, height, width, count
	const full = 300
	if len(frame) < components {
		return full
	}
	var sum, widest, highest int64
	for c := frame[components:]; len(c) >= 3; c = c[3:] {
		h, v := int64(c[1]>>4), int64(c[1]&0xF)
		sum, widest, highest = sum+h*v, max(widest, h), max(highest, v)
	}
	if widest*highest == 0 {
		return full
	}
	return min(full, 100*sum/(widest*highest))
}

// pngCost counts the picture, and once more the passes of an interlaced one.
func pngCost(original []byte, size image.Config) int64 {
	const interlaceMethod = 28 // offset in the file: signature, IHDR's length and type, its first twelve bytes
	perPixel := int64(4)
	switch size.ColorModel {
	case color.GrayModel:
		perPixel = 1
	case color.Gray16Model:
		perPixel = 2
	case color.RGBA64Model, color.NRGBA64Model:
		perPixel = 8
	}
	if len(original) > interlaceMethod && original[interlaceMethod] != 0 {
		perPixel *= 2
	}
	return pixels(size) * perPixel
}

// webpCost takes every WebP that may be lossless or have transparency for the dearest kind: decoded pixels, the
// transformed ones beside them, and the planes.
func webpCost(original []byte, size image.Config) int64 {
	if string(original[12:16]) == "VP8 " {
		return pixels(size) * 2
	}
	return pixels(size) * 12
}
