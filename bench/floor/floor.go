// Package floor is what the platform's figures are compared with: the least that a service can do which keeps a promise.
// One bare net/http handler reads a report in JSON and inserts one row with pgx, durably, into a table with three
// indexes like those that a clue cannot do without: its id, its number, its place in the street's queue.
package floor

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

const schemaSQL = `create table reports (
	id uuid primary key,
	number bigint generated always as identity unique,
	street text collate "C" not null,
	category text collate "C",
	text text not null,
	lon double precision not null,
	lat double precision not null,
	submitted_at timestamptz not null
);
create index reports_queue on reports (street, submitted_at, id)`

const insertSQL = `insert into reports (id, street, category, text, lon, lat, submitted_at)
	values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing returning number`

// Report is what is sent.
type Report struct {
	ID       uuid.UUID `json:"id"`
	Street   string    `json:"street"`
	Category string    `json:"category"`
	Text     string    `json:"text"`
	Lon      float64   `json:"lon"`
	Lat      float64   `json:"lat"`
}

// Receipt is what is answered.
type Receipt struct {
	Number int64 `json:"number"`
}

// Prepare makes the table in an empty database.
func Prepare(ctx context.Context, db *pgxpool.Pool) error {
	_, err := db.Exec(ctx, schemaSQL)
	return err
}

// Handler inserts each report that it is sent.
func Handler(db *pgxpool.Pool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var report Report
		if err := json.NewDecoder(r.Body).Decode(&report); err != nil {
			http.Error(w, "malformed", http.StatusBadRequest)
			return
		}
		var receipt Receipt
		err := db.QueryRow(r.Context(), insertSQL, report.ID, report.Street, report.Category, report.Text, report.Lon, report.Lat,
			time.Now()).Scan(&receipt.Number)
		if err != nil {
			http.Error(w, "store", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(receipt)
	})
}
