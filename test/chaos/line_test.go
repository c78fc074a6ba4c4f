//go:build chaos

package chaos

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

// toxic is one way in which a line is bad.
type toxic struct {
	Name       string         `json:"name"`
	Type       string         `json:"type"`
	Stream     string         `json:"stream"`
	Toxicity   float32        `json:"toxicity"` // the share of connections that it meets
	Attributes map[string]any `json:"attributes"`
}

// slow, thin, torn and dark are the weathers that come by in turn: each of them alone, and all of them together.
var (
	slow = toxic{"slow", "latency", "downstream", 1, map[string]any{"latency": 400, "jitter": 300}}                          // milliseconds
	thin = toxic{"thin", "bandwidth", "upstream", 1, map[string]any{"rate": 8}}                                              // kB/s
	torn = toxic{"torn", "reset_peer", "downstream", 0.4, map[string]any{"timeout": 700}}                                    // after so many milliseconds
	lost = toxic{"lost", "limit_data", "downstream", 0.3, map[string]any{"bytes": 120}}                                      // an answer that breaks off
	dark = toxic{"dark", "timeout", "upstream", 0.7, map[string]any{"timeout": 0}}                                           // nothing goes through, nobody says so
	bits = toxic{"bits", "slicer", "upstream", 1, map[string]any{"average_size": 300, "size_variation": 200, "delay": 2000}} // microseconds between

	weathers = [][]toxic{{slow}, {torn}, {thin, bits}, {dark}, {lost, slow}, {}, {slow, thin, torn, lost, bits}}
)

// line is what lies between handhelds and the server.
type line struct {
	t     *testing.T
	proxy *toxiproxy.Proxy
	url   string
	now   []toxic
}

func (p *platform) line() *line {
	p.t.Helper()
	zerolog.SetGlobalLevel(zerolog.Disabled) // it tells of every byte
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	proxy := toxiproxy.NewProxy(server, "line", "127.0.0.1:0", strings.TrimPrefix(p.url, "http://"))
	if err := proxy.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(proxy.Stop)
	return &line{t: p.t, proxy: proxy, url: "http://" + proxy.Listen}
}

// turn changes the weather. Connections that are under way meet it too.
func (l *line) turn(weather ...toxic) {
	l.t.Helper()
	for _, was := range l.now {
		if err := l.proxy.Toxics.RemoveToxic(l.t.Context(), was.Name); err != nil {
			l.t.Fatal(err)
		}
	}
	l.now = weather
	for _, next := range weather {
		text, err := json.Marshal(next)
		if err == nil {
			_, err = l.proxy.Toxics.AddToxicJson(bytes.NewReader(text))
		}
		if err != nil {
			l.t.Fatal(fmt.Errorf("%s: %w", next.Name, err))
		}
	}
}
