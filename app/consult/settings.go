package consult

import (
	"context"
	"encoding/json"
	"fmt"

	"kindred/app/cliniclist"
	"kindred/rules"
)

// Local settings are what the practice and its laboratory do in their own way
// (rules.FactDef.Local). They are kept sealed in the store, every change of one
// goes to the audit trail, and each consultation keeps those it was assessed
// under.

// settingsName is the name they are kept under.
const settingsName = "local settings"

// Settings are the local settings in force now, by fact id: every one the
// dictionary knows, those nobody changed with their default. The map must not be
// changed; it is nil where there are none. The error says why they cannot be
// read; advice is then not given rather than given under another policy.
func (s *Service) Settings() (map[string]string, error) {
	if kept := s.settings.Load(); kept != nil {
		return *kept, nil
	}
	s.setting.Lock() // else what is read here could outlive a change made meanwhile
	defer s.setting.Unlock()
	return s.readSettings()
}

// readSettings is Settings for who holds the lock.
func (s *Service) readSettings() (map[string]string, error) {
	if kept := s.settings.Load(); kept != nil {
		return *kept, nil
	}
	out := map[string]string{}
	for _, f := range s.lib.Dictionary().Settings() {
		out[f.ID] = f.Default
	}
	if len(out) > 0 {
		body, err := s.st.Setting(context.Background(), settingsName)
		if err != nil {
			return nil, fmt.Errorf("the local settings cannot be read: %w", err)
		}
		kept := map[string]string{}
		if body != nil {
			if err := json.Unmarshal(body, &kept); err != nil {
				return nil, fmt.Errorf("the local settings cannot be read: %w", err)
			}
		}
		for id, value := range kept { // what this program does not know is kept, and not used
			if s.lib.Dictionary().CheckSetting(id, value) == nil {
				out[id] = value
			}
		}
	}
	if len(out) == 0 {
		out = nil
	}
	s.settings.Store(&out)
	return out, nil
}

// Set changes a local setting. The audit trail says who changed what from what.
// The error names a setting or value there is not, or says why it was not kept.
func (s *Service) Set(ctx context.Context, id, value string) error {
	if err := s.lib.Dictionary().CheckSetting(id, value); err != nil {
		return err
	}
	f := s.lib.Dictionary().Fact(id)
	s.setting.Lock()
	defer s.setting.Unlock()
	now, err := s.readSettings()
	if err != nil {
		return err
	}
	if now[id] == value {
		return nil
	}
	kept := map[string]string{}
	body, err := s.st.Setting(ctx, settingsName)
	if err == nil && body != nil {
		err = json.Unmarshal(body, &kept)
	}
	if err != nil {
		return fmt.Errorf("the local settings cannot be read: %w", err)
	}
	kept[id] = value
	if body, err = json.Marshal(kept); err != nil {
		return fmt.Errorf("writing the local settings: %w", err)
	}
	detail := fmt.Sprintf("%s (%s): %s, was %s", f.Label, id, f.SettingLabel(value), f.SettingLabel(now[id]))
	if err := s.st.ChangeSetting(ctx, settingsName, body, detail); err != nil {
		return err
	}
	s.settings.Store(nil)
	return nil
}

// localise puts the settings of today under a consultation of today; one of an
// earlier day keeps those it was assessed under (none: the defaults), so that it
// replays exactly.
func (s *Service) localise(c *rules.Case) (err error) {
	if c.Date == s.Today() {
		c.Settings, err = s.Settings()
	}
	return err
}

// Advisor is advice for a clinic list under the local settings in force when it
// is run.
func (s *Service) Advisor(book *rules.Book) cliniclist.Advisor { return localAdvisor{book, s} }

type localAdvisor struct {
	*rules.Book
	service *Service
}

// Settings implements cliniclist.Local.
func (a localAdvisor) Settings() (map[string]string, error) { return a.service.Settings() }
