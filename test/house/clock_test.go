package house

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"
)

func TestTheDomainHasNoClockOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, p := range code(t) {
		if !strings.HasPrefix(p.PkgPath, "gridwork/domain/") {
			continue
		}
		for _, file := range p.Syntax {
			ast.Inspect(file, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok {
					return true
				}
				f, ok := p.TypesInfo.Uses[id].(*types.Func)
				if ok && (f.FullName() == "time.Now" || f.FullName() == "time.Since" || f.FullName() == "time.Until") {
					t.Errorf("%s: %s: time is tx.Now", p.Fset.Position(n.Pos()), f.FullName())
				}
				return true
			})
		}
	}
}
