package graph

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// The operations of our own clients other than the web, which generates its own. Each is sent by its hash: its text is
// the operation's, followed by the fragments that it needs.
//
//go:embed documents/*.graphql
var documentFiles embed.FS

type document struct{ hash, text string }

var documents = sync.OnceValue(func() map[string]document {
	operations, fragments, err := definitions(documentFiles)
	if err != nil {
		panic(fmt.Errorf("trusted documents: %w", err)) // they are compiled in
	}
	made := make(map[string]document, len(operations))
	for name, op := range operations {
		text := op.text
		for _, f := range op.needs(fragments) {
			text += "\n" + fragments[f].text
		}
		sum := sha256.Sum256([]byte(text))
		made[name] = document{hex.EncodeToString(sum[:]), text}
	}
	return made
})

// Documents are the trusted documents' texts by the hex SHA-256 of each.
func Documents() map[string]string {
	byHash := make(map[string]string, len(documents()))
	for _, d := range documents() {
		byHash[d.hash] = d.text
	}
	return byHash
}

// trusted are our own documents and those of the pages.
func trusted(pages map[string]string) map[string]string {
	all := Documents()
	maps.Copy(all, pages)
	return all
}

// DocumentHash is what a client sends instead of the trusted document of that operation.
func DocumentHash(operation string) (hash string, ok bool) {
	d, ok := documents()[operation]
	return d.hash, ok
}

// definition is an operation or a fragment as it is written.
type definition struct {
	text    string
	spreads []string
}

func definitions(files fs.FS) (operations, fragments map[string]definition, err error) {
	operations, fragments = map[string]definition{}, map[string]definition{}
	paths, err := fs.Glob(files, "documents/*.graphql")
	if err != nil {
		return nil, nil, err
	}
	for _, path := range paths {
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, nil, err
		}
		parsed, err := parser.ParseQuery(&ast.Source{Name: path, Input: string(text)})
		if err != nil {
			return nil, nil, err
		}
		cut := cutter(string(text), parsed)
		for _, op := range parsed.Operations {
			if err := add(operations, op.Name, definition{cut(op.Position), spreads(op.SelectionSet)}); err != nil {
				return nil, nil, err
			}
		}
		for _, f := range parsed.Fragments {
			if err := add(fragments, f.Name, definition{cut(f.Position), spreads(f.SelectionSet)}); err != nil {
				return nil, nil, err
			}
		}
	}
	return operations, fragments, nil
}

func add(to map[string]definition, name string, d definition) error {
	if _, taken := to[name]; taken {
		return fmt.Errorf("%s is written twice", name)
	}
	to[name] = d
	return nil
}

// cutter takes the text of the definition at a position: up to where the next one starts.
func cutter(text string, parsed *ast.QueryDocument) func(*ast.Position) string {
	runes := []rune(text) // the parser counts in runes
	starts := []int{len(runes)}
	for _, op := range parsed.Operations {
		starts = append(starts, op.Position.Start)
	}
	for _, f := range parsed.Fragments {
		starts = append(starts, f.Position.Start)
	}
	slices.Sort(starts)
	return func(at *ast.Position) string {
		next, _ := slices.BinarySearch(starts, at.Start+1)
		return strings.TrimSpace(string(runes[at.Start:starts[next]])) + "\n"
	}
}

func spreads(set ast.SelectionSet) (names []string) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			names = append(names, spreads(s.SelectionSet)...)
		case *ast.InlineFragment:
			names = append(names, spreads(s.SelectionSet)...)
		case *ast.FragmentSpread:
			names = append(names, s.Name)
		}
	}
	return names
}

// needs are the fragments that a definition spreads, and those that they spread, each once.
func (d definition) needs(fragments map[string]definition) []string {
	seen := map[string]bool{}
	open := slices.Clone(d.spreads)
	for len(open) > 0 {
		name := open[0]
		open = open[1:]
		if !seen[name] {
			seen[name] = true
			open = append(open, fragments[name].spreads...)
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
