package transport_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"gridwork/graph/transport"
	"gridwork/test/protocol/tiny"
)

// cost finds the lowest limit an operation fits in.
func cost(t *testing.T, document string, variables map[string]any) int {
	t.Helper()
	limit := &transport.Complexity{Limit: 1}
	e := executor.New(tiny.Schema{})
	e.Use(limit)
	for low, high := 1, 1<<40; ; {
		if low == high {
			return low
		}
		limit.Limit = (low + high) / 2
		ctx := graphql.StartOperationTrace(context.Background())
		if _, err := e.CreateOperationContext(ctx, &graphql.RawParams{Query: document, Variables: variables}); err == nil {
			high = limit.Limit
		} else if err[0].Extensions["code"] == transport.CodeTooCostly {
			low = limit.Limit + 1
		} else {
			t.Fatal(err)
		}
	}
}

func TestListsCostWhatTheyMayReturn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		document  string
		variables map[string]any
		want      int
	}{
		{`{ name self { name } }`, nil, 3},
		// The field, then 10 times edges and node and id.
		{`{ cases(first: 10) { edges { node { id } } } }`, nil, 1 + 10*3},
		{`query($n: Int) { cases(first: $n) { nodes { id } } }`, map[string]any{"n": 10}, 1 + 10*2},
		{`query($n: Int = 7) { cases(first: $n) { nodes { id } } }`, nil, 1 + 7*2},
		{`{ cases(first: 10) { nodes { children(first: 10) { nodes { id } } } } }`, nil, 1 + 10*(1+1+10*2)},
		// What is not said is a page, what the schema says by default counts as said.
		{`{ cases { nodes { id } } }`, nil, 1 + 50*2},
		{`{ case(id: 1) { children { nodes { id } } } }`, nil, 1 + 1 + 20*2},
		// Nonsense does not make it cheap.
		{`{ cases(first: -5) { nodes { id } } }`, nil, 1 + 50*2},
		{`{ cases(first: 0) { nodes { id } } }`, nil, 1 + 50*2},
		// Plain lists, and a connection's own lists only once.
		{`{ case(id: 1) { photos { url } } }`, nil, 1 + 1 + 5*1},
		{`{ ...A ...A } fragment A on Query { name }`, nil, 2},
	} {
		if got := cost(t, c.document, c.variables); got != c.want {
			t.Errorf("%s costs %d, want %d", c.document, got, c.want)
		}
	}
}

func TestCostlyOperationsAreRefused(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	page := func(first string) string {
		return fmt.Sprintf(`{ cases(first: %s) { nodes { children(first: %s) { nodes { children(first: %s) { nodes { id } } } } } } }`,
			first, first, first)
	}
	d.ask(page("10")).answered(t, 200, `{"cases":{"nodes":[]}}`)
	for _, first := range []string{"50", "1000000", "2147483647", "9223372036854775807"} { // and none overflows
		d.ask(page(first)).refused(t, 400, transport.CodeTooCostly)
	}
}
