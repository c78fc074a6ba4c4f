package picture

import (
	"bytes"
	"image"
	"testing"
)

func TestPicturesCanBeDecodedAndEachShotIsAnotherFile(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for shot := range uint64(4) {
		file := JPEG(Scene{Place: 7, Shot: shot, Fixed: shot%2 == 1, Caption: "XS000000001 22.54N 114.05E"})
		cfg, format, err := image.DecodeConfig(bytes.NewReader(file))
		if err != nil || format != "jpeg" || cfg.Width != Width || cfg.Height != Height {
			t.Errorf("shot %d is a %s of %d × %d: %v", shot, format, cfg.Width, cfg.Height, err)
		}
		if len(file) > 200_000 {
			t.Errorf("shot %d has %d bytes", shot, len(file))
		}
		seen[string(file)] = true
	}
	small, _, err := image.DecodeConfig(bytes.NewReader(JPEG(Scene{Place: 7, Small: true})))
	if err != nil || small.Width != Width/2 || small.Height != Height/2 {
		t.Errorf("a small one has %d × %d: %v", small.Width, small.Height, err)
	}
	if len(seen) != 4 {
		t.Errorf("%d different files of 4 shots", len(seen))
	}
	if !bytes.Equal(JPEG(Scene{Place: 7, Shot: 1}), JPEG(Scene{Place: 7, Shot: 1})) {
		t.Error("the same shot is another file when drawn again")
	}
}
