package sheet

import (
	"fmt"
	"math"
	"time"
)

// The 1900 system counts a 29 February 1900 that never was (serial 60), so
// days before March 1900 start one day later than the rest.
var (
	epoch1900  = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	epochEarly = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
)

// days1904 is the distance between the two day counts of Excel.
const days1904 = 1462

// maxSerial is 31 December 9999, the last day a spreadsheet knows.
const maxSerial = 2_958_465

// DateOf gives the day and time of a serial of the 1900 system; ok is false for
// what is no day of a spreadsheet (negative, past 9999, serial 0 or 60).
func DateOf(serial float64) (t time.Time, ok bool) {
	if !(serial >= 1 && serial < maxSerial+1) {
		return time.Time{}, false
	}
	day := math.Floor(serial)
	if day == 60 {
		return time.Time{}, false
	}
	base := epoch1900
	if day < 60 {
		base = epochEarly
	}
	seconds := math.Round((serial - day) * 86400)
	return base.AddDate(0, 0, int(day)).Add(time.Duration(seconds) * time.Second), true
}

// SerialOf gives the serial of the 1900 system for a day from 1 March 1900 on.
func SerialOf(t time.Time) float64 {
	t = t.UTC()
	return t.Sub(epoch1900).Hours() / 24
}

// FormatDate writes a serial as 2006-01-02, with the time when it has one.
func FormatDate(serial float64) string {
	t, ok := DateOf(serial)
	if !ok {
		return FormatNumber(serial)
	}
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04:05")
}

func formatTime(fraction float64) string {
	s := int64(math.Round(fraction * 86400))
	sign := ""
	if s < 0 {
		sign, s = "-", -s
	}
	return fmt.Sprintf("%s%02d:%02d:%02d", sign, s/3600, s/60%60, s%60)
}

// isoSerial reads the ISO dates that some programs write into cells of type d.
func isoSerial(text string) (float64, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, text); err == nil {
			s := SerialOf(t)
			if s < 61 { // before March 1900 the serials are one less
				s--
			}
			if s < 1 || s > maxSerial+1 {
				return 0, false
			}
			return s, true
		}
	}
	return 0, false
}
