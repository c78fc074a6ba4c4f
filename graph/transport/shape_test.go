package transport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"pgregory.net/rapid"

	"gridwork/graph/transport"
	"gridwork/test/protocol/tiny"
)

// hostile are documents that would keep a validator or a complexity walk busy, by name.
var hostile = map[string]string{
	"8 000 aliases":               "{" + each(8000, func(i int) string { return fmt.Sprintf("a%d:x ", i) }) + "}",
	"200 aliases":                 "{" + each(200, func(i int) string { return fmt.Sprintf("a%d:x ", i) }) + "}",
	"400 equal fields":            "{ self {" + strings.Repeat("x ", 400) + "} }",
	"10 000 directives":           "{ x " + strings.Repeat("@a", 10_000) + " }",
	"500 directives":              "{ x " + strings.Repeat("@a ", 500) + " }",
	"500 directives on a query":   "query " + strings.Repeat("@a ", 500) + " { x }",
	"5 000 levels":                strings.Repeat("{a", 5000) + strings.Repeat("}", 5000),
	"40 levels":                   strings.Repeat("{a", 40) + strings.Repeat("}", 40),
	"5 000 levels of lists":       "{ x(a: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + ") }",
	"1 kB of chained fragments":   chain(30),
	"a fragment inside itself":    "{ ...A } fragment A on Query { x ...A }",
	"fragments inside each other": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
	"an unused fragment cycle":    "{ x } fragment A on Query { ...B } fragment B on Query { ...A }",
	"an unused hostile fragment":  "{ x } fragment A on Query { " + strings.Repeat("x ", 400) + " }",
	"a fragment defined twice":    "{ ...A } " + chain(30)[len("{ ...F0 }"):] + " fragment A on Query { ...F0 } fragment A on Query { x }",
	"100 operations":              each(100, func(i int) string { return fmt.Sprintf("query Q%d { x } ", i) }),
	"a long comment":              "{ x } #" + strings.Repeat("a", 60_000),
	"a long string":               `{ x(a: """` + strings.Repeat("a\n", 30_000) + `""") }`,
	"2 000 variables":             "query(" + each(2000, func(i int) string { return fmt.Sprintf("$v%d:Int ", i) }) + ") { x }",
}

