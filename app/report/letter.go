package report

import (
	"fmt"
	"strings"

	"kindred/app/about"
	"kindred/app/identity"
	"kindred/rules"
)

// Letter is a one-page A4 letter about one assessment: who the patient is, the
// advice, the criteria with their sources, what is missing, and which edition
// of the rules was used. It is a PDF, byte for byte the same for the same
// input. Where the page is too short for every reason it says that it was
// shortened, and drops pictures and results before reasons, reasons before
// criteria and criteria before advice.
func Letter(patient Patient, adv *rules.Advice, opts Options) ([]byte, error) {
	if adv == nil || len(adv.Areas) == 0 {
		return nil, fmt.Errorf("there is no advice to write a letter about; assess the patient first")
	}
	if opts.Date == "" {
		opts.Date = adv.Date
	}
	return fit(func(d plan) *page {
		l := letter{page: newPage("Assessment for genetic testing", opts.Date), patient: patient, adv: adv, opts: opts, plan: d}
		l.draw()
		return l.page
	}).bytes()
}

type letter struct {
	*page
	patient Patient
	adv     *rules.Advice
	opts    Options
	plan    plan
	detail  detail // of the area being drawn
}

func (l *letter) draw() {
	l.head()
	l.banner()
	for i, area := range byStrength(l.adv.Areas) {
		l.detail = l.plan.lead
		if i > 0 {
			l.detail = l.plan.rest
		}
		l.area(area)
	}
	l.signature()
	l.foot()
}

// head is the letterhead: mark and practice at the left, date at the right,
// then the recipient and the subject.
func (l *letter) head() {
	l.mark(marginSide, l.y, 9)
	name := l.opts.Practice
	if name == "" {
		name = about.Name
	}
	l.at(marginSide+12, l.y+0.2, lead, name)
	l.at(marginSide+12, l.y+5.2, small, "Assessment for genetic testing")
	l.rightAt(pageWidth-marginSide, l.y+0.6, body, longDate(l.opts.Date))
	l.y += 13
	if l.opts.Recipient != "" {
		for _, row := range strings.Split(l.opts.Recipient, "\n") {
			l.at(marginSide, l.y, body, row)
			l.y += body.height
		}
		l.y += 2
	}
}

// banner names the patient as every screen does; nothing in it is ever blank.
func (l *letter) banner() {
	const height = 13.5
	l.fill(marginSide, l.y, textWidth, height, bannerFill)
	who := strings.ToUpper(l.patient.Family)
	if l.patient.Given != "" {
		who += ", " + l.patient.Given
	}
	if l.patient.Title != "" {
		who += " (" + l.patient.Title + ")"
	}
	if strings.Trim(who, ", ") == "" {
		who = "Name not known"
	}
	x, right := marginSide+4, pageWidth-marginSide-4
	l.at(x, l.y+1.3, lead.in(ink), who)

	born := longDate(l.patient.Born)
	if born == "not known" {
		born = "Not known"
	} else if l.patient.Died == "" {
		if age := identity.AgeText(l.patient.Born, l.adv.Date); age != "" {
			born += " (" + age + ")"
		}
	}
	fields := [][2]string{{"Born", born}}
	if l.patient.Died != "" {
		died := longDate(l.patient.Died)
		if age := identity.AgeText(l.patient.Born, l.patient.Died); age != "" {
			died += " (" + age + ")"
		}
		fields = append(fields, [2]string{"Died", died})
	}
	sex := map[string]string{"female": "Female", "male": "Male"}[l.patient.Sex]
	if sex == "" {
		sex = "Not known"
	}
	nhs := identity.FormatNHSNumber(l.patient.NHSNumber)
	if nhs == "" {
		nhs = "Not known"
	}
	fields = append(fields, [2]string{"Sex", sex}, [2]string{"NHS No.", nhs})
	for _, f := range fields {
		l.at(x, l.y+7.8, small, f[0])
		x += l.width(small, f[0]) + 1.6
		l.at(x, l.y+7.4, bold, f[1])
		x += l.width(bold, f[1]) + 7
	}
	l.rightAt(right, l.y+7.8, small, "Assessed "+longDate(l.adv.Date))
	l.y += height + 4
}

