package server

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"gridwork/tasks"
)

// probeTime bounds a question about health: an answer that comes later is a no.
const probeTime = 2 * time.Second

// lateDeadline is how late the oldest deadline may be before it is an alarm: keepers look every second.
const lateDeadline = 5 * time.Second

// health is what /readyz answers. Redis away is degraded, not unready: submissions are taken and timers fire without it.
// Neither are late deadlines a reason to send people elsewhere: they say that no keeper works, and that is to be watched.
type health struct {
	Ready     bool   `json:"ready"`
	Postgres  string `json:"postgres"` // ok, away
	Redis     string `json:"redis"`
	Deadlines string `json:"deadlines"` // ok, late, or unknown while Postgres is away
}

func (p *Process) health(ctx context.Context) health {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	h := health{Postgres: "ok", Redis: "ok", Deadlines: "ok"}
	switch late, err := tasks.Overdue(ctx, p.DB); {
	case err != nil:
		h.Postgres, h.Deadlines = "away", "unknown"
	case late > lateDeadline:
		h.Deadlines = "late"
	}
	if err := p.Redis.Ping(ctx).Err(); err != nil {
		h.Redis = "away"
	}
	h.Ready = h.Postgres == "ok"
	return h
}

// alive answers as long as the process can answer at all.
func alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte("{\"alive\":true}\n"))
}

func (p *Process) ready(w http.ResponseWriter, r *http.Request) {
	h := p.health(r.Context())
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !h.Ready {
		w.Header().Set("Retry-After", "2")
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(h)
}

// metrics collects what the process itself tells; the background work adds its own.
func (p *Process) metrics() *prometheus.Registry {
	r := prometheus.NewRegistry()
	gauge := func(name, help string, value func() float64) {
		r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
	}
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	gauge("gridwork_db_connections_in_use", "Connections to Postgres in use.", func() float64 { return float64(p.DB.Stat().AcquiredConns()) })
	gauge("gridwork_db_connections_max", "Size of the pool.", func() float64 { return float64(p.DB.Stat().MaxConns()) })
	gauge("gridwork_cells", "Cells of the grid in memory.", func() float64 { return float64(p.Atlas().Len()) })
	return r
}
