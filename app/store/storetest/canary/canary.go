// Package canary looks for words that must not be readable in a store's folder.
package canary

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"
)

// Look fails the test when any of the words stands in any file below dir, in
// its text or its name: as UTF-8, UTF-16, hex or base64, in capitals or not. The
// words should occur nowhere else.
func Look(tb testing.TB, dir string, words ...string) {
	tb.Helper()
	files, sane := 0, false
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		data = append(data, filepath.Base(name)...)
		sane = sane || bytes.Contains(data, []byte("CREATE TABLE consultation"))
		lower := bytes.ToLower(data)
		for _, c := range words {
			for _, f := range encodings(c) {
				if bytes.Contains(data, f.bytes) || f.name != "base64" && bytes.Contains(lower, bytes.ToLower(f.bytes)) {
					tb.Errorf("%q stands in %s as %s", c, filepath.Base(name), f.name)
				}
			}
		}
		return nil
	})
	if err != nil || files == 0 || !sane {
		tb.Fatalf("%d files of a store looked through in %s (%v)", files, dir, err)
	}
}

// form is a word as it may stand in a file.
type form struct {
	name  string
	bytes []byte
}

// encodings are the ways text shows up in files. Base64 is looked for from each
// of the three places it may begin at.
func encodings(c string) []form {
	units := utf16.Encode([]rune(c))
	var le, be []byte
	for _, u := range units {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	out := []form{{"UTF-8", []byte(c)}, {"UTF-16LE", le}, {"UTF-16BE", be}, {"hex", []byte(hex.EncodeToString([]byte(c)))}}
	// The middle of the base64 form, which does not depend on what is around it.
	// A short one would turn up in ciphertext by chance.
	for skip := range 3 {
		e := base64.StdEncoding.EncodeToString(append(make([]byte, skip), c...))
		if len(e) >= 16 {
			out = append(out, form{"base64", []byte(e[4 : len(e)-4])})
		}
	}
	return out
}