func each(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

// chain expands to 2^n fields.
func chain(n int) string {
	return "{ ...F0 } " + each(n, func(i int) string {
		return fmt.Sprintf("fragment F%d on Query { ...F%d ...F%d } ", i, i+1, i+1)
	}) + fmt.Sprintf("fragment F%d on Query { x }", n)
}

// All of them select a field that does not exist. Had the validator seen one, it would have said so.
func TestHostileDocumentsAreRefusedBeforeTheyAreValidated(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for name, document := range hostile {
		res := d.ask(document)
		if res.StatusCode != 400 || len(res.body.Errors) != 1 || strings.Contains(res.raw, "Cannot query field") {
			t.Errorf("%s: got status %d and %.200s", name, res.StatusCode, res.raw)
		}
	}
}

func TestEachLimitHasItsEdge(t *testing.T) {
	t.Parallel()
	leaf := func(prefix string, n int) string {
		return "{" + each(n, func(i int) string { return fmt.Sprintf("%s%d:name ", prefix, i) }) + "}"
	}
	for _, c := range []struct{ what, fits, breaks string }{
		{"10 levels", strings.Repeat("{self", 10) + strings.Repeat("}", 10), strings.Repeat("{self", 11) + strings.Repeat("}", 11)},
		{"15 aliases", "{self" + leaf("a", 15) + "}", "{self" + leaf("a", 16) + "}"},
		{"10 root fields", "{" + strings.Repeat("name ", 10) + "}", "{" + strings.Repeat("name ", 11) + "}"},
		{"300 fields", "{self{" + strings.Repeat("name ", 299) + "}}", "{self{" + strings.Repeat("name ", 300) + "}}"},
		{"20 directives", "{name" + strings.Repeat(" @a", 20) + "}", "{name" + strings.Repeat(" @a", 21) + "}"},
		{"50 fragment spreads",
			"{ self {" + strings.Repeat("...A ", 50) + "} } fragment A on Query { name }",
			"{ self {" + strings.Repeat("...A ", 51) + "} } fragment A on Query { name }"},
		{"32768 bytes", "{name}" + strings.Repeat(" ", 32<<10-6), "{name}" + strings.Repeat(" ", 32<<10-5)},
	} {
		if err := transport.DefaultLimits.Check(c.fits); err != nil {
			t.Errorf("%s should fit: %v", c.what, err)
		}
		err := transport.DefaultLimits.Check(c.breaks)
		if err == nil || err.Extensions["code"] != transport.CodeDocumentTooLarge || !strings.Contains(err.Message, c.what) {
			t.Errorf("one more than %s: got %v", c.what, err)
		}
	}
}

func TestAliasesHiddenInFragmentsAreCounted(t *testing.T) {
	t.Parallel()
	document := "{ self { ...A ...A ...A ...A } } fragment A on Query { a: name b: name ... on Query { c: name d: name } }"
	if err := transport.DefaultLimits.Check(document); err == nil {
		t.Error("4 times 4 aliases pass for 4")
	}
}

func TestTheStandardIntrospectionQueryFits(t *testing.T) {
	t.Parallel()
	if err := transport.DefaultLimits.Check(introspection.Query); err != nil {
		t.Error(err)
	}
	deeper := "{ self { __type: self" + strings.Repeat("{self", 10) + strings.Repeat("}", 10) + "} }"
	if err := transport.DefaultLimits.Check(deeper); err == nil {
		t.Error("a field called like introspection has its depth")
	}
}

func TestOneMutationPerRequest(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for _, document := range []string{
		`mutation { a: submit(text: "1") b: submit(text: "2") }`,
		`mutation { submit(text: "1") ...M } fragment M on Mutation { b: submit(text: "2") }`,
		`mutation { ... { a: submit(text: "1") } ... { b: submit(text: "2") } }`,
	} {
		d.ask(document).refused(t, 400, transport.CodeOneMutation)
	}
	d.send(body(map[string]any{
		"query":         `mutation A { submit(text: "1") } mutation B { submit(text: "2") }`,
		"operationName": "B",
	})).answered(t, 200, `{"submit":"2"}`)
}

func TestIntrospectionIsForThoseWhoMay(t *testing.T) {
	t.Parallel()
	const plain = `{ __type(name: "Case") { name } }`
	open(t, tiny.Schema{}, developer).ask(plain).answered(t, 200, `{"__type":{"name":"Case"}}`)

	outsider := developer
	outsider.MayIntrospect = nil
	d := open(t, tiny.Schema{}, outsider)
	for _, document := range []string{
		plain,
		`{ __schema { types { name } } }`,
		`{ name ...I } fragment I on Query { ... { hidden: __type(name: "Case") { name } } }`,
	} {
		d.ask(document).refused(t, 400, transport.CodeNoIntrospection)
	}
	d.ask(`{ __typename }`).answered(t, 200, `{"__typename":"Query"}`)
}

func TestNoErrorSuggestsNamesOfTheSchema(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for _, document := range []string{
		`{ nam }`, `{ self }`, `{ cases(frist: 1) { pageInfo { hasNextPage } } }`,
		`{ ...A } fragment A on Quer { name }`, `{ ... on Quer { name } }`, `query($a: Strin) { broken(how: $a) }`,
	} {
		res := d.ask(document)
		res.refused(t, 400, "GRAPHQL_VALIDATION_FAILED")
		if strings.Contains(res.raw, "Did you mean") {
			t.Errorf("%s: %s", document, res.raw)
		}
	}
}

// The walk must agree with a naive expansion of the whole document, whatever the fragments do.
func TestCountsAgreeWithTheExpandedDocument(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		document := drawDocument(t)
		doc, err := parser.ParseQuery(&ast.Source{Input: document})
		if err != nil {
			t.Fatalf("%s: %v", document, err)
		}
		want := expand(doc, doc.Operations[0].SelectionSet, 1)
		loose := transport.DefaultLimits
		loose.Depth, loose.Aliases, loose.RootFields, loose.Fields = want.depth, max(want.aliases, 1), want.roots, want.fields
		loose.Spreads = max(want.spreads, 1)
		if err := loose.Check(document); err != nil {
			t.Fatalf("%s has %+v: %v", document, want, err)
		}
		for what, limit := range map[string]*int{"depth": &loose.Depth, "aliases": &loose.Aliases,
			"roots": &loose.RootFields, "fields": &loose.Fields, "spreads": &loose.Spreads} {
			if *limit--; *limit > 0 && loose.Check(document) == nil {
				t.Fatalf("%s has %+v but passes with one less of %s", document, want, what)
			}
			*limit++
		}
	})
}

