package media

import (
	"bytes"
	"encoding/binary"
)

// Where each format keeps its EXIF block, and what that says about which way is up. Whatever cannot be read is 0,
// "not told": a picture that lies on its side is better than none.

func jpegOrientation(original []byte) int {
	const app1 = 0xE1
	for marker, content := range segments(original) {
		if tiff, ok := bytes.CutPrefix(content, []byte("Exif\x00\x00")); ok && marker == app1 {
			return tiffOrientation(tiff)
		}
	}
	return 0
}

func pngOrientation(original []byte) int {
	return tiffOrientation(chunk(original[len(pngSignature):], "eXIf", pngChunk))
}

func webpOrientation(original []byte) int {
	const riffHeader = 12
	tiff := chunk(original[riffHeader:], "EXIF", riffChunk)
	return tiffOrientation(bytes.TrimPrefix(tiff, []byte("Exif\x00\x00")))
}

// chunkHead is how a chunk begins: its name, where its content starts, and how long content and chunk are.
type chunkHead struct {
	name    string
	start   int
	content uint64
	whole   uint64
}

func pngChunk(head []byte) chunkHead {
	const lengthNameAndChecksum = 12
	content := uint64(binary.BigEndian.Uint32(head))
	return chunkHead{name: string(head[4:8]), start: 8, content: content, whole: content + lengthNameAndChecksum}
}

func riffChunk(head []byte) chunkHead {
	content := uint64(binary.LittleEndian.Uint32(head[4:]))
	return chunkHead{name: string(head[:4]), start: 8, content: content, whole: 8 + content + content%2}
}

// chunk finds the content of the first chunk of that name, or nil.
func chunk(rest []byte, name string, read func([]byte) chunkHead) []byte {
	for len(rest) >= 8 {
		head := read(rest)
		if uint64(len(rest)) < head.whole {
			return nil
		}
		if head.name == name {
			return rest[head.start : uint64(head.start)+head.content]
		}
		rest = rest[head.whole:]
	}
	return nil
}

// tiffOrientation reads tag 274 of the first directory of an EXIF block (TIFF 6.0).
func tiffOrientation(tiff []byte) int {
	const header, entry, tagOrientation = 8, 12, 274
	var order binary.ByteOrder = binary.BigEndian
	switch {
	case len(tiff) < header:
		return 0
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		order = binary.LittleEndian
	case !bytes.HasPrefix(tiff, []byte("MM\x00*")):
		return 0
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 0
	}
	directory := tiff[at+2:]
	for n := order.Uint16(tiff[at:]); n > 0 && len(directory) >= entry; n-- {
		if order.Uint16(directory) == tagOrientation {
			return int(order.Uint16(directory[8:]))
		}
		directory = directory[entry:]
	}
	return 0
}
