package demo

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"gridwork/geo"
)

// divisions are the codes and names of the city's districts, streets and communities.
type divisions struct {
	Source      string      `json:"source"`
	Areas       [][2]string `json:"areas"`
	Streets     [][2]string `json:"streets"`
	Communities [][2]string `json:"communities"`
}

// outline is the schematic outline of the city and the seats of its districts.
type outline struct {
	Type     string `json:"type"`
	Name     string `json:"name"`
	Features []struct {
		Type       string `json:"type"`
		Properties struct {
			Kind string `json:"kind"` // outline, district_seat
			Code string `json:"code"` // 6 digits
			Name string `json:"name"`
		} `json:"properties"`
		Geometry json.RawMessage `json:"geometry"`
	} `json:"features"`
}

// cityCode is the prefix that all codes of the city share.
const cityCode = "4403"

// division is one region to be built, before it has a shape.
type division struct {
	code, parent, level, nameZH, nameEN, pinyin string
	seat                                        *geo.Point // of a district
}

// allDivisions lists the city and everything below it, parents first.
func allDivisions() []division {
	data, seats := divisionData(), districtSeats()
	all := []division{newDivision(cityCode, "深圳市")}
	for _, row := range slices.Concat(data.Areas, data.Streets, data.Communities) {
		d := newDivision(row[0], row[1])
		if seat, ok := seats[d.code]; ok {
			d.seat = &seat
		}
		all = append(all, d)
	}
	return all
}

func districtSeats() map[string]geo.Point {
	seats := map[string]geo.Point{}
	for _, f := range outlineData().Features {
		if f.Properties.Kind == "district_seat" {
			seats[f.Properties.Code] = shape[geo.Point](f.Geometry)
		}
	}
	return seats
}

func cityOutline() geo.Polygon {
	for _, f := range outlineData().Features {
		if f.Properties.Kind == "outline" {
			return shape[geo.Polygon](f.Geometry)
		}
	}
	panic("demo data outline.geojson: no outline")
}

func shape[T any](geometry json.RawMessage) (to T) {
	if err := json.Unmarshal(geometry, &to); err != nil {
		panic("demo data outline.geojson: " + err.Error())
	}
	return to
}

// levels names a level by the length of its codes, and the length of the parent's.
var levels = map[int]struct {
	name   string
	parent int
}{4: {"city", 0}, 6: {"district", 4}, 9: {"street", 6}, 12: {"community", 9}}

func newDivision(code, name string) division {
	level := levels[len(code)]
	d := division{code: code, parent: code[:level.parent], level: level.name, nameZH: name}
	if d.level == "community" {
		d.nameZH = communityName(name)
	}
	stem, suffix := splitName(d.level, d.nameZH)
	d.nameEN, d.pinyin = englishName(stem, suffix), strings.Join(syllables(stem), " ")
	return d
}

// committees are how the division codes name the committee of residents where we mean the community that it serves.
var committees = []string{"社区居民委员会", "社区居委会", "社区居委", "居民委员会", "居委会", "社区"}

// communityName drops the committee: 桂木园社区居民委员会 becomes 桂木园社区. Where several committees share a community,
// the community stays in front: 杨美社区嘉丽园居委会 becomes 杨美社区嘉丽园.
func communityName(name string) string {
	for _, committee := range committees {
		if stem, ok := strings.CutSuffix(name, committee); ok {
			name = stem
			break
		}
	}
	if strings.Contains(name, "社区") {
		return name
	}
	return name + "社区"
}

// suffixes of names, by level, and what they are in English.
var suffixes = map[string][][2]string{
	"city":      {{"市", ""}},
	"district":  {{"区", " District"}},
	"street":    {{"街道", " Subdistrict"}},
	"community": {{"虚拟社区", " Virtual Community"}, {"社区", " Community"}},
}

func splitName(level, name string) (stem, suffix string) {
	for _, s := range suffixes[level] {
		if stem, ok := strings.CutSuffix(name, s[0]); ok {
			return stem, s[1]
		}
	}
	return name, ""
}

// official are names that have an English form of their own.
var official = map[string]string{
	"福田保税区":     "Futian Free Trade Zone",
	"前海合作区":     "Qianhai Cooperation Zone",
	"深圳市宝安国际机场": "Shenzhen Bao'an International Airport",
	"深圳盐田综合保税区": "Shenzhen Yantian Comprehensive Bonded Zone",
	"深圳坪山综合保税区": "Shenzhen Pingshan Comprehensive Bonded Zone",
}

func englishName(stem, suffix string) string {
	if name, ok := official[stem]; ok {
		return name + suffix
	}
	if community, part, ok := strings.Cut(stem, "社区"); ok {
		return romanised(part) + ", " + romanised(community) + " Community"
	}
	return romanised(stem) + suffix
}

// romanised writes a Chinese name as one capitalised word, with an apostrophe where a syllable begins with a vowel.
func romanised(name string) string {
	var word strings.Builder
	for i, s := range syllables(name) {
		if i > 0 && strings.ContainsRune("aeo", rune(s[0])) {
			word.WriteByte('\'')
		}
		word.WriteString(strings.ReplaceAll(s, "v", "ü"))
	}
	first, size := utf8.DecodeRuneInString(word.String())
	return strings.ToUpper(string(first)) + word.String()[size:]
}

// localReadings are characters whose common reading is not the one that the city's place names use.
var localReadings = map[rune]string{
	'厦': "xia", '涌': "chong", '圩': "xu", '长': "chang", '都': "du", '咀': "zui", '陂': "bei", '茜': "xi",
}

// syllables reads a Chinese name without tones; ü is written v.
func syllables(name string) []string {
	args := pinyin.NewArgs()
	var read []string
	for _, r := range name {
		if s, ok := localReadings[r]; ok {
			read = append(read, s)
		} else if s := pinyin.SinglePinyin(r, args); len(s) > 0 {
			read = append(read, s[0])
		}
	}
	return read
}
