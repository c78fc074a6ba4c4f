// Package tiny is a GraphQL server without a domain, for tests of the doors in graph/transport. It runs
// operations on gqlgen's own contexts, so that errors, paths and panics take the way they take in
// generated code.
package tiny

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed schema.graphql
var source string

var parsed = gqlparser.MustLoadSchema(&ast.Source{Name: "tiny.graphql", Input: source})

// Schema is the executable schema.
type Schema struct {
	// Ticks feeds the subscription of that name; closing it completes the subscription.
	Ticks <-chan int
	// Fail is what the fields broken and sure return; nil means that they fail with an internal error.
	Fail func(ctx context.Context, how string) error
}

var _ graphql.ExecutableSchema = Schema{}

// Schema returns the types.
func (Schema) Schema() *ast.Schema { return parsed }

// Complexity leaves the price of every field to the caller.
func (Schema) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

// Exec runs one operation.
func (s Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	switch op.Operation.Operation {
	case ast.Subscription:
		return s.subscribe(ctx, op)
	case ast.Mutation:
		return once(op, object{"Mutation", fields{
			"submit": func(_ context.Context, args map[string]any) (any, error) { return args["text"], nil },
		}})
	default:
		return once(op, s.query())
	}
}

func once(op *graphql.OperationContext, root object) graphql.ResponseHandler {
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		data, ok := execute(ctx, op, root, op.Operation.SelectionSet)
		if !ok {
			data = []byte("null")
		}
		return &graphql.Response{Data: data}
	}
}

func (s Schema) query() object {
	page := object{"CaseConnection", fields{
		"edges":    value([]any{}),
		"nodes":    value([]any{}),
		"pageInfo": value(object{"PageInfo", fields{"hasNextPage": value(false)}}),
	}}
	fail := func(ctx context.Context, args map[string]any) (any, error) {
		how, _ := args["how"].(string)
		if s.Fail == nil {
			return nil, errors.New(how)
		}
		return nil, s.Fail(ctx, how)
	}
	return object{"Query", fields{
		"name":     value("tiny"),
		"self":     func(context.Context, map[string]any) (any, error) { return s.query(), nil },
		"find":     value(nil),
		"matching": value(0),
		"case":     value(nil),
		"cases":    value(page),
		"broken":   fail,
		"sure":     fail,
		"__type":   introspect,
	}}
}

func introspect(ctx context.Context, args map[string]any) (any, error) {
	if graphql.GetOperationContext(ctx).DisableIntrospection {
		return nil, errors.New("introspection disabled")
	}
	name, _ := args["name"].(string)
	if parsed.Types[name] == nil {
		return nil, nil
	}
	return object{"__Type", fields{"name": value(name)}}, nil
}

func (s Schema) subscribe(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	switch field := op.Operation.SelectionSet[0].(*ast.Field); field.Name {
	case "refused":
		graphql.AddError(ctx, s.Fail(ctx, "refused"))
		return nil
	case "panics":
		return func(context.Context) *graphql.Response { panic("at the disco") }
	default:
		return func(ctx context.Context) *graphql.Response {
			select {
			case n, ok := <-s.Ticks:
				if !ok {
					return nil
				}
				data, _ := json.Marshal(map[string]int{field.Alias: n})
				return &graphql.Response{Data: data}
			case <-ctx.Done():
				return nil
			}
		}
	}
}

type (
	object struct {
		typeName string
		fields   fields
	}
	fields   map[string]resolver
	resolver func(ctx context.Context, args map[string]any) (any, error)
)

func value(v any) resolver {
	return func(context.Context, map[string]any) (any, error) { return v, nil }
}

// execute returns the object as JSON, or false when a null may not stand here.
func execute(ctx context.Context, op *graphql.OperationContext, o object, set ast.SelectionSet) ([]byte, bool) {
	var out bytes.Buffer
	for i, f := range graphql.CollectFields(op, set, []string{o.typeName}) {
		ctx := graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: o.typeName, Field: f})
		data, ok := field(ctx, op, o, f)
		if !ok {
			if f.Definition.Type.NonNull {
				return nil, false
			}
			data = []byte("null")
		}
		name, _ := json.Marshal(f.Alias)
		out.WriteByte("{,"[min(i, 1)])
		out.Write(append(append(name, ':'), data...))
	}
	out.WriteByte('}')
	return out.Bytes(), true
}

func field(ctx context.Context, op *graphql.OperationContext, o object, f graphql.CollectedField) (data []byte, ok bool) {
	defer func() {
		if v := recover(); v != nil {
			op.Error(ctx, op.Recover(ctx, v))
			data, ok = nil, false
		}
	}()
	var v any = o.typeName
	if f.Name != "__typename" {
		var err error
		if v, err = o.fields[f.Name](ctx, f.ArgumentMap(op.Variables)); err != nil {
			op.Error(ctx, graphql.AddFieldLocationToError(ctx, err))
			return nil, false
		}
	}
	if child, nested := v.(object); nested {
		return execute(ctx, op, child, f.Selections)
	}
	data, err := json.Marshal(v)
	return data, err == nil && v != nil
}
