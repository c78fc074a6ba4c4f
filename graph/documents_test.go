package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"gridwork/graph/transport"
	"gridwork/web"
)

func TestEveryTrustedDocumentIsValidAndWithinTheLimits(t *testing.T) {
	t.Parallel()
	s := schema()
	for name, d := range documents() {
		parsed, errs := gqlparser.LoadQueryWithRules(s, d.text, rules.NewDefaultRules())
		if len(errs) > 0 {
			t.Errorf("%s: %v", name, errs)
			continue
		}
		if len(parsed.Operations) != 1 || parsed.Operations[0].Name != name {
			t.Errorf("%s: not one operation of that name: %s", name, d.text)
		}
		if err := transport.DefaultLimits.Check(d.text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryDocumentOfThePagesIsValidAndWithinTheLimits(t *testing.T) {
	t.Parallel()
	s := schema()
	for hash, text := range web.Documents() {
		if _, errs := gqlparser.LoadQueryWithRules(s, text, rules.NewDefaultRules()); len(errs) > 0 {
			t.Errorf("%s: %v", text, errs)
		}
		if err := transport.DefaultLimits.Check(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if sum := sha256.Sum256([]byte(text)); hash != hex.EncodeToString(sum[:]) {
			t.Errorf("%s is not the hash of %s", hash, text)
		}
	}
}

// What nobody can send cannot be used by clients of ours, nor by the stories that are told through them.
func TestEveryOperationOfTheSchemaHasATrustedDocument(t *testing.T) {
	t.Parallel()
	s := schema()
	asked := map[string]bool{}
	for _, text := range trusted(web.Documents()) {
		parsed, errs := gqlparser.LoadQueryWithRules(s, text, rules.NewDefaultRules())
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		for _, sel := range parsed.Operations[0].SelectionSet {
			asked[sel.(*ast.Field).Name] = true
		}
	}
	for _, root := range []*ast.Definition{s.Query, s.Mutation, s.Subscription} {
		for _, f := range root.Fields {
			if f.Name[0] != '_' && !asked[f.Name] {
				t.Errorf("%s.%s is in no trusted document", root.Name, f.Name)
			}
		}
	}
}
