// Package shell is the frame around every screen: the app bar with its tabs,
// the status bar, the keys. Screens know the shell's small interfaces; the
// shell knows no screen.
package shell

import (
	"fyne.io/fyne/v2"
)

// Tab is an entry of the app bar.
type Tab string

// The tabs. A screen without a tab (unlock) fills the window alone.
const (
	NoTab      Tab = ""
	HomeTab    Tab = "Home"
	ConsultTab Tab = "Consultation"
	ListTab    Tab = "Clinic lists"
	RulesTab   Tab = "Rules"

	SettingsTab Tab = "Local settings" // not in the bar: home and a key lead there
	FamiliesTab Tab = "Family testing" // neither
)

// Tabs are the tabs in their order.
var Tabs = []Tab{HomeTab, ConsultTab, ListTab, RulesTab}

// Screen is what the frame shows between app bar and status bar.
type Screen interface {
	// Object is what is shown; the same object every time.
	Object() fyne.CanvasObject
	// Tab is the tab that is lit.
	Tab() Tab
	// Title stands in the window's title: "Home", "Family". It names no patient:
	// other programs can read it.
	Title() string
	// Status are the words at the left of the status bar.
	Status() []Item
	// Enter is called when the screen is shown: put the keyboard somewhere.
	Enter()
	// Leave is called before another screen is shown; false keeps this one.
	Leave() bool
	// Do carries out a command the screen knows; false passes it on.
	Do(c Command) bool
}

// Item is one piece of the status bar.
type Item struct {
	Icon string
	Text string
}

// Command is something a key or a button asks for.
type Command string

// The commands, and in keys.go the keys that give them.
const (
	Find         Command = "find"          // Ctrl K
	New          Command = "new"           // Ctrl N
	OpenList     Command = "open list"     // Ctrl O
	Lock         Command = "lock"          // Ctrl L
	ShowSecret   Command = "show secret"   // Ctrl H
	NextStep     Command = "next step"     // Alt Down
	PrevStep     Command = "previous step" // Alt Up
	Step1        Command = "step 1"        // Alt 1 …
	Step2        Command = "step 2"
	Step3        Command = "step 3"
	Step4        Command = "step 4"
	Step5        Command = "step 5"
	NextQuestion Command = "next question" // Ctrl J
	Unfold       Command = "unfold"        // Ctrl E
	CopyRecord   Command = "copy record"   // Ctrl Shift C
	SavePDF      Command = "save PDF"      // Ctrl P
	Undo         Command = "undo"          // Ctrl Z
	Redo         Command = "redo"          // Ctrl Y, Ctrl Shift Z
	Save         Command = "save"          // Ctrl S
	NextPane     Command = "next pane"     // F6
	PrevPane     Command = "previous pane" // Shift F6
	Filter       Command = "filter"        // /
	Back         Command = "back"          // Escape
	Confirm      Command = "confirm"       // Return, where nothing else takes it
	Down         Command = "down"          // Down, from a box above a list
	Help         Command = "help"          // F1
	Bigger       Command = "bigger"        // Ctrl +
	Smaller      Command = "smaller"       // Ctrl -
	NormalSize   Command = "normal size"   // Ctrl 0
	NextLook     Command = "next look"     // Ctrl T
	Settings     Command = "settings"      // Ctrl ,
	Families     Command = "families"      // Ctrl G
)