// drawDocument makes fragments that spread only later ones, each of them used.
func drawDocument(t *rapid.T) string {
	const fragments = 4
	selection := func(from int, must string) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"x", "a:x", "x{x}", "x{x{b:x}}", "...{x}"}), 1, 4).Draw(t, "fields")
		for i := from; i < fragments; i++ {
			if rapid.Bool().Draw(t, "spread") {
				parts = append(parts, fmt.Sprintf("x{...F%d}", i), fmt.Sprintf("...F%d", i))
			}
		}
		return "{" + strings.Join(parts, " ") + must + "}"
	}
	var all strings.Builder
	all.WriteString(selection(0, " ...F0"))
	for i := range fragments {
		must := ""
		if i+1 < fragments {
			must = fmt.Sprintf(" ...F%d", i+1)
		}
		fmt.Fprintf(&all, " fragment F%d on Query %s", i, selection(i+1, must))
	}
	return all.String()
}

type expanded struct{ depth, aliases, roots, fields, spreads int }

func expand(doc *ast.QueryDocument, set ast.SelectionSet, depth int) (n expanded) {
	for _, sel := range set {
		var inner expanded
		switch sel := sel.(type) {
		case *ast.Field:
			inner = expand(doc, sel.SelectionSet, depth+1)
			n.fields++
			n.depth = max(n.depth, depth)
			if depth == 1 {
				n.roots++
			}
			if sel.Alias != sel.Name {
				n.aliases++
			}
		case *ast.InlineFragment:
			inner = expand(doc, sel.SelectionSet, depth)
		case *ast.FragmentSpread:
			inner = expand(doc, doc.Fragments.ForName(sel.Name).SelectionSet, depth)
			n.spreads++
		}
		n.depth = max(n.depth, inner.depth)
		n.aliases += inner.aliases
		n.roots += inner.roots
		n.fields += inner.fields
		n.spreads += inner.spreads
	}
	return n
}

func BenchmarkHostileDocument(b *testing.B) {
	h := transport.New(tiny.Schema{}, developer)
	for name, document := range hostile {
		request := body(map[string]any{"query": document})
		b.Run(fmt.Sprintf("%s (%d B)", name, len(document)), func(b *testing.B) {
			for b.Loop() {
				serve(h, request)
			}
		})
	}
}

// What the limits let through must be cheap as well: these cost validation the most of all found.
func BenchmarkCostliestDocumentThatFits(b *testing.B) {
	h := transport.New(tiny.Schema{}, developer)
	for name, document := range map[string]string{
		"equal fields":            "{self{" + strings.Repeat("name ", 299-1) + "}}",
		"equal fields of objects": "{self{" + strings.Repeat("self{name}", 148) + "}}",
		"equal fragments": "{self{" + each(49, func(i int) string { return fmt.Sprintf("...F%d ", i) }) + "}}" +
			each(49, func(i int) string { return fmt.Sprintf("fragment F%d on Query{name name name name name}", i) }),
	} {
		if err := transport.DefaultLimits.Check(document); err != nil {
			b.Errorf("%s: %v", name, err)
		}
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++ // a different text each time, or the cache would answer
				serve(h, body(map[string]any{"query": fmt.Sprintf("%s#%d", document, n)}))
			}
		})
	}
}
