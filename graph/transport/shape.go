package transport

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Limits bounds the shape of a document before it is validated. Validation and the complexity walk are
// themselves the target of hostile documents: 56 kB of aliases or 1 kB of chained fragments keep them busy
// for minutes of CPU. gqlgen offers no hook between parsing and validating, so Limits hooks in before both
// and parses the document itself; one that Checked holds has passed and is not looked at again.
//
// Counts are over the whole document with every fragment spread expanded, as execution would see it.
type Limits struct {
	Bytes      int // of the text
	Tokens     int
	Depth      int // of nested fields; the root fields are at 1
	Aliases    int // fields named differently from their own name
	RootFields int
	Fields     int
	Directives int
	Spreads    int // fragment spreads expanded

	// Checked is the executor's own cache of validated documents.
	Checked graphql.Cache[*ast.QueryDocument]
}

// DefaultLimits leave room for the largest own document and for the standard introspection query.
var DefaultLimits = Limits{
	Bytes: 32 << 10, Tokens: 1500, Depth: 10, Aliases: 15, RootFields: 10, Fields: 300, Directives: 20, Spreads: 50,
	Checked: graphql.NoCache[*ast.QueryDocument]{},
}

// introspectionDepth replaces Depth below __schema and __type: the standard query unwraps nine levels of
// type, and gqlparser's own rule keeps lists from nesting there.
const introspectionDepth = 16

var _ graphql.OperationParameterMutator = Limits{}

// ExtensionName names the extension in gqlgen's statistics.
func (Limits) ExtensionName() string { return "Limits" }

// Validate refuses a set of limits that would let everything or nothing through.
func (l Limits) Validate(graphql.ExecutableSchema) error {
	if l.Checked == nil || min(l.Bytes, l.Tokens, l.Depth, l.Aliases, l.RootFields, l.Fields, l.Directives, l.Spreads) <= 0 {
		return errors.New("every limit must be set")
	}
	return nil
}

// MutateOperationParameters refuses documents over the limits before the executor parses them.
func (l Limits) MutateOperationParameters(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	if _, passed := l.Checked.Get(ctx, p.Query); passed {
		return nil
	}
	return l.Check(p.Query)
}

// Check parses a document and says which limit it breaks, if any.
func (l Limits) Check(document string) *gqlerror.Error {
	if len(document) > l.Bytes {
		return tooMany(l.Bytes, "bytes")
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: document}, l.Tokens)
	if err != nil {
		syntax := gqlerror.WrapIfUnwrapped(err)
		errcode.Set(syntax, errcode.ParseFailed)
		return syntax
	}
	return l.measure(doc)
}

func (l Limits) measure(doc *ast.QueryDocument) *gqlerror.Error {
	s := shape{Limits: l, fragments: make(map[string]*fragment, len(doc.Fragments))}
	for _, f := range doc.Fragments {
		if s.fragments[f.Name] != nil { // else one would be counted and the other validated
			return invalid("a fragment is defined twice")
		}
		s.fragments[f.Name] = &fragment{FragmentDefinition: f}
	}
	for _, op := range doc.Operations {
		if err := s.operation(op); err != nil {
			return err
		}
	}
	for _, f := range s.fragments {
		if !f.used { // it was not counted, yet the validator would walk it
			return invalid("a fragment is never used")
		}
	}
	return nil
}

// shape is one walk over a document: what was counted so far, and the ceilings.
type shape struct {
	Limits
	fragments map[string]*fragment

	aliases, rootFields, fields, directives, spreads int
}

type fragment struct {
	*ast.FragmentDefinition
	used, open bool
}

func (s *shape) operation(op *ast.OperationDefinition) *gqlerror.Error {
	if err := s.directive(op.Directives); err != nil {
		return err
	}
	for _, v := range op.VariableDefinitions {
		if err := s.directive(v.Directives); err != nil {
			return err
		}
	}
	before := s.rootFields
	if err := s.selections(op.SelectionSet, 1, s.Depth); err != nil {
		return err
	}
	// One mutation per request: a batch of them would be a way around rate limits, and an idempotency
	// key would not say which one it is for.
	if op.Operation == ast.Mutation && s.rootFields-before > 1 {
		return refusal(CodeOneMutation, "one mutation per request")
	}
	return nil
}

func (s *shape) selections(set ast.SelectionSet, depth, deepest int) *gqlerror.Error {
	for _, sel := range set {
		var err *gqlerror.Error
		switch sel := sel.(type) {
		case *ast.Field:
			err = s.field(sel, depth, deepest)
		case *ast.InlineFragment:
			if err = s.directive(sel.Directives); err == nil {
				err = s.selections(sel.SelectionSet, depth, deepest)
			}
		case *ast.FragmentSpread:
			err = s.spread(sel, depth, deepest)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *shape) field(f *ast.Field, depth, deepest int) *gqlerror.Error {
	if depth == 1 {
		s.rootFields++
		if f.Name == "__schema" || f.Name == "__type" {
			deepest = max(deepest, introspectionDepth)
		}
	}
	if f.Alias != f.Name {
		s.aliases++
	}
	s.fields++
	switch {
	case depth > deepest:
		return tooMany(deepest, "levels")
	case s.rootFields > s.RootFields:
		return tooMany(s.RootFields, "root fields")
	case s.aliases > s.Aliases:
		return tooMany(s.Aliases, "aliases")
	case s.fields > s.Fields:
		return tooMany(s.Fields, "fields")
	}
	if err := s.directive(f.Directives); err != nil {
		return err
	}
	return s.selections(f.SelectionSet, depth+1, deepest)
}

func (s *shape) spread(sp *ast.FragmentSpread, depth, deepest int) *gqlerror.Error {
	if s.spreads++; s.spreads > s.Spreads {
		return tooMany(s.Spreads, "fragment spreads")
	}
	if err := s.directive(sp.Directives); err != nil {
		return err
	}
	f := s.fragments[sp.Name]
	switch {
	case f == nil:
		return nil // the validator has the better words for it
	case f.open:
		return invalid("a fragment contains itself")
	}
	f.used, f.open = true, true
	defer func() { f.open = false }()
	if err := s.directive(f.Directives); err != nil {
		return err
	}
	return s.selections(f.SelectionSet, depth, deepest)
}

func (s *shape) directive(list ast.DirectiveList) *gqlerror.Error {
	if s.directives += len(list); s.directives > s.Directives {
		return tooMany(s.Directives, "directives")
	}
	return nil
}

// invalid is for what the validator would refuse as well, had it the time.
func invalid(message string) *gqlerror.Error { return refusal(errcode.ValidationFailed, "%s", message) }

func tooMany(limit int, of string) *gqlerror.Error {
	return refusal(CodeDocumentTooLarge, "the document has more than %d %s", limit, of)
}
