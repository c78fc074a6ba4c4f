package inspection

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// A case of testdata/forms.json, which the pages' tests read too: what is asked, and what it comes to. They are recorded from
// checklists and answers made by chance:
//
//	RECORD=1 go test ./domain/inspection -run HandheldsAndServer
type formCase struct {
	Items   []Item   `json:"items"`
	Bands   []Band   `json:"bands"`
	Answers []Answer `json:"answers"`
	Asked   []string `json:"asked"`
	Score   *counted `json:"score"`
}

type counted struct {
	Earned   float64 `json:"earned"`
	Possible float64 `json:"possible"`
	Critical bool    `json:"critical"`
	Grade    string  `json:"grade"`
}

const formCases = "testdata/forms.json"

func TestHandheldsAndServerComeToTheSame(t *testing.T) {
	t.Parallel()
	if os.Getenv("RECORD") != "" {
		recordForms(t)
	}
	text, err := os.ReadFile(formCases)
	if err != nil {
		t.Fatal(err)
	}
	var cases []formCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	hidden, scored := 0, 0
	for n, c := range cases {
		list := Checklist{Items: c.Items, Bands: c.Bands}
		if got := askedOf(list, c.Answers); !slices.Equal(got, c.Asked) {
			t.Errorf("case %d asks %v, want %v", n, got, c.Asked)
		}
		if got := list.score(askedAnswers(list, c.Answers)); (got == nil) != (c.Score == nil) || got != nil && counted(*got) != *c.Score {
			t.Errorf("case %d comes to %+v, want %+v", n, got, c.Score)
		}
		if len(c.Asked) < len(c.Items) {
			hidden++
		}
		if c.Score != nil && c.Score.Possible > 0 {
			scored++
		}
	}
	if len(cases) < 100 || hidden < 30 || scored < 30 {
		t.Errorf("%d cases, %d of them hide something and %d come to points", len(cases), hidden, scored)
	}
}

func askedOf(list Checklist, answers []Answer) []string {
	asked, codes := list.asked(answers), []string{}
	for _, i := range list.Items {
		if asked[i.Code] {
			codes = append(codes, i.Code)
		}
	}
	return codes
}

// askedAnswers are those that a handheld sends.
func askedAnswers(list Checklist, answers []Answer) []Answer {
	asked := list.asked(answers)
	return slices.DeleteFunc(slices.Clone(answers), func(a Answer) bool { return !asked[a.Item] })
}

func recordForms(t *testing.T) {
	t.Helper()
	var cases []formCase
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 7))
		list := anyChecklist(r)
		var answers []Answer
		for _, i := range list.Items {
			if a := anyAnswer(r, i, nil); i.Kind != Note && r.IntN(5) > 0 {
				answers = append(answers, a)
			}
		}
		c := formCase{Items: list.Items, Bands: list.Bands, Answers: answers, Asked: askedOf(list, answers)}
		if s := list.score(askedAnswers(list, answers)); s != nil {
			came := counted(*s)
			c.Score = &came
		}
		cases = append(cases, c)
	}
	var text bytes.Buffer
	for n, c := range cases {
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%c%s\n", "[,"[min(n, 1)], line)
	}
	text.WriteString("]\n")
	if err := os.WriteFile(formCases, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
