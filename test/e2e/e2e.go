// Package e2e uses the pages as people do: in Debian's Chromium, against a platform that runs inside the test. What people
// do stands in specs/, how they do it in drivers/; one file there knows the browser's library.
package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// Vars is what a spec is given, and what it tells.
type Vars map[string]any

// Open starts a platform at the present time: browsers have clocks of their own.
func Open(t testing.TB) *harness.Harness {
	t.Helper()
	return harness.New(t, harness.Today())
}

// Account is how somebody signs in.
func Account(p *harness.Person) Vars { return Vars{"login": p.Login, "password": harness.Password} }

// Here is the middle of a cell of Nanyuan, as a phone tells it.
func Here(cell int) Vars {
	lon, lat := fixture.Centre(fixture.Nanyuan, cell)
	return Vars{"longitude": lon, "latitude": lat, "accuracy": 12}
}

// Play runs a spec and returns what it told. It needs the pages to be built, and Chromium: `make test` sees to both.
func Play(t testing.TB, h *harness.Harness, spec string, given Vars) Vars {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	facts, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join("specs", spec+".mjs"))
	cmd.Dir = filepath.Dir(file)
	cmd.Env = append(os.Environ(), "GRIDWORK_URL="+h.URL, "GIVEN="+string(facts))
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s\n%s", spec, err, out, complaints.String())
	}
	told := Vars{}
	if len(bytes.TrimSpace(out)) > 0 {
		if err := json.Unmarshal(out, &told); err != nil {
			t.Fatalf("%s told %q: %v", spec, out, err)
		}
	}
	return told
}
