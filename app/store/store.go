package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
)

// Store is an unlocked consultations file. Its methods may be called from any
// goroutine; writes take turns.
type Store struct {
	dir  string
	set  settings
	lock *flock.Flock
	keys *keys
	uid  []byte
	head *head

	rw, ro  *sql.DB
	closed  atomic.Bool
	nextID  atomic.Int64 // last consultation row given out
	notices []string
	reading sync.RWMutex // held by readers; Close waits for them before it forgets the keys

	life context.Context // ends when Close begins, so that long readings give up
	end  context.CancelFunc

	mu    sync.Mutex // one writer at a time; guards what follows
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	state state
}

// settings are what the options set.
type settings struct {
	about                          About
	author, account, host, program string
	now                            func() time.Time
	acceptOlder                    bool
}

// Option changes how a store is created or opened.
type Option func(*settings)

// WithAuthor names who works with the store, for the audit trail.
func WithAuthor(name string) Option { return func(s *settings) { s.author = name } }

// WithProgram names program and version, for the audit trail.
func WithProgram(name string) Option { return func(s *settings) { s.program = name } }

// WithAbout says what the unlock screen may show; only Create keeps it.
func WithAbout(a About) Option { return func(s *settings) { s.about = a } }

// WithNow replaces the clock, for tests.
func WithNow(now func() time.Time) Option { return func(s *settings) { s.now = now } }

// AcceptOlder opens a file that is older than when it was last closed, as it
// is, after the user was told (ErrOlder). The audit trail notes it.
func AcceptOlder() Option { return func(s *settings) { s.acceptOlder = true } }

func newSettings(opts []Option) settings {
	s := settings{now: time.Now, program: "kindred"}
	if u, err := user.Current(); err == nil {
		s.account = u.Username
	}
	s.host, _ = os.Hostname() // an audit trail without the machine's name is still one
	for _, o := range opts {
		o(&s)
	}
	return s
}

