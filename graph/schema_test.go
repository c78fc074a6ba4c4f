package graph

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"gridwork/graph/generated"
)

func schema() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() }

func TestEverythingInTheSchemaIsDescribed(t *testing.T) {
	t.Parallel()
	described := func(what, text string) {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s has no description", what)
		}
	}
	for _, d := range schema().Types {
		if d.BuiltIn || root(d) {
			continue
		}
		described(d.Name, d.Description)
		for _, v := range d.EnumValues {
			described(d.Name+"."+v.Name, v.Description)
		}
	}
	for _, d := range schema().Types {
		if d.BuiltIn {
			continue
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			described(d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(d.Name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
	}
}

// root reports whether the type is Query, Mutation or Subscription, which are what they are called.
func root(d *ast.Definition) bool {
	s := schema()
	return d == s.Query || d == s.Mutation || d == s.Subscription
}
