package transport_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gridwork/fault"
	"gridwork/graph/transport"
	"gridwork/test/protocol/tiny"
)

func TestTheClientsPreferredMediaTypeIsAnswered(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	const plain, full = "application/json", "application/graphql-response+json"
	for accept, want := range map[string]string{
		"":                                   plain,
		"*/*":                                plain,
		"application/*":                      plain,
		plain:                                plain,
		full:                                 full,
		full + ", " + plain:                  full,
		plain + ", " + full:                  full,
		full + ";q=0.5, " + plain:            plain,
		plain + ";q=0.5, " + full + ";q=0.6": full,
		full + ", */*":                       full,
		plain + ", */*":                      plain,
		"text/html, */*;q=0.1":               plain,
		full + ";q=0, */*":                   plain,
		plain + ";q=0, */*":                  full,
		plain + "; charset=utf-8":            plain,
		full + ";q=7, " + plain:              plain,
		"nonsense;;=, " + full:               full,
	} {
		res := d.ask("{ name }", "Accept: "+accept)
		res.answered(t, 200, `{"name":"tiny"}`)
		if got := res.Header.Get("Content-Type"); got != want+"; charset=utf-8" {
			t.Errorf("Accept: %s is answered with %s, want %s", accept, got, want)
		}
	}
}

func TestAClientThatTakesNeitherMediaTypeIsToldSo(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for _, accept := range []string{
		"text/html", "application/json;q=0", "*/*;q=0", "application/json; charset=gbk", "image/*, text/*;q=0.3",
	} {
		d.ask("{ name }", "Accept: "+accept).refused(t, 406, transport.CodeNotAcceptable)
	}
}

func TestOnlyJSONInUTF8IsRead(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for _, header := range []string{
		"Content-Type: ", "Content-Type: text/plain", "Content-Type: application/graphql",
		"Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=x",
		"Content-Type: application/json; charset=gbk",
		"Content-Encoding: gzip",
	} {
		res := d.ask("{ name }", header)
		res.refused(t, 415, transport.CodeMediaType)
		if res.Header.Get("Accept-Post") != "application/json" {
			t.Errorf("%s: the answer does not say what is accepted", header)
		}
	}
	d.ask("{ name }", "Content-Type: Application/JSON; Charset=UTF-8").answered(t, 200, `{"name":"tiny"}`)
	d.ask("{ name }", "Content-Encoding: identity").answered(t, 200, `{"name":"tiny"}`)
}

func TestOtherMethodsAreRefused(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for _, method := range []string{"GET", "PUT", "DELETE", "OPTIONS"} {
		r, err := http.NewRequest(method, d.url+"?query=mutation{submit(text:%22x%22)}", nil)
		if err != nil {
			t.Fatal(err)
		}
		res := d.do(r)
		res.refused(t, 405, transport.CodeMethod)
		if res.Header.Get("Allow") != "POST" {
			t.Errorf("%s: Allow is %q", method, res.Header.Get("Allow"))
		}
	}
}

// secret stands for whatever must not come back in an answer.
const secret = "canary-5b1f"

func TestAMalformedBodyIsRefusedAndNeverRepeated(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for _, body := range []string{
		"", " ", "null", "1", `"` + secret + `"`, "[]", secret, `{"` + secret,
		`{"query":"{ name }"`,
		`{"query":"{ name }"}` + secret,
		`{"query":"{ name }"}{"query":"{ name }"}`,
		`[{"query":"{ name }","x":"` + secret + `"}]`,
		`{}`, `{"query":null}`, `{"notquery":"` + secret + `"}`,
		`{"Query":"{ name }"}`,                              // names are case-sensitive
		`{"query":"{ name }","query":"{ ` + secret + ` }"}`, // which one is meant?
		`{"query":{"` + secret + `":1}}`, `{"query":1}`, `{"query":false}`, `{"query":["` + secret + `"]}`,
		`{"query":"{ name }","operationName":1}`, `{"query":"{ name }","operationName":["` + secret + `"]}`,
		`{"query":"{ name }","variables":"` + secret + `"}`, `{"query":"{ name }","variables":[]}`,
		`{"query":"{ name }","extensions":0}`, `{"query":"{ name }","extensions":["` + secret + `"]}`,
		`{"query":"{ name }","documentId":1}`,
		`{"documentId":"a","extensions":{"persistedQuery":{"sha256Hash":"b"}}}`,
		"{\"query\":\"{ name }\",\"x\":\"\xff" + secret + "\"}",
		`{"query":"{ name }","x":` + strings.Repeat("[", 20_000) + `}`,
		"<script>" + secret + "</script>",
	} {
		for _, accept := range []string{"Accept: application/json", "Accept: application/graphql-response+json"} {
			res := d.send(body, accept)
			res.refused(t, 400, transport.CodeMalformed)
			if strings.Contains(res.raw, secret) {
				t.Errorf("the answer to %q repeats it: %s", body, res.raw)
			}
		}
	}
}

func TestNullAndUnknownMembersAreNoMistake(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	d.send(`{"query":"{ name }","operationName":null,"variables":null,"extensions":null,"documentId":null,"future":{"a":1}}`).
		answered(t, 200, `{"name":"tiny"}`)
	d.send(`{"query":"query A { name } query B { self { name } }","operationName":"A"}`).
		answered(t, 200, `{"name":"tiny"}`)
}

func TestABodyOverTheLimitIsNotRead(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	fits := `{"query":"{ name }","x":"` + strings.Repeat("a", 256<<10-27) + `"}`
	if len(fits) != 256<<10 {
		t.Fatalf("the body has %d bytes", len(fits))
	}
	d.send(fits).answered(t, 200, `{"name":"tiny"}`)
	d.send(fits+" ").refused(t, 413, transport.CodeTooLarge)
}

