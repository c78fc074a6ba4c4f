// Package demo makes a city to try the platform in: real names and codes on a schematic geometry, standards, rules,
// ladders and checklists, and the people and tips that bring it to life. Nothing in it is a record of anybody.
package demo

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"sync"

	"gridwork/domain/calendar"
)

//go:embed data
var files embed.FS

// The embedded files, each read once. They are part of the program: one that cannot be read is a defect of the build.
var (
	divisionData  = sync.OnceValue(func() divisions { return read[divisions]("divisions.json") })
	outlineData   = sync.OnceValue(func() outline { return read[outline]("outline.geojson") })
	standardData  = sync.OnceValue(func() standardBook { return read[standardBook]("standards.json") })
	ruleData      = sync.OnceValue(func() ruleFile { return read[ruleFile]("rules.json") })
	ladderData    = sync.OnceValue(func() ladderFile { return read[ladderFile]("ladders.json") })
	limitData     = sync.OnceValue(func() limitFile { return read[limitFile]("stage_limits.json") })
	tipData       = sync.OnceValue(func() tipFile { return read[tipFile]("tips.json") })
	nameData      = sync.OnceValue(func() NameParts { return read[NameParts]("people.json") })
	checklistData = sync.OnceValue(func() checklistFile { return read[checklistFile]("checklists.json") })
)

func read[T any](name string) T {
	var to T
	data, err := files.ReadFile("data/" + name)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		err = d.Decode(&to)
	}
	if err != nil {
		panic(fmt.Sprintf("demo data %s: %v", name, err))
	}
	return to
}

type limitFile struct {
	Note   string `json:"note"`
	Limits []struct {
		Stage  string         `json:"stage"`
		Urgent bool           `json:"urgent"`
		Limit  calendar.Limit `json:"limit"`
	} `json:"limits"`
}

// Tip is one thing that is wrong somewhere, as reporters tell it.
type Tip struct {
	Category string   `json:"category"` // what it really is
	Tellings []string `json:"tellings"` // Chinese texts by different reporters about the same thing
	Vague    bool     `json:"vague"`    // no reporter could name the category
}

type tipFile struct {
	Note string `json:"note"`
	Tips []Tip  `json:"tips"`
}

// Tips are what volunteers write, in the order of the file.
func Tips() []Tip { return tipData().Tips }

// NameParts make names of people who do not exist: surname, mark, given character.
type NameParts struct {
	Note     string   `json:"note"`
	Surnames []string `json:"surnames"`
	Marks    []string `json:"marks"`
	Given    []string `json:"given"`
}

// Names are the parts of the demo people's names.
func Names() NameParts { return nameData() }
