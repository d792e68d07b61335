package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// The files of a data folder. SQLite adds kindred.db-wal and kindred.db-shm
// while the store is open.
const (
	databaseName = "kindred.db"
	newName      = "kindred.db.new" // a store being created; swept away by the next try
	lockName     = "kindred.lock"
	headName     = "kindred.head"
	aboutName    = "kindred.json"
)

// DefaultDir is the platform's folder for Kindred's data: below %LOCALAPPDATA%
// on Windows, ~/Library/Application Support on macOS, $XDG_DATA_HOME or
// ~/.local/share elsewhere. Nothing is created.
func DefaultDir() (string, error) {
	home, homeErr := os.UserHomeDir()
	switch runtime.GOOS {
	case "windows":
		if d := os.Getenv("LOCALAPPDATA"); d != "" {
			return filepath.Join(d, "Kindred"), nil
		}
	case "darwin":
		if homeErr == nil {
			return filepath.Join(home, "Library", "Application Support", "Kindred"), nil
		}
	default:
		if d := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
			return filepath.Join(d, "kindred"), nil
		}
		if homeErr == nil {
			return filepath.Join(home, ".local", "share", "kindred"), nil
		}
	}
	return "", errors.New("the platform names no folder for programs' data; say where with --data DIR")
}

// Exists reports whether dir holds consultations.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, databaseName))
	return err == nil
}

// About is what the unlock screen may show before anyone has unlocked. It lies
// in the clear beside the database and must never name a patient.
type About struct {
	Practice      string    `json:"practice,omitempty"`
	Demonstration bool      `json:"demonstration,omitempty"`
	LastOpened    time.Time `json:"-"` // zero when never
}

// ReadAbout reads what may be shown of the store in dir while it is locked. A
// missing or damaged description is an empty one: it is only a label.
func ReadAbout(dir string) About {
	var a About
	if data, err := os.ReadFile(filepath.Join(dir, aboutName)); err == nil {
		if json.Unmarshal(data, &a) != nil {
			a = About{}
		}
	}
	if info, err := os.Stat(filepath.Join(dir, lockName)); err == nil {
		a.LastOpened = info.ModTime()
	}
	return a
}

func writeAbout(dir string, a About) error {
	data, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("describing the practice: %w", err)
	}
	return replaceFile(filepath.Join(dir, aboutName), data)
}

// replaceFile writes data under name so that at any moment the old or the new
// content is whole.
func replaceFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// makeFolder makes dir for its owner only. A folder that was there before keeps
// its permissions: it may serve other purposes.
func makeFolder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// touch makes an empty file for its owner only, before SQLite would make it for
// everyone; the log files take over its permissions. An existing one is
// tightened.
func touch(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// tighten takes a file away from group and others, when it exists.
func tighten(name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || runtime.GOOS == "windows" {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return os.Chmod(name, 0o600)
	}
	return nil
}

// syncFolder makes a new name in a folder survive a power cut, where the
// platform has a way to ask for that.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// checkFile refuses a database that SQLite would take for a new, empty one, or
// whose end is missing: neither is noticed by SQLite itself. It must run before
// SQLite opens the file, because closing a second descriptor drops its locks.
func checkFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	info, err := f.Stat()
	if err != nil {
		return err
	}
	var head [100]byte
	if n, err := io.ReadFull(f, head[:]); err != nil {
		return damaged("it holds %d bytes, too few to be one", n)
	}
	if string(head[:16]) != "SQLite format 3\x00" {
		return damaged("it does not begin like a database")
	}
	if binary.BigEndian.Uint32(head[68:]) != applicationID {
		return damaged("it is a SQLite database, but not one of Kindred's")
	}
	if log, err := os.Stat(name + "-wal"); err == nil && log.Size() > 0 {
		return nil // a log that SQLite has yet to replay may make good the difference
	}
	page, pages := int64(binary.BigEndian.Uint16(head[16:])), int64(binary.BigEndian.Uint32(head[28:]))
	if page == 1 {
		page = 65536
	}
	if page < 512 || info.Size() < page*pages {
		return damaged("it holds %d bytes, its first page says %d", info.Size(), page*pages)
	}
	return nil
}

// dsn is the address under which the driver opens name with our settings.
func dsn(name string, pragmas ...string) string {
	p := filepath.ToSlash(name)
	if filepath.VolumeName(name) != "" && !strings.HasPrefix(p, "/") {
		p = "/" + p // file:///C:/…
	}
	u := url.URL{Scheme: "file", Path: p}
	q := url.Values{}
	for _, pragma := range pragmas {
		q.Add("_pragma", pragma)
	}
	u.RawQuery = q.Encode()
	return u.String()
}
