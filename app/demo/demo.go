// Package demo sets up the demonstration practice: a store of its own with
// invented patients, to try the program on. Its passphrase is no secret.
//
// Everybody in patients.json is made up, and every NHS number lies in the range
// that is never given to anyone (999).
package demo

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/store"
	"kindred/rules"
)

const (
	// Passphrase opens the demonstration practice; the unlock screen shows it.
	Passphrase = "kindred demonstration"
	// Practice is its name.
	Practice = "Riverside Surgery (demonstration)"
	// Author is who works there.
	Author = "Dr A. Okafor"
)

//go:embed patients.json
var patientsFile []byte

// patient is an entry of patients.json. Case is a kindred.case/1 without date
// and patient, in which "@-21" stands for 21 days before the consultation.
type patient struct {
	Story    string           `json:"story"`
	Identity consult.Identity `json:"identity"`
	Draft    bool             `json:"draft"`
	// Own are the relatives with a consultation of their own, by their id in the
	// case: who they are.
	Own  map[string]consult.Identity `json:"own"`
	Case json.RawMessage             `json:"case"`
}

// Dir is the folder of the demonstration practice within a data folder; an
// empty dataDir means the platform's.
func Dir(dataDir string) (string, error) {
	if dataDir == "" {
		var err error
		if dataDir, err = store.DefaultDir(); err != nil {
			return "", err
		}
	}
	return filepath.Join(dataDir, "demonstration"), nil
}

// Ensure makes the demonstration practice in dir unless it is there already,
// and leaves it locked. It is made aside and put in place when it is whole. It
// takes about a second, most of it for the passphrase.
func Ensure(ctx context.Context, lib *rules.Library, dir string, now func() time.Time) (err error) {
	if store.Exists(dir) {
		return nil
	}
	if now == nil {
		now = time.Now
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return fmt.Errorf("making the folder for the demonstration practice: %w", err)
	}
	work, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+"-*")
	if err != nil {
		return fmt.Errorf("making the folder for the demonstration practice: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	aside := filepath.Join(work, "practice")
	st, _, err := store.Create(aside, Passphrase,
		store.WithAbout(store.About{Practice: Practice, Demonstration: true}), store.WithAuthor(Author), store.WithNow(now))
	if err != nil {
		return fmt.Errorf("setting up the demonstration practice: %w", err)
	}
	if err := errors.Join(furnish(ctx, lib, st, now), st.Close()); err != nil {
		return fmt.Errorf("setting up the demonstration practice: %w", err)
	}
	// An empty folder may be there: somebody chose it. Anything else is theirs.
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("the demonstration practice needs the folder %s, which holds other files: %w", dir, err)
	}
	return os.Rename(aside, dir)
}

// furnish enters everybody, one every twenty minutes up to now, the first of
// the file last, so that it stands on top of the list.
func furnish(ctx context.Context, lib *rules.Library, st *store.Store, now func() time.Time) error {
	patients, err := readPatients()
	if err != nil {
		return err
	}
	clock := now()
	svc := consult.New(lib, st, func() time.Time { return clock })
	for i := len(patients) - 1; i >= 0; i-- {
		clock = now().Add(-time.Duration(i) * 20 * time.Minute)
		r, err := record(svc, lib, patients[i])
		if err != nil {
			return fmt.Errorf("patients.json, %q: %w", patients[i].Story, err)
		}
		save := svc.Save
		if patients[i].Draft {
			save = svc.SaveDraft
		}
		if err := save(ctx, r); err != nil {
			return fmt.Errorf("patients.json, %q: %w", patients[i].Story, err)
		}
		for _, person := range slices.Sorted(maps.Keys(patients[i].Own)) {
			if err := relative(ctx, svc, r, person, patients[i].Own[person]); err != nil {
				return fmt.Errorf("patients.json, %q, %s: %w", patients[i].Story, person, err)
			}
		}
	}
	return nil
}

// relative opens a relative's own consultation and says who that is.
func relative(ctx context.Context, svc *consult.Service, r *consult.Record, person string, id consult.Identity) error {
	p, err := svc.ProposeRelative(r, person, consult.Carry{})
	if err != nil {
		return err
	}
	own, err := svc.OpenRelative(ctx, r, p)
	if err != nil {
		return err
	}
	own.Identity, own.Author = id, Author
	return svc.Save(ctx, own)
}

func readPatients() ([]patient, error) {
	var patients []patient
	if err := json.Unmarshal(patientsFile, &patients); err != nil {
		return nil, fmt.Errorf("patients.json: %w", err)
	}
	return patients, nil
}

var daysAgo = regexp.MustCompile(`"@-(\d+)"`)

func record(svc *consult.Service, lib *rules.Library, p patient) (*consult.Record, error) {
	r := svc.Start(p.Identity)
	today, ok := identity.Time(svc.Today())
	if !ok {
		return nil, errors.New("the clock shows no day")
	}
	text := daysAgo.ReplaceAllFunc(p.Case, func(m []byte) []byte {
		n, err := strconv.Atoi(string(m[3 : len(m)-1]))
		if err != nil {
			return m // more days than there are; ParseCase will say
		}
		return []byte(`"` + string(identity.Day(today.AddDate(0, 0, -n))) + `"`)
	})
	c, err := rules.ParseCase(text, lib.Dictionary())
	if err != nil {
		return nil, err
	}
	c.Date, c.Patient = r.Case.Date, r.Case.Patient
	if c.Asked == nil {
		c.Asked = map[string]int{}
	}
	for i := range c.People {
		if c.People[i].Facts == nil {
			c.People[i].Facts = map[string]rules.Answer{}
		}
	}
	r.Case, r.Author, r.Notes = *c, Author, p.Story
	r.ApplyIdentity()
	return r, nil
}
