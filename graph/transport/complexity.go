package transport

import (
	"context"
	"encoding/json"
	"errors"
	"math"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	// DefaultComplexity is in fields resolved, estimated: a page of 50 cases with everything the case list
	// shows is about 15 000, and 20 000 plain fields cost some 40 ms.
	DefaultComplexity = 20_000
	// defaultPage is the length assumed of a list whose first is not given.
	defaultPage = 50
	// assumedLength is the length assumed of a list without a first, such as the photos of a case.
	assumedLength = 5
)

// Complexity bounds the fields an operation may resolve, estimated from its variables: a field with an
// argument first counts its selection that many times, and a plain list assumedLength times. The rule reads
// the schema, so no list can be forgotten; a function in the schema's ComplexityRoot still overrides it.
type Complexity struct {
	Limit int

	es graphql.ExecutableSchema
}

var _ graphql.OperationContextMutator = (*Complexity)(nil)

// ExtensionName names the extension in gqlgen's statistics.
func (*Complexity) ExtensionName() string { return "Complexity" }

// Validate takes hold of the schema.
func (c *Complexity) Validate(es graphql.ExecutableSchema) error {
	if c.Limit <= 0 {
		return errors.New("the complexity limit must be set")
	}
	c.es = priced{es}
	return nil
}

// MutateOperationContext refuses operations over the limit. It relies on Limits having bounded the document:
// the walk expands every fragment spread.
func (c *Complexity) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	cost := complexity.Calculate(ctx, c.es, op.Operation, op.Variables)
	if cost > c.Limit {
		return refusal(CodeTooCostly, "the operation may resolve %d fields, at most %d are allowed: ask for smaller pages", cost, c.Limit)
	}
	return nil
}

// priced is a schema whose lists have a price.
type priced struct{ graphql.ExecutableSchema }

func (p priced) Complexity(ctx context.Context, typeName, field string, child int, args map[string]any) (int, bool) {
	if cost, ok := p.ExecutableSchema.Complexity(ctx, typeName, field, child, args); ok {
		return cost, true
	}
	parent := p.Schema().Types[typeName]
	if parent == nil {
		return 0, false
	}
	def := parent.Fields.ForName(field)
	switch {
	case def == nil:
		return 0, false
	case def.Arguments.ForName("first") != nil:
		return times(child, pageLength(args["first"])), true
	case def.Type.Elem != nil && parent.Fields.ForName("pageInfo") == nil:
		// The lists inside a connection are the page its field has already been multiplied by.
		return times(child, assumedLength), true
	default:
		return 0, false
	}
}

// pageLength reads first as it comes out of a literal, a default or a variable. What is missing or makes no
// sense counts as a default page: the resolver refuses it or applies its own.
func pageLength(first any) int {
	var n int64
	switch v := first.(type) {
	case int:
		n = int64(v)
	case int64:
		n = v
	case json.Number:
		n, _ = v.Int64()
	case float64:
		n = int64(min(v, math.MaxInt32))
	}
	if n <= 0 {
		return defaultPage
	}
	return int(min(n, math.MaxInt32))
}

// times is 1 + n*child, as large as an int can be where that would overflow.
func times(child, n int) int {
	if child > 0 && n > (math.MaxInt-1)/child {
		return math.MaxInt
	}
	return 1 + n*max(child, 0)
}