// area is the advice of one area: answer, action, flags, criteria, scores,
// tumour pathways, what is presumed and what is missing.
func (l *letter) area(a rules.AreaAdvice) {
	l.answer(a)
	for _, f := range a.Flags {
		l.flag(f)
	}
	l.readers(a)
	l.after(a)
	l.criteria(a)
	for _, s := range a.Scores {
		if s.Applies == "no" {
			continue
		}
		l.pair(s.Title, scoreText(s))
	}
	for _, w := range a.Pathways {
		l.pathway(w)
	}
	for _, t := range a.Tumours {
		l.para(marginSide+6, body, t.Who+", "+t.Cancer+" ("+t.Results+"): "+t.Text+". ["+t.Source+"]", textWidth-6)
	}
	l.results(a)
	l.trend(a)
	l.missing(a)
	l.cascade(a)
	if len(a.Provided) > 0 {
		l.y += 0.6
		l.para(marginSide, small, "Presumed, to be confirmed: "+strings.Join(a.Provided, "; ")+".", textWidth)
	}
	if l.detail.notes {
		for _, n := range a.Notes {
			if n.Part != afterResult && n.Part != otherDefinitions && !rules.ForReader(n.Part) {
				l.para(marginSide, small, n.Text, textWidth)
			}
		}
	}
	l.y += 4.2
}

// afterResult is the part of the notes that say what follows a result.
const afterResult = "after_result"

// otherDefinitions is the part of the notes that name other definitions; they
// decide nothing, and a letter of one page does without them.
const otherDefinitions = "other_definitions"

// readers is what each reader of the letter has to do, under whom it is for.
func (l *letter) readers(a rules.AreaAdvice) {
	if l.detail.readers == 0 {
		return
	}
	for _, part := range rules.NoteParts {
		n := 0
		for _, note := range a.Notes {
			if note.Part != part || !rules.ForReader(part) {
				continue
			}
			text := note.Text
			if l.detail.notes {
				text += " [" + note.Source + "]"
			}
			if n == 0 {
				l.y += 0.6
				l.para(marginSide, bold, rules.NotePartTitle(part), textWidth)
			}
			if n++; n > l.detail.readers {
				break
			}
			l.para(marginSide, small, text, textWidth)
			l.y += 0.4
		}
	}
	l.y += 0.6
}

// after is what guidance says follows a genetic result, with its sources.
func (l *letter) after(a rules.AreaAdvice) {
	n := 0
	for _, note := range a.Notes {
		if note.Part != afterResult {
			continue
		}
		if n == 0 {
			l.y += 0.6
			l.para(marginSide, bold, "After the result (guidance; decides nothing here)", textWidth)
		}
		if n++; n > l.detail.after {
			l.para(marginSide, small, "More of this guidance stands in the program.", textWidth)
			break
		}
		l.para(marginSide, small, note.Text+" ["+note.Source+"]", textWidth)
		l.y += 0.5
	}
}

type look struct {
	icon       string
	text, tint colour
}

func lookOf(a rules.AreaAdvice) look {
	switch {
	case a.Urgent:
		return look{"urgent", urgent, urgentTint}
	case a.Outcome == rules.Test || a.Outcome == rules.Cascade:
		return look{"yes", met, metTint}
	case a.Outcome == rules.TestTumour || a.Outcome == rules.Refer:
		return look{"arrow", petrol, petrolTint}
	case a.Outcome == rules.MoreInformation:
		return look{"unknown", unknown, unkTint}
	case a.Outcome == rules.AlreadyTested:
		return look{"tick", notMet, notTint}
	}
	return look{"no", notMet, notTint}
}

// answer is the box that is read first: area and outcome word, the answer, why,
// and the action beneath it. Open advice says why below, in what is missing.
func (l *letter) answer(a rules.AreaAdvice) {
	k := lookOf(a)
	inner := textWidth - 18
	action := l.lines(body, a.Action, inner)
	headline := l.lines(lead, a.Headline, inner)
	if a.Outcome != rules.MoreInformation && a.Reason != "" && a.Reason != a.Headline {
		action = append(l.lines(body, strings.TrimSuffix(a.Reason, ".")+".", inner), action...)
	}
	height := 2.2 + small.height + 0.6 + float64(len(headline))*lead.height + float64(len(action))*body.height + 2
	l.fill(marginSide, l.y, textWidth, height, k.tint)
	l.icon(k.icon, marginSide+7, l.y+7.4, 3.1, k.text)
	x, y := marginSide+14, l.y+2.2
	name := a.Title
	if a.Code != "" {
		name += " · " + a.Code
	}
	l.at(x, y, small, name)
	l.rightAt(pageWidth-marginSide-4, y, style{8, small.height, true, k.text}, outcomeWord(a))
	y += small.height + 0.6
	for _, row := range headline {
		l.at(x, y, lead, row)
		y += lead.height
	}
	for _, row := range action {
		l.at(x, y, body, row)
		y += body.height
	}
	l.y += height + 2
}

