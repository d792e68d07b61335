package generate

import (
	"time"

	"kindred/app/sheet"
)

var (
	surnames = []string{"Abernethy", "Begum", "Chaudhry", "Doyle", "Eriksen", "Fairclough", "Grant", "Holloway", "Ismail", "Jelbert", "Kowalczyk", "Lloyd-Parry", "Mackay", "Naidoo", "O'Neill", "Penhaligon", "Quarshie", "Rahman", "Szabó", "Treharne", "Umeh", "Vaughan", "Whitlock", "Yilmaz", "Núñez"}
	women    = []string{"Amina", "Bernadette", "Chloë", "Dilys", "Elin", "Fiona", "Grace", "Hanna", "Ines", "Joyce", "Khadija", "Lowri", "Marta", "Ngozi", "Olive", "Priya", "Rukhsana", "Siân", "Teresa", "Zofia"}
	men      = []string{"Alun", "Bashir", "Callum", "Dennis", "Emeka", "Farid", "Gwilym", "Hamza", "Ivor", "Jasper", "Kofi", "Liam", "Mehmet", "Neil", "Owain", "Pieter", "Rory", "Stefan", "Tomasz", "Winston"}
	doctors  = []string{"Dr A. Okafor", "Dr R. Pryce", "Dr S. Lindqvist", "Dr M. Achterberg"}
	ethnic   = []string{"White British", "White British", "White British", "Pakistani", "Indian", "Black African", "Black Caribbean", "White Other", "Not stated"}
	ldlTerms = []string{"Serum LDL cholesterol level", "Serum LDL cholesterol level", "Calculated LDL cholesterol level", "Plasma LDL cholesterol level"}
	tcTerms  = []string{"Serum cholesterol level", "Serum total cholesterol level", "Total cholesterol measurement"}
	tgTerms  = []string{"Serum triglycerides level", "Serum triglycerides", "Plasma triglyceride level"}
	statins  = []string{"Atorvastatin 20mg tablets", "Atorvastatin 80mg tablets", "Simvastatin 40mg tablets", "ROSUVASTATIN 10 mg tablets", "Pravastatin 40mg tablets (Teva UK Ltd)", "Fluvastatin 40mg capsules", "Ezetimibe 10mg tablets", "Atorvastatin 40mg and ezetimibe 10mg", "Inegy 10mg/40mg tablets"}
	comments = []string{"Smoker", "Recall in 6 months", "+ve family history, see letter", "=see scanned letter", "- declined statin", "Hard of hearing", "Interpreter: Urdu"}
)

const mgPerMmol, mgPerMmolTG = 38.67, 88.57

// patient makes row i of the list. Some rows carry on purpose what real lists
// carry by accident.
func (g *generator) patient(i int) []sheet.Out {
	row := make([]sheet.Out, len(headings))
	woman := g.chance(0.52)
	born := runOn.AddDate(-18-g.below(68), 0, -g.below(365))
	g.identity(row, i, woman, born)

	inherited := g.chance(0.07) // shaped like FH, so that the list has something to find
	treated := g.chance(0.34)
	tc, ldl, hdl, tg := g.lipids(inherited, treated)
	if i == BadValueRow-HeaderRow-1 {
		ldl = 49
	}
	if i == 63 || i == 301 {
		tc, ldl = 16.2, 13.6
	}
	g.block(row, 7, ldlTerms, ldl, mgPerMmol, 0.9, i)
	g.block(row, 11, tcTerms, tc, mgPerMmol, 0.97, i)
	g.block(row, 15, tgTerms, tg, mgPerMmolTG, 0.9, -1)
	if g.chance(0.5) {
		row[19] = number(round(tc+g.unit()*1.5, 1))
	}
	if g.chance(0.8) {
		row[20] = number(round(hdl, 2))
	}
	g.signs(row, inherited)
	if treated {
		g.treatment(row)
	}
	g.family(row, inherited)
	g.workup(row, inherited)
	g.remarks(row)
	g.faults(row, i)
	return row
}

func (g *generator) identity(row []sheet.Out, i int, woman bool, born time.Time) {
	nhs := g.nhsNumber()
	row[0] = text(nhs[:3] + " " + nhs[3:6] + " " + nhs[6:])
	if i%3 == 0 { // some exports hold the number as a number
		var v float64
		for _, d := range nhs {
			v = v*10 + float64(d-'0')
		}
		row[0] = number(v)
	}
	row[1] = text(g.pick(surnames))
	row[2], row[4] = text(g.pick(men)), text("Male")
	if woman {
		row[2], row[4] = text(g.pick(women)), text("Female")
	}
	if i%7 == 0 {
		row[4] = text(row[4].Text[:1])
	}
	row[3] = day(born)
	if i%5 < 2 { // pasted from another system: text
		row[3] = text(born.Format("02/01/2006"))
	}
	row[5], row[6] = text(g.pick(doctors)), text(g.pick(ethnic))
}

// lipids draws a panel in mmol/L that hangs together by Friedewald.
func (g *generator) lipids(inherited, treated bool) (tc, ldl, hdl, tg float64) {
	ldl = max(0.8, g.bell(3.3, 0.9))
	if inherited {
		ldl = max(4.6, g.bell(6.2, 1.0))
	}
	if treated {
		ldl *= 0.62
	}
	hdl = max(0.5, g.bell(1.4, 0.35))
	tg = max(0.3, g.bell(1.4, 0.6))
	if g.chance(0.03) {
		tg += 4 + g.unit()*8
	}
	ldl, hdl, tg = round(ldl, 1), round(hdl, 2), round(tg, 2)
	return round(ldl+hdl+tg/2.2, 1), ldl, hdl, tg
}