// A request error is well-formed JSON that cannot be executed. Its status depends on the media type.
func TestARequestErrorHasTheStatusOfItsMediaTypeAndNoData(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for body, code := range map[string]string{
		`{"query":"{"}`:           "GRAPHQL_PARSE_FAILED",
		`{"query":""}`:            "GRAPHQL_VALIDATION_FAILED",
		`{"query":"{ unknown }"}`: "GRAPHQL_VALIDATION_FAILED",
		`{"query":"query($id: ID!) { case(id: $id) { id } }","variables":{"id":null}}`:        "GRAPHQL_VALIDATION_FAILED",
		`{"query":"query A { name }","operationName":"B"}`:                                    "GRAPHQL_VALIDATION_FAILED",
		`{"query":"subscription { ticks }"}`:                                                  transport.CodeNeedsSocket,
		`{"query":"mutation { a: submit(text: \"1\") b: submit(text: \"2\") }"}`:              transport.CodeOneMutation,
		`{"query":"query($n: Int) { find(id: $n) }","variables":{"n":` + `"` + secret + `"}}`: "GRAPHQL_VALIDATION_FAILED",
	} {
		d.send(body).refused(t, 400, code)
		d.send(body, "Accept: application/json").refused(t, 200, code)
	}
}

func TestAnExecutedOperationIs200EvenWithErrors(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{Fail: fail}, developer)
	d.ask(`{ name broken(how: "denied") }`).answered(t, 200, `{"name":"tiny","broken":null}`)
	d.ask(`{ name sure(how: "denied") }`).answered(t, 200, `null`)
	d.ask(`mutation { submit(text: "x") }`).answered(t, 200, `{"submit":"x"}`)
}

func TestABusyServerSaysWhenToComeBack(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{Fail: fail}, developer)
	for _, accept := range []string{"Accept: application/json", "Accept: application/graphql-response+json"} {
		res := d.ask(`{ sure(how: "busy") }`, accept)
		res.answered(t, 503, `null`)
		if res.Header.Get("Retry-After") == "" || res.code() != "POOL_BUSY" {
			t.Errorf("got Retry-After %q in %s", res.Header.Get("Retry-After"), res.raw)
		}
	}
	// Data that was found is not thrown away: the specification wants a 2xx for it.
	d.ask(`{ name broken(how: "busy") }`).answered(t, 200, `{"name":"tiny","broken":null}`)
}

func TestAnswersAreNeitherSniffedNorStored(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	for _, res := range []response{d.ask("{ name }"), d.send("{"), d.ask("{ name }", "Content-Type: text/html")} {
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Accept"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("status %d: %s is %q, want %q", res.StatusCode, name, got, want)
			}
		}
	}
}

func TestOtherOriginsCannotCallUnlessTrusted(t *testing.T) {
	t.Parallel()
	d := open(t, tiny.Schema{}, developer)
	d.ask("{ name }", "Origin: https://evil.example").refused(t, 403, transport.CodeCrossOrigin)
	d.ask("{ name }", "Sec-Fetch-Site: cross-site").refused(t, 403, transport.CodeCrossOrigin)
	d.ask("{ name }", "Sec-Fetch-Site: same-origin").answered(t, 200, `{"name":"tiny"}`)

	policy := http.NewCrossOriginProtection()
	if err := policy.AddTrustedOrigin("https://map.example"); err != nil {
		t.Fatal(err)
	}
	o := developer
	o.CrossOrigin = policy
	d = open(t, tiny.Schema{}, o)
	d.ask("{ name }", "Origin: https://map.example").answered(t, 200, `{"name":"tiny"}`)
	d.ask("{ name }", "Origin: https://evil.example").refused(t, 403, transport.CodeCrossOrigin)
}

// fail is what the tiny schema's broken fields return.
func fail(_ context.Context, how string) error {
	switch how {
	case "busy":
		return fault.Busy("POOL_BUSY", "try again in a moment")
	case "denied":
		return fault.Denied("NOT_YOURS", "this is not yours to do")
	case "invalid":
		return fault.Invalid("BAD_POSITION", "longitude must be a number").At("input.position.lon")
	case "panic":
		panic("panicked over " + secret)
	default:
		return fmt.Errorf("read case of %q: %w", secret, context.DeadlineExceeded)
	}
}

func FuzzEveryBodyIsAnsweredWithoutAPanic(f *testing.F) {
	for _, seed := range []string{
		`{"query":"{ name }"}`, `{"query":"query($n: Int!) { find(id: $n) }","variables":{"n":1}}`, `{"documentId":"sha256:00"}`,
		`{"query":"{ self { ...A } } fragment A on Query { name @skip(if: true) }"}`,
		`{"query":"query($f: CaseFilter!) { matching(filter: $f) }","variables":{"f":{"near":[{"lon":1e3}]}}}`,
		`{"query":"query($f: CaseFilter!) { matching(filter: $f) }","variables":{"f":{"near":[null]}}}`,
		`{"query":"{ __schema { types { name } } }","extensions":{"persistedQuery":{"sha256Hash":"x"}}}`,
	} {
		f.Add(seed)
	}
	outsider := developer
	outsider.MayIntrospect = nil // the tiny schema runs only a part of introspection
	h := transport.New(tiny.Schema{Fail: fail}, outsider)
	f.Fuzz(func(t *testing.T, body string) {
		if res := serve(h, body); res.Code != 200 && res.Code != 400 {
			t.Errorf("%q: status %d, %s", body, res.Code, res.Body)
		}
	})
}