func (l *letter) flag(f rules.Flag) {
	c := urgent
	if !f.Urgent {
		c = colour{0x7F, 0x4C, 0x00}
	}
	l.icon("urgent", marginSide+1.7, l.y+2.2, 1.5, c)
	text := f.Text
	if f.Source != "" {
		text += " (" + f.Source + ")"
	}
	l.para(marginSide+6, body.in(c), text, textWidth-6)
	l.y += 0.8
}

// pair writes a name and a value on one line, the value in semibold.
func (l *letter) pair(name, value string) {
	l.at(marginSide+6, l.y, body, name)
	l.at(marginSide+6+l.width(body, name)+2, l.y, bold, value)
	l.y += body.height
}

func (l *letter) pathway(w rules.PathwayResult) {
	text := w.Text
	if text == "" {
		text = "Next step not settled: " + strings.Join(w.Possible, ", or ")
	}
	l.para(marginSide+6, body, fmt.Sprintf("Tumour %d: %s", w.Tumour+1, text), textWidth-6)
	basis := w.Basis
	if w.Source != "" {
		basis = strings.TrimPrefix(basis+" · "+w.Source, " · ")
	}
	if basis != "" {
		l.para(marginSide+6, small, basis, textWidth-6)
	}
}

// missing lists the next questions: what is not known and could still decide.
func (l *letter) missing(a rules.AreaAdvice) {
	if len(a.Next) == 0 || a.Outcome == rules.AlreadyTested {
		return
	}
	l.y += 0.8
	heading := "What is missing, most useful first"
	if a.Outcome != rules.MoreInformation {
		heading = "Not known, and could still add to this"
	}
	l.at(marginSide, l.y, bold, heading)
	l.y += bold.height + 0.3
	for i, q := range a.Next {
		if i == l.detail.questions {
			l.para(marginSide+6, small, fmt.Sprintf("and %d more in the record", len(a.Next)-i), textWidth-6)
			break
		}
		l.at(marginSide, l.y, body.in(muted), fmt.Sprintf("%d", i+1))
		l.rightAt(pageWidth-marginSide, l.y+0.4, small, costWord(q.Cost))
		l.para(marginSide+6, body, q.Question, textWidth-26)
	}
}

// signature leaves room to sign; a name is printed under it when given.
func (l *letter) signature() {
	if l.plan.shortened() {
		l.para(marginSide, small, "Shortened to one page: the consultation in the program holds every reason and result.", textWidth)
	}
	l.y += 6
	l.pen(line, 0.25)
	l.pdf.Line(marginSide, l.y+4, marginSide+70, l.y+4)
	l.y += 4.8
	name := "Signature"
	if l.opts.Author != "" {
		name = l.opts.Author
	}
	l.at(marginSide, l.y, small, name)
	l.y += small.height
}

// foot says which rules were used and what the letter is not. It keeps its
// place at the end of the page.
func (l *letter) foot() {
	end := l.y
	l.y = pageHeight - footHeight + 2
	l.rule()
	l.y += 2
	for _, a := range byStrength(l.adv.Areas) {
		standing := "transcribed, awaits clinical sign-off"
		if a.Status == "signed_off" {
			standing = "signed off"
		}
		text := fmt.Sprintf("%s rules, edition %s: %s", a.Title, a.Edition, standing)
		if a.Fingerprint != "" {
			text += " · fingerprint " + short(a.Fingerprint)
		}
		l.para(marginSide, small, text, textWidth)
	}
	l.para(marginSide, small, about.Standing+" Advice to a clinician, not a diagnosis.", textWidth)
	l.para(marginSide, small, about.Name+" "+about.Version, textWidth)
	l.y = end
}

// short is enough of a fingerprint to tell two editions apart by eye.
func short(fingerprint string) string {
	if len(fingerprint) > 12 {
		return fingerprint[:12]
	}
	return fingerprint
}
