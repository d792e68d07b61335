package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Shortcut is a key with what it does, for the canvas and for the help page.
type Shortcut struct {
	Keys    string // as people read it
	Does    string
	Command Command
	key     fyne.KeyName
	mod     fyne.KeyModifier
}

const (
	ctrl  = fyne.KeyModifierShortcutDefault // Cmd on macOS
	alt   = fyne.KeyModifierAlt
	shift = fyne.KeyModifierShift
)

// Shortcuts is every key with a modifier.
var Shortcuts = []Shortcut{
	{"Ctrl K", "find a patient", Find, fyne.KeyK, ctrl},
	{"Ctrl N", "new consultation", New, fyne.KeyN, ctrl},
	{"Ctrl O", "open a clinic list", OpenList, fyne.KeyO, ctrl},
	{"Ctrl L", "lock now", Lock, fyne.KeyL, ctrl},
	{"Ctrl H", "show or hide the passphrase", ShowSecret, fyne.KeyH, ctrl},
	{"Alt ↓", "next step", NextStep, fyne.KeyDown, alt},
	{"Alt ↑", "previous step", PrevStep, fyne.KeyUp, alt},
	{"Alt 1", "step 1, patient", Step1, fyne.Key1, alt},
	{"Alt 2", "step 2, family", Step2, fyne.Key2, alt},
	{"Alt 3", "step 3, lipids and signs", Step3, fyne.Key3, alt},
	{"Alt 4", "step 4, tumour", Step4, fyne.Key4, alt},
	{"Alt 5", "step 5, check and send", Step5, fyne.Key5, alt},
	{"Ctrl J", "jump to the next question", NextQuestion, fyne.KeyJ, ctrl},
	{"Ctrl E", "unfold or fold the reasons", Unfold, fyne.KeyE, ctrl},
	{"Ctrl Shift C", "copy the record text", CopyRecord, fyne.KeyC, ctrl | shift},
	{"Ctrl P", "save the letter as PDF", SavePDF, fyne.KeyP, ctrl},
	{"Ctrl S", "save now", Save, fyne.KeyS, ctrl},
	{"Ctrl G", "family testing, all families", Families, fyne.KeyG, ctrl},
	{"Ctrl ,", "local settings", Settings, fyne.KeyComma, ctrl},
	{"Ctrl T", "light, dark or high contrast", NextLook, fyne.KeyT, ctrl},
	{"Ctrl +", "larger text", Bigger, fyne.KeyEqual, ctrl},
	{"", "", Bigger, fyne.KeyPlus, ctrl},
	{"", "", Bigger, fyne.KeyEqual, ctrl | shift},
	{"Ctrl −", "smaller text", Smaller, fyne.KeyMinus, ctrl},
	{"Ctrl 0", "normal text", NormalSize, fyne.Key0, ctrl},
	{"", "", Redo, fyne.KeyZ, ctrl | shift},
}

// Plain is every key without a modifier that the help page lists.
var Plain = []Shortcut{
	{Keys: "Y, N, K", Does: "yes, no, not known; Backspace clears"},
	{Keys: "← →, Space", Does: "move within a choice, choose"},
	{Keys: "Tab, Shift Tab", Does: "next, previous box; Enter goes on too"},
	{Keys: "F6, Shift F6", Does: "between steps, form, advice"},
	{Keys: "↑ ↓, Enter", Does: "choose a row, open it"},
	{Keys: "/", Does: "filter a list"},
	{Keys: "Ctrl Z, Ctrl Y", Does: "undo, redo: every change since opening"},
	{Keys: "Esc", Does: "back"},
	{Keys: "F1", Does: "this page"},
}

// bind gives the canvas all keys; do carries out a command.
func bind(c fyne.Canvas, do func(Command)) {
	for _, s := range Shortcuts {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: s.key, Modifier: s.mod}, func(fyne.Shortcut) { do(s.Command) })
	}
	c.AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { do(Undo) })
	c.AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { do(Redo) })
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyF1:
			do(Help)
		case fyne.KeyF6:
			if held()&shift != 0 {
				do(PrevPane)
			} else {
				do(NextPane)
			}
		case fyne.KeyEscape:
			do(Back)
		case fyne.KeyReturn, fyne.KeyEnter:
			do(Confirm)
		case fyne.KeyDown:
			do(Down)
		}
	})
	c.SetOnTypedRune(func(r rune) {
		if r == '/' {
			do(Filter)
		}
	})
}

func held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
