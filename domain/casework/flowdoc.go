package casework

import (
	"fmt"
	"slices"
	"strings"

	"gridwork/domain/escalation"
)

//go:generate go run gridwork/cmd/caseflow

// FlowDocument is docs/case-flow.md: the table as a diagram and as a table. A test fails while the file is not this.
func FlowDocument() string {
	var b strings.Builder
	b.WriteString("# The life of a case\n\nMade from the table in `domain/casework/flow.go` by `go generate ./domain/casework`: edit that, not this.\n" +
		"Whoever asked for something never decides it.\n\n```mermaid\nstateDiagram-v2\n")
	b.WriteString(diagram())
	b.WriteString("```\n\n| from | action | by | to | takes | starts | stops |\n|---|---|---|---|---|---|---|\n")
	for _, r := range Flow {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", r.From, r.Do, join(r.By), r.To, r.Guard.Says, join(r.Starts), r.stops())
	}
	return b.String()
}

// diagram draws each move once, whoever makes it and whatever it takes.
func diagram() string {
	lines := []string{"    [*] --> filed: file"}
	for _, r := range Flow {
		line := fmt.Sprintf("    %s --> %s: %s", r.From, r.To, r.Do)
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	for _, s := range States {
		if !s.Open() {
			lines = append(lines, fmt.Sprintf("    %s --> [*]", s))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func (r Row) stops() string {
	if !r.To.Open() {
		return "all"
	}
	return join(r.Stops)
}

func join[T Party | escalation.Stage](words []T) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	return strings.Join(texts, ", ")
}
