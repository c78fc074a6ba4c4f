package rowfile

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Sum is the file's SHA-256, and of the layer that is read from it.
func (o Options) Sum(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	h := sha256.New()
	_, err = io.Copy(h, file)
	h.Write([]byte(o.Layer))
	return h.Sum(nil), err
}

// About is how many rows a file has, roughly: lines of a CSV, features of a GeoJSON, what a workbook says of itself. 0: it cannot be known
// without reading it.
func About(path string) (rows int, err error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".txt", ".tsv":
		rows, err = count(path, "\n")
		return max(0, rows-1), err // the header
	case ".geojson", ".json":
		return count(path, `"geometry"`)
	case ".xlsx":
		return dimension(path)
	}
	return 0, nil
}

// count is how often a word stands in a file, without having more than a piece of it in memory.
func count(path, word string) (times int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	piece, kept := make([]byte, looked), 0
	for {
		n, err := file.Read(piece[kept:])
		have := piece[:kept+n]
		times += bytes.Count(have, []byte(word))
		kept = min(len(word)-1, len(have)) // a word may lie across
		copy(piece, have[len(have)-kept:])
		if err == io.EOF {
			return times, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

func dimension(path string) (int, error) {
	book, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: unpackedMost, UnzipXMLSizeLimit: inMemory})
	if err != nil {
		return 0, nil // whoever opens it tells so
	}
	defer func() { _ = book.Close() }()
	area, err := book.GetSheetDimension(book.GetSheetName(0))
	if err != nil {
		return 0, nil // it does not say
	}
	_, last, _ := strings.Cut(area, ":")
	_, row, err := excelize.CellNameToCoordinates(last)
	if err != nil {
		return 0, nil // as above
	}
	return max(0, row-1), nil
}
