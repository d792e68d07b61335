package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// backupsName is the folder for the copies the store makes by itself. They lie
// on the same disk: they help against a damaged file, not against a lost
// computer.
const (
	backupsName = "backups"
	backupDay   = "2006-01-02T150405"
	backupEvery = 20 * time.Hour // so that it is made once a working day, whenever that begins
)

// BackupFile is a copy that KeepBackup made.
type BackupFile struct {
	Path string
	When time.Time // UTC
	Size int64     // bytes
}

// Backups lists the copies in dir's own backup folder, the newest first.
func Backups(dir string) ([]BackupFile, error) {
	entries, err := os.ReadDir(filepath.Join(dir, backupsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, translate("looking for backups", err)
	}
	var out []BackupFile
	for _, e := range entries {
		when, err := time.Parse(backupDay, strings.TrimSuffix(e.Name(), ".db"))
		if err != nil || !strings.HasSuffix(e.Name(), ".db") {
			continue // somebody else's file
		}
		info, err := e.Info()
		if err != nil {
			return nil, translate("looking for backups", err)
		}
		out = append(out, BackupFile{filepath.Join(dir, backupsName, e.Name()), when, info.Size()})
	}
	slices.SortFunc(out, func(a, b BackupFile) int { return b.When.Compare(a.When) })
	return out, nil
}

// KeepBackup makes a proved copy in the data folder unless the newest is less
// than a working day old, and lets old ones go: it keeps one a day for 12 days,
// then one a week for 10 weeks, then one a month for 9 months. Run it beside
// the window after unlocking; saving goes on meanwhile.
func (s *Store) KeepBackup(ctx context.Context) (made bool, err error) {
	now := s.set.now().UTC()
	have, err := Backups(s.dir)
	if err != nil {
		return false, err
	}
	if len(have) > 0 && now.Sub(have[0].When) < backupEvery && !have[0].When.After(now) {
		return false, nil
	}
	folder := filepath.Join(s.dir, backupsName)
	if err := makeFolder(folder); err != nil {
		return false, translate("making the folder for backups", err)
	}
	path := filepath.Join(folder, now.Format(backupDay)+".db")
	if err := s.Backup(ctx, path); err != nil {
		return false, err
	}
	have = append([]BackupFile{{Path: path, When: now}}, have...)
	for _, old := range superfluous(have) {
		err = errors.Join(err, os.Remove(old.Path))
	}
	return true, translate("letting old backups go", err)
}

// superfluous picks what thinning lets go; files are the newest first.
func superfluous(files []BackupFile) (out []BackupFile) {
	taken := map[string]bool{}
	var days, weeks, months int
	for _, f := range files {
		year, week := f.When.ISOWeek()
		day := f.When.Format("2006-01-02")
		inWeek := fmt.Sprintf("%d-W%d", year, week)
		month := f.When.Format("2006-01")
		keep := false
		switch {
		case days < 12:
			if keep = !taken[day]; keep {
				days++
			}
		case weeks < 10:
			if keep = !taken[inWeek]; keep {
				weeks++
			}
		case months < 9:
			if keep = !taken[month]; keep {
				months++
			}
		}
		if !keep {
			out = append(out, f)
			continue
		}
		taken[day], taken[inWeek], taken[month] = true, true, true
	}
	return out
}

// PutBack replaces the consultations in dir by a backup. What was there, damaged
// or not, is kept in a folder beside it, whose path is returned. The backup is
// proved, with its passphrase, before anything is moved.
func PutBack(backup, dir, passphrase string, now time.Time) (keptAt string, err error) {
	s := newStore(dir, newSettings(nil))
	if err := s.takeLock(); err != nil {
		return "", translate("putting the backup back", err)
	}
	defer func() { err = errors.Join(err, s.release()) }()
	work, err := os.MkdirTemp(dir, ".kindred-restore-*")
	if err != nil {
		return "", translate("putting the backup back", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	proved := filepath.Join(work, "practice")
	if err := Restore(backup, proved, passphrase); err != nil {
		return "", err
	}
	keptAt = filepath.Join(dir, "replaced-"+now.UTC().Format(backupDay))
	if err := os.Mkdir(keptAt, 0o700); err != nil {
		return "", translate("keeping the old file", err)
	}
	for _, f := range []string{databaseName, databaseName + "-wal", databaseName + "-shm", headName} {
		err := os.Rename(filepath.Join(dir, f), filepath.Join(keptAt, f))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return keptAt, translate("keeping the old file", err)
		}
	}
	for _, f := range []string{headName, databaseName} {
		if err := os.Rename(filepath.Join(proved, f), filepath.Join(dir, f)); err != nil {
			return keptAt, translate("putting the backup back", err)
		}
	}
	return keptAt, translate("putting the backup back", syncFolder(dir))
}
