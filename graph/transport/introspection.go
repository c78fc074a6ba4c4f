package transport

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Introspection opens the schema to those who May read it and refuses the operation of everyone else.
// gqlgen alone would run it and fail each field with an error of its own.
type Introspection struct {
	// May says whether this caller may read the schema; nil means nobody may.
	May func(context.Context) bool
}

var _ graphql.OperationContextMutator = Introspection{}

// ExtensionName names the extension in gqlgen's statistics.
func (Introspection) ExtensionName() string { return "Introspection" }

// Validate accepts every schema.
func (Introspection) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext decides anew for each request: documents are cached, callers are not.
func (i Introspection) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if !introspects(op.Operation.SelectionSet) {
		return nil
	}
	if i.May == nil || !i.May(ctx) {
		return refusal(CodeNoIntrospection, "introspection needs an API key or developer mode")
	}
	op.DisableIntrospection = false
	return nil
}

// introspects looks at root fields only: the schema is nowhere else.
func introspects(set ast.SelectionSet) bool {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			if sel.Name == "__schema" || sel.Name == "__type" {
				return true
			}
		case *ast.InlineFragment:
			if introspects(sel.SelectionSet) {
				return true
			}
		case *ast.FragmentSpread:
			if sel.Definition != nil && introspects(sel.Definition.SelectionSet) {
				return true
			}
		}
	}
	return false
}
