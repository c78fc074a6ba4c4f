package rowfile_test

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gridwork/fault"
	"gridwork/rowfile"
)

const features = `{"type":"FeatureCollection","features":[
	{"type":"Feature","geometry":{"type":"Point","coordinates":[113.9512345,22.54]},"properties":{"编码":"0001","floors":12}},
	{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[114,22],[114.1,22],[114.1,22.1],[114,22]]]},"properties":{"编码":"0002","floors":null}}]}`

// layered is a GeoPackage with these layers, as GDAL writes it in a projection.
func layered(t *testing.T, projection string, layers ...string) string {
	t.Helper()
	from, path := written(t, "from.geojson", features), filepath.Join(t.TempDir(), "rows.gpkg")
	for _, layer := range layers {
		args := []string{"-f", "GPKG", path, from, "-nln", layer, "-nlt", "GEOMETRY", "-t_srs", projection}
		if layer != layers[0] {
			args = append(args, "-update")
		}
		if said, err := exec.CommandContext(t.Context(), "ogr2ogr", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v (make deps-gdal installs it): %s", err, said)
		}
	}
	return path
}

func readLayer(t *testing.T, path string, o rowfile.Options) (rows []rowfile.Row, codes []string) {
	t.Helper()
	f, err := o.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for {
		row, err := f.Next()
		if errors.Is(err, io.EOF) {
			return rows, codes
		}
		why, refused := fault.As(err)
		if err != nil && !refused {
			t.Fatal(err)
		}
		if refused {
			codes = append(codes, why.Code)
			continue
		}
		rows = append(rows, row)
	}
}

// 4547 is CGCS2000 in Gauss-Krüger's zone of 114°, in metres, as surveyors here keep it.
func TestAGeoPackageIsReadInDegreesWhateverItsProjection(t *testing.T) {
	t.Parallel()
	for _, projection := range []string{"EPSG:4326", "EPSG:4490", "EPSG:4547"} {
		path := layered(t, projection, "建筑")
		rows, codes := readLayer(t, path, rowfile.Options{})
		if len(rows) != 1 || rows[0].Fields["编码"] != "0001" || rows[0].Fields["floors"] != "12" || !strings.HasPrefix(rows[0].Fields["lon"], "113.95123") || len(codes) != 1 || codes[0] != rowfile.CodeGeometry {
			t.Errorf("%s: %+v, %v", projection, rows, codes)
		}
		rows, codes = readLayer(t, path, rowfile.Options{Shapes: true})
		if len(rows) != 2 || len(codes) != 0 || rows[0].Shape != nil || !strings.HasPrefix(string(rows[1].Shape), `{"type":"Polygon","coordinates":`) || rows[1].Fields["floors"] != "" {
			t.Errorf("%s, with shapes: %+v, %v", projection, rows, codes)
		}
	}
}

func TestALayerIsChosenWhereThereAreSeveral(t *testing.T) {
	t.Parallel()
	path := layered(t, "EPSG:4326", "街道", "社区")
	for layer, code := range map[string]string{"": rowfile.CodeLayer, "区": rowfile.CodeLayer, "--help": rowfile.CodeLayer, "社区": ""} {
		f, err := rowfile.Options{Layer: layer}.Open(path)
		if code == "" && err != nil || code != "" && !is(err, code) {
			t.Errorf("layer %q: %v", layer, err)
		}
		if err == nil {
			_ = f.Close() // in the middle: the converter goes away too
		}
	}
	if _, err := (rowfile.Options{Layer: "x"}).Open(written(t, "rows.csv", three)); !is(err, rowfile.CodeLayer) {
		t.Errorf("a layer of a CSV: %v", err)
	}
}

func TestWhatIsNoGeoPackageIsNotGivenToTheConverter(t *testing.T) {
	t.Parallel()
	for what, text := range map[string]string{"empty": "", "another format": `<OGRVRTDataSource/>`, "a database of nothing": "SQLite format 3\x00"} {
		if _, err := rowfile.Open(written(t, "rows.gpkg", text)); !is(err, rowfile.CodeFormat) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// converters are scripts in the place of ogr2ogr: test fixtures that fail as it cannot be made to.
func converters(t *testing.T, script string) {
	t.Helper()
	folder := t.TempDir()
	if script != "" {
		if err := os.WriteFile(filepath.Join(folder, "ogr2ogr"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder)
}

func TestAConverterThatIsMissingIsOneClearFault(t *testing.T) { //nolint:paralleltest // sets PATH
	path := layered(t, "EPSG:4326", "a")
	converters(t, "")
	_, err := rowfile.Open(path)
	if why, told := fault.As(err); !told || why.Code != rowfile.CodeNoGDAL || strings.Contains(why.Message, "\n") {
		t.Errorf("%v", err)
	}
}

func TestAConverterThatDiesIsNoEndOfTheFile(t *testing.T) { //nolint:paralleltest // sets PATH
	path := layered(t, "EPSG:4326", "a")
	converters(t, `case "$*" in *CSV*) printf 'table_name,\na\n';; *) printf '{"features":[{"properties":{"a":1}},{"properties":{"a":2}}'; echo 'ERROR 1: disk is gone' >&2; exit 1;; esac`)
	f, err := rowfile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for range 2 {
		if _, err := f.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Next(); err == nil || errors.Is(err, io.EOF) || !strings.Contains(err.Error(), "disk is gone") {
		t.Errorf("behind the last feature: %v", err)
	}
}