// block writes Code Term, Value, Unit and Date; filled is how often it is there.
func (g *generator) block(row []sheet.Out, at int, terms []string, v, mg, filled float64, i int) {
	if !g.chance(filled) && v < 10 {
		return
	}
	row[at], row[at+1], row[at+2] = text(g.pick(terms)), number(v), text("mmol/L")
	switch {
	case v == 49: // stays as it is
	case v < 0.5:
		row[at+1] = text("<0.5")
	case i >= 0 && i%23 == 5: // sent from an American laboratory
		row[at+1], row[at+2] = number(round(v*mg, 0)), text("mg/dL")
	case i >= 0 && i%41 == 7:
		row[at+1] = text(sheet.FormatNumber(v) + " H")
	case i >= 0 && i%97 == 11:
		row[at+1], row[at+2] = text("Sample haemolysed"), sheet.Out{}
	case i >= 0 && i%59 == 13:
		row[at+2] = sheet.Out{}
	}
	when := g.days(1000)
	row[at+3] = day(when)
	if at == 11 {
		row[at+3] = text(when.Format("02-Jan-2006"))
	}
}

func (g *generator) signs(row []sheet.Out, inherited bool) {
	if g.chance(0.12) {
		row[21] = text("No")
	}
	if inherited && g.chance(0.3) { // recorded as the day it was coded
		row[21] = day(g.days(4000))
	}
	if g.chance(0.05) {
		row[22] = text(g.pick([]string{"No", "N", "not recorded"}))
	}
	if inherited && g.chance(0.15) {
		row[22] = text("Yes")
	}
}

func (g *generator) treatment(row []sheet.Out) {
	row[23] = text(g.pick(statins))
	row[24] = day(g.days(120))
	if g.chance(0.4) {
		row[25] = day(runOn.AddDate(0, 0, -130-g.below(3000)))
	}
}

func (g *generator) family(row []sheet.Out, inherited bool) {
	p := 0.04
	if inherited {
		p = 0.4
	}
	if g.chance(p) {
		row[26] = number(float64(38 + g.below(40)))
	}
	if g.chance(p / 2) {
		row[27] = number(float64(42 + g.below(40)))
	}
	if g.chance(0.03) {
		row[26] = text("No")
	}
}

// workup is how far somebody has already looked into it; for most not at all.
func (g *generator) workup(row []sheet.Out, inherited bool) {
	p := 0.25
	if inherited {
		p = 0.75
	}
	if g.chance(p) {
		row[28] = text(g.pick([]string{"Yes", "Yes", "Yes", "Yes", "No"}))
	}
	if g.chance(p) {
		row[29] = text(g.pick([]string{"Y", "Y", "Y", "N"}))
	}
	if g.chance(p) {
		row[30] = text("Not tested")
	}
	if inherited && g.chance(0.12) {
		row[30] = text(g.pick([]string{"Positive", "VUS", "Negative"}))
	}
	if g.chance(0.01) || inherited && g.chance(0.08) {
		row[31] = text("Yes")
	}
}

func (g *generator) remarks(row []sheet.Out) {
	if g.chance(0.08) {
		row[32] = day(g.days(5000))
	}
	if g.chance(0.15) {
		row[33] = text(g.pick(comments))
	}
}

// faults spoils single rows the way real ones are spoilt.
func (g *generator) faults(row []sheet.Out, i int) {
	nhs := row[0].String()
	switch i {
	case 20, 121, 222, 323: // two digits swapped: the check digit tells
		row[0] = text(swapped(nhs))
	case 44, 345: // a digit lost
		row[0] = text(nhs[:len(nhs)-1])
	case 70, 171, 272: // not recorded
		row[0] = sheet.Out{}
	case 90:
		row[3] = text(runOn.AddDate(0, 4, 3).Format("02/01/2006")) // born next spring
	case 130:
		row[3] = sheet.Out{}
	case 150:
		row[3] = text("31/02/1971")
	case 200:
		row[8] = number(22.5) // can be, but is unusual
	case 240:
		row[4] = text("Indeterminate")
	}
}

// swapped swaps the fifth digit with the next one that differs from it; of a
// number without two such digits it drops the last.
func swapped(nhs string) string {
	b := []byte(nhs)
	at := 4
	for j := at + 1; j < len(b)-1; j++ {
		if b[j] != b[at] && b[j] != ' ' && b[at] != ' ' {
			b[at], b[j] = b[j], b[at]
			return string(b)
		}
	}
	return nhs[:len(nhs)-1]
}

// repeats are rows of people who stand in the list already: the same row again,
// a newer result, and one whose date of birth differs.
func (g *generator) repeats(rows [][]sheet.Out) [][]sheet.Out {
	again := func(i int) []sheet.Out { return append([]sheet.Out(nil), rows[i]...) }
	newer := again(180)
	newer[7], newer[8], newer[9], newer[10] = text(ldlTerms[0]), number(5.6), text("mmol/L"), day(runOn.AddDate(0, 0, -3))
	other := again(260)
	other[3] = text("14/06/1988")
	return [][]sheet.Out{again(33), again(34), newer, other}
}
