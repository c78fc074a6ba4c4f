package rowfile

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"gridwork/fault"
)

// converter is GDAL's. It reads what a GeoPackage holds in whatever projection, and writes degrees.
const converter = "ogr2ogr"

const layersSQL = `select table_name from gpkg_contents where data_type = 'features' order by table_name`

// packageRows reads one layer of a GeoPackage, as the features that ogr2ogr writes one after another.
type packageRows struct {
	*geoRows
	command *exec.Cmd
	stop    context.CancelFunc
	out     io.Reader
	said    bytes.Buffer
	over    bool // the process was waited for
}

func openGeoPackage(path string, o Options) (*packageRows, error) {
	path, program, err := converted(path)
	if err != nil {
		return nil, err
	}
	layer, err := layerOf(program, path, o.Layer)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	p := &packageRows{stop: stop}
	p.command = exec.CommandContext(ctx, program, "-f", "GeoJSON", "-t_srs", "EPSG:4326", "-dim", "XY", "-nlt", "CONVERT_TO_LINEAR",
		"-lco", "COORDINATE_PRECISION=15", "/vsistdout/", path, layer)
	p.command.Stderr = &p.said
	if p.out, err = p.command.StdoutPipe(); err == nil {
		err = p.command.Start()
	}
	if err != nil {
		stop()
		return nil, err
	}
	if p.geoRows, err = openGeoJSON(p.out, o.Shapes); err != nil {
		return nil, fault.Invalid(CodeFormat, "the layer %q cannot be read: %s", layer, p.end(err)).Because(err)
	}
	return p, nil
}

// isDatabase keeps the converter, which opens a hundred formats by what is in them, from anything but an SQLite file.
func isDatabase(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	const magic = "SQLite format 3\x00"
	start := make([]byte, len(magic))
	if _, err := io.ReadFull(file, start); err != nil || string(start) != magic {
		return fault.Invalid(CodeFormat, "this is no GeoPackage").Because(err)
	}
	return nil
}

// Layers are those of a GeoPackage that have geometries; another file has none.
//
// Faults: CodeFormat, CodeLayer, CodeNoGDAL; of the file itself.
func Layers(path string) ([]string, error) {
	if strings.ToLower(filepath.Ext(path)) != ".gpkg" {
		return nil, nil
	}
	path, program, err := converted(path)
	if err != nil {
		return nil, err
	}
	return layersOf(program, path)
}

// converted is the path of a GeoPackage, and the converter for it.
func converted(path string) (at, program string, err error) {
	if at, err = filepath.Abs(path); err != nil {
		return "", "", err
	}
	if err := isDatabase(at); err != nil {
		return "", "", err
	}
	if program, err = exec.LookPath(converter); err != nil {
		return "", "", fault.Invalid(CodeNoGDAL, "a GeoPackage is read through GDAL's %s, which is not installed: it comes with the package gdal-bin", converter)
	}
	return at, program, nil
}

func layersOf(program, path string) (layers []string, err error) {
	list := exec.CommandContext(context.Background(), program, "-f", "CSV", "/vsistdout/", path, "-sql", layersSQL)
	var said bytes.Buffer
	list.Stderr = &said
	text, err := list.Output()
	if err != nil {
		return nil, fault.Invalid(CodeFormat, "this is no GeoPackage that can be read: %s", firstLine(&said)).Because(err)
	}
	lines := csv.NewReader(bytes.NewReader(text))
	lines.FieldsPerRecord = -1
	rows, err := lines.ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, fault.Invalid(CodeLayer, "the file has no layer with geometries").Because(err)
	}
	for _, row := range rows[1:] {
		layers = append(layers, row[0])
	}
	return layers, nil
}

// layerOf is the layer that is asked for, or the only one.
func layerOf(program, path, asked string) (string, error) {
	layers, err := layersOf(program, path)
	if err != nil {
		return "", err
	}
	switch {
	case asked == "" && len(layers) == 1:
		return layers[0], nil
	case asked == "":
		return "", fault.Invalid(CodeLayer, "the file has several layers, choose one of them: %s", strings.Join(layers, ", "))
	case !slices.Contains(layers, asked):
		return "", fault.Invalid(CodeLayer, "the file has no layer %q, but %s", asked, strings.Join(layers, ", "))
	}
	return asked, nil
}

// next tells the end only once the converter has ended well: what it writes looks complete before.
func (p *packageRows) next() (Row, error) {
	row, err := p.geoRows.next()
	if _, refused := fault.As(err); err == nil || refused || p.over {
		return row, err
	}
	if errors.Is(err, io.EOF) {
		_, _ = io.Copy(io.Discard, p.out)
		if failed := p.command.Wait(); failed != nil {
			err = fmt.Errorf("%s: %s", converter, p.end(failed))
		}
		p.over = true
		return row, err
	}
	return row, fmt.Errorf("%w (%s)", err, p.end(err))
}

// end stops the converter and tells why it could not go on.
func (p *packageRows) end(err error) string {
	p.stop()
	if !p.over {
		_ = p.command.Wait()
		p.over = true
	}
	if line := firstLine(&p.said); line != "" {
		return line
	}
	return err.Error()
}

func firstLine(said *bytes.Buffer) string {
	line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
	return line
}

func (p *packageRows) close() error {
	p.stop()
	if !p.over {
		_ = p.command.Wait()
		p.over = true
	}
	return nil
}
