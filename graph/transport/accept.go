package transport

import (
	"mime"
	"strconv"
	"strings"
)

const (
	mediaJSON     = "application/json"
	mediaResponse = "application/graphql-response+json"
)

// negotiate picks the response's media type from the Accept headers by quality, then by how exactly the
// range names it. Between equals an explicit graphql-response+json wins, and a wildcard means plain JSON.
// ok is false when the client accepts neither.
func negotiate(accept []string) (media string, ok bool) {
	if len(accept) == 0 {
		return mediaJSON, true
	}
	var plain, response preference
	for _, header := range accept {
		for part := range strings.SplitSeq(header, ",") {
			plain.consider(part, mediaJSON)
			response.consider(part, mediaResponse)
		}
	}
	switch {
	case plain.quality == 0 && response.quality == 0:
		return mediaJSON, false
	case response.quality != plain.quality:
		return pick(response.quality > plain.quality), true
	case response.exact != plain.exact:
		return pick(response.exact > plain.exact), true
	default:
		return pick(response.exact == exactType), true
	}
}

func pick(response bool) string {
	if response {
		return mediaResponse
	}
	return mediaJSON
}

// How exactly a media range names a type.
const (
	anyType = iota + 1
	anySubtype
	exactType
)

// preference is what a client's Accept headers say about one media type: the most exact range decides.
type preference struct {
	exact   int
	quality float64
}

func (p *preference) consider(part, media string) {
	name, params, err := mime.ParseMediaType(part)
	if err != nil {
		return
	}
	exact := 0
	switch name {
	case media:
		exact = exactType
	case "application/*":
		exact = anySubtype
	case "*/*":
		exact = anyType
	}
	if exact == 0 || exact < p.exact || !isUTF8(params["charset"]) {
		return
	}
	quality := 1.0
	if q, given := params["q"]; given {
		quality, err = strconv.ParseFloat(q, 64)
		if err != nil || !(quality >= 0 && quality <= 1) {
			return
		}
	}
	if exact == p.exact {
		quality = max(quality, p.quality)
	}
	*p = preference{exact: exact, quality: quality}
}

func isUTF8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8")
}
