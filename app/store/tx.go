package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"time"
)

// state is what the writer keeps in memory about the end of the file. A
// transaction works on a copy that replaces it only after the commit.
type state struct {
	patients      int64  // highest patient row
	saved         int64  // order of the last save
	seq           int64  // last link of the audit trail
	mac           []byte // and its MAC
	consultations int64  // how many there are
}

// tx is one write transaction. The first error sticks: SQLite may have rolled
// back by itself (disk full), and whatever were executed after that would be
// committed on its own, statement by statement.
type tx struct {
	s     *Store
	ctx   context.Context
	err   error
	state state
	now   time.Time
}

func (t *tx) fail(err error) error {
	if t.err == nil {
		t.err = err
	}
	return t.err
}

func (t *tx) exec(query string, args ...any) error {
	if t.err != nil {
		return t.err
	}
	stmt, err := t.s.prepare(t.ctx, query) //nolint:sqlclosecheck // kept for the connection's life
	if err != nil {
		return t.fail(err)
	}
	if _, err := stmt.ExecContext(t.ctx, args...); err != nil {
		return t.fail(err)
	}
	return nil
}

// row reads one row into dest; found is false when there is none.
func (t *tx) row(query string, args []any, dest ...any) (found bool, err error) {
	if t.err != nil {
		return false, t.err
	}
	stmt, err := t.s.prepare(t.ctx, query) //nolint:sqlclosecheck // kept for the connection's life
	if err != nil {
		return false, t.fail(err)
	}
	switch err := stmt.QueryRowContext(t.ctx, args...).Scan(dest...); {
	case err == nil:
		return true, nil
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	default:
		return false, t.fail(err)
	}
}

// write runs fn in one transaction on the one writing connection. When fn, a
// statement or the commit fails, everything is rolled back, the connection is
// thrown away and the next write begins on a fresh one.
func (s *Store) write(ctx context.Context, doing string, fn func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed.Load() {
		return ErrClosed
	}
	// Once begun, a save is finished: cancelling in the middle of it would
	// leave the user not knowing whether it was kept.
	ctx = context.WithoutCancel(ctx)
	if s.conn == nil {
		if err := s.connect(ctx); err != nil {
			return translate(doing, err)
		}
	}
	t := &tx{s: s, ctx: ctx, state: s.state, now: s.set.now().UTC()}
	if _, err := s.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		s.disconnect()
		return translate(doing, err)
	}
	err := fn(t)
	if err == nil {
		err = t.err
	}
	if err == nil {
		_, err = s.conn.ExecContext(ctx, "COMMIT")
		if err != nil {
			t.err = err
		}
	}
	if err != nil {
		if _, rerr := s.conn.ExecContext(ctx, "ROLLBACK"); t.err != nil || rerr != nil {
			s.disconnect()
		}
		return translate(doing, err)
	}
	s.state = t.state
	s.head.write(s.keys, s.uid, s.state)
	return nil
}

// connect opens the writing connection and reads where the file ends.
func (s *Store) connect(ctx context.Context) error {
	conn, err := s.rw.Conn(ctx)
	if err != nil {
		return err
	}
	s.conn, s.stmts = conn, map[string]*sql.Stmt{}
	st, err := readState(ctx, conn)
	if err != nil {
		s.disconnect()
		return err
	}
	s.state = st
	return nil
}

func readState(ctx context.Context, q queryer) (state, error) {
	var st state
	err := q.QueryRowContext(ctx, `SELECT
		(SELECT coalesce(max(id), 0) FROM patient),
		max((SELECT coalesce(max(saved), 0) FROM consultation), (SELECT coalesce(max(saved), 0) FROM draft)),
		(SELECT coalesce(max(seq), 0) FROM audit),
		coalesce((SELECT mac FROM audit ORDER BY seq DESC LIMIT 1), zeroblob(32)),
		(SELECT count(*) FROM consultation)`).
		Scan(&st.patients, &st.saved, &st.seq, &st.mac, &st.consultations)
	return st, err
}

// disconnect throws the writing connection away, whatever state it is in.
func (s *Store) disconnect() {
	if s.conn == nil {
		return
	}
	for _, stmt := range s.stmts {
		stmt.Close() //nolint:errcheck // the connection goes with it
	}
	// Telling the pool that the connection is bad makes it close it for good.
	s.conn.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // that is the error
	s.conn.Close()                                           //nolint:errcheck // already closed
	s.conn, s.stmts = nil, nil
}

func (s *Store) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := s.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, query)
	if err == nil {
		s.stmts[query] = stmt
	}
	return stmt, err
}
