package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/google/uuid"

	"gridwork/bench/floor"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/graph"
	"gridwork/pg"
)

// reporter sends made-up reports; the same client for the floor and the platform, so that it costs either the same.
type reporter struct {
	http   *http.Client
	places []place
	tips   []demo.Tip
}

type place struct {
	Street string  `db:"street"`
	Lon    float64 `db:"lon"`
	Lat    float64 `db:"lat"`
}

const placesSQL = `select street, st_x(point) as lon, st_y(point) as lat
	from (select street, st_pointonsurface(shape) as point from cells order by md5(code) limit 2000) as drawn`

func newReporter(ctx context.Context, s *stand.Stand, address string) (*reporter, error) {
	db, err := s.Open(ctx, address, 1)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	places, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]place, error) { return pg.All[place](ctx, tx, placesSQL) })
	transport := &http.Transport{MaxIdleConnsPerHost: workers}
	return &reporter{http: &http.Client{Transport: transport}, places: places, tips: demo.Tips()}, err
}

// draw makes up a report that nobody has sent.
func (r *reporter) draw() floor.Report {
	at, tip := r.places[rand.IntN(len(r.places))], r.tips[rand.IntN(len(r.tips))]
	return floor.Report{ID: pg.NewID(), Street: at.Street, Category: tip.Category, Text: tip.Tellings[rand.IntN(len(tip.Tellings))], Lon: at.Lon, Lat: at.Lat}
}

// toFloor sends reports to the floor.
func (r *reporter) toFloor(url string) func(context.Context, int) error {
	return func(ctx context.Context, _ int) error {
		_, err := r.post(ctx, url, nil, r.draw(), []byte(`"number":`))
		return err
	}
}

// toPlatform sends reports as one of the people whose tokens are given, or as nobody.
func (r *reporter) toPlatform(url string, tokens []string) (func(context.Context, int) error, error) {
	hash, ok := graph.DocumentHash("SubmitClue")
	if !ok {
		return nil, fmt.Errorf("there is no trusted document SubmitClue")
	}
	return func(ctx context.Context, worker int) error {
		header := http.Header{"Accept": {"application/graphql-response+json"}}
		if len(tokens) > 0 {
			header.Set("Authorization", "Bearer "+tokens[worker%len(tokens)])
		} else { // from many households: a single one would be slowed down
			header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", rand.IntN(256), rand.IntN(256), rand.IntN(256)))
		}
		report := r.draw()
		_, err := r.post(ctx, url+"/graphql", header, submission(hash, report), []byte(`"repeated":false,"errors":[]`))
		return err
	}, nil
}

// call is a request by trusted document.
type call struct {
	OperationName string     `json:"operationName"`
	Variables     any        `json:"variables"`
	Extensions    extensions `json:"extensions"`
}

type extensions struct {
	PersistedQuery persistedQuery `json:"persistedQuery"`
}

type persistedQuery struct {
	Version int    `json:"version"`
	SHA256  string `json:"sha256Hash"`
}

func calling(operation, hash string, variables any) call {
	return call{operation, variables, extensions{persistedQuery{1, hash}}}
}

type input struct {
	Input any `json:"input"`
}

type tip struct {
	ID       uuid.UUID `json:"id"`
	Text     string    `json:"text"`
	Category string    `json:"category"`
	Position position  `json:"position"`
}

type position struct {
	Lon        float64   `json:"lon"`
	Lat        float64   `json:"lat"`
	Datum      string    `json:"datum"`
	Accuracy   float64   `json:"accuracy"`
	Source     string    `json:"source"`
	Mocked     bool      `json:"mocked"`
	CapturedAt time.Time `json:"capturedAt"`
}

func submission(hash string, r floor.Report) call {
	at := position{Lon: r.Lon, Lat: r.Lat, Datum: "WGS84", Accuracy: 12, Source: "GNSS", CapturedAt: time.Now().UTC()}
	return calling("SubmitClue", hash, input{tip{r.ID, r.Text, r.Category, at}})
}

type credentials struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// signIn opens sessions of the demo city's volunteers.
func (r *reporter) signIn(ctx context.Context, url string, n int) (tokens []string, err error) {
	hash, _ := graph.DocumentHash("SignIn")
	for i := range n {
		body, err := r.post(ctx, url+"/graphql", nil, calling("SignIn", hash, input{credentials{fmt.Sprintf("volunteer.%03d", i+1), demo.Password}}), []byte(`"token"`))
		if err != nil {
			return nil, err
		}
		var answer struct {
			Data struct {
				SignIn struct{ Token string }
			}
		}
		if err := json.Unmarshal(body, &answer); err != nil || answer.Data.SignIn.Token == "" {
			return nil, fmt.Errorf("sign in: %s", body)
		}
		tokens = append(tokens, answer.Data.SignIn.Token)
	}
	return tokens, nil
}

// post fails unless the answer holds what it should.
func (r *reporter) post(ctx context.Context, url string, header http.Header, body any, want []byte) ([]byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	if header != nil {
		request.Header = header
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := r.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || !bytes.Contains(answer, want)) {
		err = fmt.Errorf("%s: %s %s", url, response.Status, answer)
	}
	return answer, err
}
