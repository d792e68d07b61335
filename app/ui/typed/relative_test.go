package typed

import (
	"testing"

	"kindred/rules"
)

func TestARelativeInOneLine(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	reader := NewRelativeReader(lib.Dictionary())
	for line, want := range map[string]string{
		"71":                                  "71 years",
		"d66, mi 54":                          "died, 66 years · heart attack, 54 years",
		"66 died, heart attack at 54":         "died, 66 years · heart attack, 54 years",
		"Dead 80s; bowel cancer before 60":    "died, 80 to 89 years · bowel cancer, below 60 years",
		"alive 48 womb 45 confirmed":          "alive, 48 years · womb cancer, 45 years, confirmed",
		"70, colon ca 62, stroke ?":           "70 years · bowel cancer, 62 years · stroke, age not known",
		"54 chol 7.8, LDL 5.2":                "54 years · TC 7.8 mmol/L · LDL 5.2 mmol/L",
		"no heart attack, angina in his 50s":  "no heart attack · coronary heart disease, 50 to 59 years",
		"heart attack":                        "heart attack, age not known",
		"lung cancer 70 hearsay":              "another cancer, 70 years, hearsay",
		"d. 66":                               "died, 66 years",
		"?":                                   "age not known",
		"chol 313 mg/dL":                      "TC 8.09 mmol/L",
		"71, not quite well":                  "!“not quite well” is not understood",
		"kidney 60":                           "!“kidney 60” is not understood",
		"71 72":                               "!two ages: 71 years and 72 years",
		"chol 49":                             "!TC 49: enter it in its own box below",
		"prostate 70":                         "!prostate cancer cannot be recorded in somebody recorded female",
		"":                                    "",
		"bowel 1990":                          "!bowel cancer: write the age then, or the year of birth before it",
		"b 1936, mi 1990":                     "89 to 90 years · heart attack, 53 to 54 years",
		"born 1936 died 1999":                 "died, 62 to 63 years",
		"d. 1999":                             "died",
		"d66, b 1936":                         "died, 66 years",
		"late fifties, mi in her mid-forties": "55 to 59 years · heart attack, 43 to 47 years",
		"don't know":                          "age not known",
		"about 45":                            "43 to 47 years",
		"died in his teens":                   "died, 13 to 19 years",
		"60ish; bowel cancer 45 and bowel cancer 60": "58 to 62 years · bowel cancer, 45 years · another bowel cancer, 60 years",
		"another bowel cancer 60":                    "another bowel cancer, 60 years",
		"f 12":                                       "12 years · female",
		"boy, 8":                                     "8 years · male",
		"called Ann Lee, 41":                         "Ann Lee · 41 years",
		"adopted out":                                "adopted out",
		"54 no children infertile":                   "54 years · no children, infertility",
		"x3":                                         "3 people",
		"38, miscarriage":                            "!“miscarriage” is not understood",
		"called Zoë 41":                              "Zoë · 41 years",
		"pregnancy":                                  "pregnancy",
	} {
		got := reader.Read(line, "female", today)
		echo := got.Echo
		if got.State == Unreadable {
			echo = "!" + echo
		}
		if echo != want {
			t.Errorf("%q: %q, want %q", line, echo, want)
		}
	}
}

func TestWhatAFamilyMayHaveMeantIsAskedUntilItIsConfirmed(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	reader := NewRelativeReader(lib.Dictionary())
	for line, doubts := range map[string]int{
		"d66, stomach 60":        1,
		"stomach 60 confirmed":   0,
		"no stomach cancer":      0,
		"womb 45, ovary 50":      2,
		"bowel 50":               0,
		"71, not quite well":     0,
		"gastric ca 50s hearsay": 1,
	} {
		if got := reader.Read(line, "female", "2026-11-23").Doubts; len(got) != doubts {
			t.Errorf("%q: %d doubts %q, wanted %d", line, len(got), got, doubts)
		}
	}
}