func newStore(dir string, set settings) *Store {
	s := &Store{dir: dir, set: set}
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// untilClosed is ctx, ended early when the store is closed.
func (s *Store) untilClosed(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(s.life, cancel)
	return ctx, func() { stop(); cancel() }
}

// Open unlocks the store in dir with its passphrase. Errors: ErrMissing,
// ErrWrongPassphrase, ErrInUse, ErrDamaged, ErrOlder (see AcceptOlder),
// ErrNewer, ErrReadOnly.
func Open(dir, passphrase string, opts ...Option) (*Store, error) {
	return open(dir, slotPassphrase, canonical(passphrase), opts)
}

// OpenWithRecovery unlocks the store in dir with the printed code and gives it
// a new passphrase; the code stays valid. Errors: as Open, and ErrRecoveryTyped,
// ErrWrongRecovery, ErrWeakPassphrase.
func OpenWithRecovery(dir, code, newPassphrase string, opts ...Option) (*Store, error) {
	secret, err := parseRecovery(code)
	if err != nil {
		return nil, err
	}
	if err := checkPassphrase(newPassphrase); err != nil {
		return nil, err
	}
	s, err := open(dir, slotRecovery, secret, opts)
	if err != nil {
		return nil, err
	}
	if err := s.setPassphrase(context.Background(), newPassphrase); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func open(dir, kind string, secret []byte, opts []Option) (st *Store, err error) {
	defer clear(secret)
	s := newStore(dir, newSettings(opts))
	defer func() {
		if err != nil {
			err = errors.Join(translate("opening "+dir, err), s.release())
		}
	}()
	name := filepath.Join(dir, databaseName)
	if !Exists(dir) {
		return nil, ErrMissing
	}
	if err := s.takeLock(); err != nil {
		return nil, err
	}
	for _, f := range []string{databaseName, databaseName + "-wal", databaseName + "-shm", headName, aboutName} {
		if err := tighten(filepath.Join(dir, f)); err != nil {
			return nil, err
		}
	}
	if err := checkFile(name); err != nil {
		return nil, err
	}
	if err := s.openPools(); err != nil {
		return nil, err
	}
	if err := s.unlock(kind, secret); err != nil {
		return nil, err
	}
	if err := s.openHead(); err != nil {
		return nil, err
	}
	ctx := context.Background()
	notices, err := s.checkTrail(ctx)
	if errors.Is(err, ErrOlder) && s.set.acceptOlder {
		notices, err = append(notices, "The consultations are older than when they were last closed, and were opened as they are."), nil
	}
	if err != nil {
		return nil, err
	}
	s.notices = notices
	if err := s.readNextID(ctx); err != nil {
		return nil, err
	}
	act := map[string]string{slotPassphrase: ActUnlocked, slotRecovery: ActRecovered}[kind]
	err = s.write(ctx, "writing the audit trail", func(t *tx) error {
		for _, n := range notices {
			if err := t.audit(Event{Action: ActNoticed, Detail: n}); err != nil {
				return err
			}
		}
		return t.audit(Event{Action: act})
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// unlock brings the file to the current layout and its master key to memory.
func (s *Store) unlock(kind string, secret []byte) error {
	ctx := context.Background()
	conn, err := s.rw.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // goes back to the pool
	version, err := schemaVersion(ctx, conn)
	if err != nil {
		return err
	}
	steps, err := migrations(schemaFiles)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return migrate(ctx, conn, version, steps) // refuses it
	}
	if s.uid, err = readUID(ctx, conn); err != nil {
		return err
	}
	sl, err := readSlot(ctx, conn, kind)
	if err != nil {
		return err
	}
	master, err := sl.open(secret, s.uid)
	if errors.Is(err, errSecret) {
		if kind == slotRecovery {
			return ErrWrongRecovery
		}
		return ErrWrongPassphrase
	}
	if err != nil {
		return err
	}
	if s.keys, err = newKeys(master); err != nil {
		return err
	}
	if version < len(steps) {
		before := filepath.Join(s.dir, fmt.Sprintf("before-layout-%d.db", len(steps)))
		if err := vacuumInto(ctx, conn, before); err != nil {
			return fmt.Errorf("keeping a copy before the layout changes: %w", err)
		}
	}
	return migrate(ctx, conn, version, steps)
}

func (s *Store) takeLock() error {
	name := filepath.Join(s.dir, lockName)
	l := flock.New(name, flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if err != nil {
		return err
	}
	if !ok {
		return ErrInUse
	}
	s.lock = l
	now := s.set.now()
	return os.Chtimes(name, now, now) // the unlock screen's "last opened"
}

// openPools opens one writing and several reading connections on the file.
func (s *Store) openPools() error {
	name := filepath.Join(s.dir, databaseName)
	common := []string{"busy_timeout(5000)", "temp_store(MEMORY)", "trusted_schema(OFF)", "cell_size_check(ON)"}
	var err error
	s.rw, err = sql.Open("sqlite", dsn(name, append([]string{
		"journal_mode(WAL)", "synchronous(FULL)", "secure_delete(ON)", "foreign_keys(ON)", "cache_size(-16000)",
	}, common...)...))
	if err != nil {
		return err
	}
	s.rw.SetMaxOpenConns(1)
	if s.ro, err = sql.Open("sqlite", dsn(name, append([]string{"query_only(ON)"}, common...)...)); err != nil {
		return err
	}
	s.ro.SetMaxOpenConns(max(2, runtime.NumCPU()))
	return nil
}

func (s *Store) openHead() error {
	h, err := openHead(filepath.Join(s.dir, headName))
	s.head = h
	return err
}

func (s *Store) openFiles() error {
	if err := s.openPools(); err != nil {
		return err
	}
	return s.openHead()
}

func (s *Store) readNextID(ctx context.Context) error {
	var last int64
	err := s.ro.QueryRowContext(ctx, `SELECT max(
		(SELECT coalesce(max(id), 0) FROM consultation),
		(SELECT coalesce(max(consultation), 0) FROM draft))`).Scan(&last)
	s.nextID.Store(last)
	return err
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Notices are sentences about the file that the user should read once: a clock
// that went back, a witness file that was missing.
func (s *Store) Notices() []string { return s.notices }

// Count is how many consultations there are.
func (s *Store) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return int(s.state.consultations)
}

// Close locks the store: it notes it in the audit trail, empties SQLite's log
// into the file, forgets the keys and lets other windows in. Closing twice is
// harmless.
func (s *Store) Close() error {
	if s.closed.Load() {
		return nil
	}
	s.end()
	err := s.write(context.Background(), "locking", func(t *tx) error { return t.audit(Event{Action: ActLocked}) })
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed.Swap(true) {
		return nil
	}
	s.reading.Lock() // never unlocked: the store is gone
	s.disconnect()
	err = errors.Join(err, s.ro.Close())
	if _, cerr := s.rw.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); cerr != nil {
		err = errors.Join(err, translate("emptying the log", cerr))
	}
	return errors.Join(err, s.release())
}

// release closes and forgets whatever is open.
func (s *Store) release() error {
	var errs []error
	s.end()
	s.disconnect()
	for _, db := range []*sql.DB{s.ro, s.rw} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	errs = append(errs, s.head.close())
	if s.keys != nil {
		s.keys.wipe()
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Unlock())
	}
	return errors.Join(errs...)
}
