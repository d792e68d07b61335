package lipid

import (
	"errors"
	"fmt"
)

// intensityTable is the treatment table whose percentage falls the bands of
// intensity.csv are about.
const intensityTable = "nice_percent"

// Intensity is how strongly a statin at a dose lowers LDL cholesterol, in
// NICE's words.
type Intensity struct {
	Name        string // "high-intensity"
	FromPercent float64
	Source      string
}

func (t *Tables) addIntensity(row []string) error {
	from, err := positive(row[1])
	if err != nil {
		return err
	}
	if row[2] == "" {
		return errors.New("no source")
	}
	if n := len(t.intensities); n > 0 && from <= t.intensities[n-1].FromPercent {
		return fmt.Errorf("the bands must rise; %g comes after %g", from, t.intensities[n-1].FromPercent)
	}
	t.intensities = append(t.intensities, Intensity{row[0], from, row[2]})
	return nil
}

// Intensity is the band of a statin at its dose; ok is false for other drugs
// and for doses that the table of percentage falls has not.
func (t *Tables) Intensity(d Dose) (Intensity, bool) {
	e, known := t.effects[effectKey{intensityTable, d.Drug, d.DoseMG}]
	if !known || d.Class != "statin" {
		return Intensity{}, false
	}
	const rounding = 1e-9 // 1 − 0.59 is not quite 41 %
	var out Intensity
	for _, band := range t.intensities {
		if fall := (1 - e.Remaining) * 100; fall+rounding >= band.FromPercent {
			out = band
		}
	}
	return out, out.Name != ""
}
