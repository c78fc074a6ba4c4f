package pg

import "context"

// Begin opens a transaction that end rolls back: for tests that take it all back, and for questions asked of a
// transaction without an answer to keep. Everything else goes through Read and Write.
func (db *DB) Begin(ctx context.Context) (tx *Tx, end func(), err error) {
	conn, err := db.acquire(ctx)
	if err != nil {
		return nil, nil, err
	}
	tx, err = db.begin(ctx, conn.Conn(), "begin")
	if err != nil {
		conn.Release()
		return nil, nil, err
	}
	return tx, func() { tx.rollback(); conn.Release() }, nil
}
