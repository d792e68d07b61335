package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// WriteFile writes a file whole or not at all: write fills a new file beside it
// under another name, which takes its place only when everything is on disk. On
// any error the new file is removed and what stood at path before still stands.
// The file is readable for its owner alone.
func WriteFile(path string, write func(io.Writer) error) (err error) {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; give the name of a file in it", name)
	}
	f, err := os.CreateTemp(dir, ".kindred-*.part")
	if err != nil {
		return notWritten(name, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close() // closed already when the renaming failed
			if gone := os.Remove(f.Name()); gone != nil && !os.IsNotExist(gone) {
				err = fmt.Errorf("%w (and an unfinished file could not be removed: %s)", err, filepath.Base(f.Name()))
			}
		}
	}()
	b := bufio.NewWriterSize(f, 256<<10)
	for _, step := range []func() error{
		func() error { return write(b) },
		b.Flush, f.Sync, f.Close,
		func() error { return os.Rename(f.Name(), path) },
	} {
		if err := step(); err != nil {
			return notWritten(name, err)
		}
	}
	syncFolder(dir)
	return nil
}

// syncFolder makes the renaming last; where folders cannot be synced there is
// nothing more to be done.
func syncFolder(dir string) {
	if runtime.GOOS == "windows" {
		return
	}
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// notWritten says why, and what to do about it.
func notWritten(name string, err error) error {
	advice := "choose another place"
	reason := cause(err)
	var link *os.LinkError
	if errors.As(err, &link) {
		reason = link.Err
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG):
		reason, advice = noRoomError{reason}, "free some space or choose another disk; nothing was left behind"
	case errors.Is(err, os.ErrNotExist):
		reason, advice = errors.New("its folder is not there"), "make the folder or choose another"
	case errors.Is(err, os.ErrPermission):
		reason, advice = errors.New("this user may not write there, or the file is open in another program"), "close it or choose another folder"
	}
	return fmt.Errorf("%s was not written: %w; %s", name, reason, advice)
}

// noRoomError says the two ways a disk can be full in one sentence, and still is the
// system's error.
type noRoomError struct{ err error }

func (noRoomError) Error() string   { return "the disk is full or the file may not grow any further" }
func (n noRoomError) Unwrap() error { return n.err }
