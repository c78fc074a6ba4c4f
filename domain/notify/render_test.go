package notify

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestNoKindOfMessageIsWithoutWords(t *testing.T) {
	t.Parallel()
	declared := declaredKinds(t)
	if len(declared) != len(Kinds) || len(catalogue) != len(Kinds) {
		t.Errorf("%d kinds declared, %d listed, %d in the catalogue", len(declared), len(Kinds), len(catalogue))
	}
	for _, kind := range Kinds {
		said, known := catalogue[kind]
		if !known {
			t.Errorf("%s has no texts", kind)
		}
		for name, text := range map[string]text{"zh": said.zh, "en": said.en} {
			if text.title == "" || text.body == "" {
				t.Errorf("%s lacks a text in %s", kind, name)
			}
			if strings.Count(text.body, "[") != strings.Count(text.body, "]") {
				t.Errorf("%s in %s has an open bracket: %s", kind, name, text.body)
			}
		}
		if a, b := holes(said.zh), holes(said.en); a != b {
			t.Errorf("%s tells different things in Chinese (%s) and English (%s)", kind, a, b)
		}
	}
}

func TestAMessageNeverShowsAGap(t *testing.T) {
	t.Parallel()
	for _, kind := range Kinds {
		for _, locale := range []string{"zh", "en"} {
			title, body := Render(Message{Kind: kind, Params: map[string]any{
				"number": 1024.0, "campaign": "消防通道", "sample": "三季度", "count": 3.0, "total": 8.0, "year": 2027.0, "action": "remind", "decision": "upheld", "request": "extension", "outcome": "filed",
				"hindrance": "no_time", "worker": "王芳", "colleague": "李雷", "over": "safe"}}, locale)
			if strings.ContainsAny(title+body, "[]{}–") {
				t.Errorf("%s in %s: %s / %s", kind, locale, title, body)
			}
		}
	}
}

func TestParamsAreWordsOfTheReadersLanguage(t *testing.T) {
	t.Parallel()
	pressed := Message{Kind: CasePressed, Params: map[string]any{"number": 1024.0, "action": "yellow_card", "stage": "dispose", "percent": 100.0,
		"due": "2026-03-04T04:00:00Z", "category": map[string]any{"zh": "堵塞疏散通道", "en": "Blocked escape route"}}}
	for locale, want := range map[string][2]string{
		"zh": {"黄牌警告：案件 1024", "案件 1024（堵塞疏散通道）处置阶段，已用时限 100%，期限 3月4日 12:00，请尽快处理。"},
		"en": {"Yellow card: case 1024", "Case 1024 (Blocked escape route), disposal, 100% of the limit used, due 4 Mar 12:00: please act now."},
		"fr": {"黄牌警告：案件 1024", "案件 1024（堵塞疏散通道）处置阶段，已用时限 100%，期限 3月4日 12:00，请尽快处理。"},
	} {
		if title, body := Render(pressed, locale); title != want[0] || body != want[1] {
			t.Errorf("%s: %s / %s", locale, title, body)
		}
	}
}

func TestAMessageOfANewerReleaseIsStillAMessage(t *testing.T) {
	t.Parallel()
	if title, body := Render(Message{Kind: "from_the_future"}, "en"); title == "" || body == "" {
		t.Errorf("got %q, %q", title, body)
	}
}

// holes lists the params that both texts use, in the order of the alphabet.
func holes(said text) string {
	seen := map[string]bool{}
	for _, hole := range param.FindAllString(said.title+said.body, -1) {
		seen[hole] = true
	}
	var all []string
	for _, name := range []string{"number", "round", "count", "total", "unassigned", "undone", "percent", "year", "department", "proposed", "category",
		"street", "cell", "campaign", "worker", "colleague", "at", "due", "over", "stage", "action", "outcome", "decision", "hindrance"} {
		if seen["{"+name+"}"] {
			all = append(all, name)
			delete(seen, "{"+name+"}")
		}
	}
	for hole := range seen {
		all = append(all, "undocumented "+hole)
	}
	return strings.Join(all, " ")
}

// declaredKinds reads the constants from the source, so that a new one cannot be forgotten in the list.
func declaredKinds(t *testing.T) (names []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "kind.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Kind" {
				names = append(names, spec.Names[0].Name)
			}
		}
		return true
	})
	return names
}
