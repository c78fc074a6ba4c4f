// Package house holds the tests that keep the architecture what docs and newcomers believe it is: who may import
// whom, that every SQL constant is valid on the migrated schema, that the domain has no clock of its own.
package house

import (
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

var load = sync.OnceValues(func() ([]*packages.Package, error) {
	return packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax | packages.NeedFiles,
		Dir:  "../..",
	}, "gridwork/actor", "gridwork/fault", "gridwork/geo", "gridwork/pg", "gridwork/prose", "gridwork/rowfile", "gridwork/enum", "gridwork/flood", "gridwork/refusal", "gridwork/export", "gridwork/domain/...", "gridwork/tasks/...",
		"gridwork/graph/...", "gridwork/server/...", "gridwork/field-app-api/...", "gridwork/cmd/...", "gridwork/local/...", "gridwork/demo/...")
})

// code returns the module's packages, parsed and type-checked.
func code(t *testing.T) []*packages.Package {
	t.Helper()
	loaded, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded {
		for _, e := range p.Errors {
			t.Errorf("%s: %v", p.PkgPath, e)
		}
	}
	return loaded
}
