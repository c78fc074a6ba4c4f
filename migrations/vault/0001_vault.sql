-- +goose Up
-- Who reported a clue, sealed to a public key whose private half no server holds.
-- The application may add a row; nobody but the vault's own role may read one.
create table sealed_reporters (
  clue_id   uuid primary key,
  kind      text not null,               -- anonymous, volunteer, hotline, grid_worker, machine
  sealed    bytea,                       -- HPKE (X25519, HKDF-SHA256, ChaCha20-Poly1305); null: nothing was told
  sealed_at timestamptz not null
);
