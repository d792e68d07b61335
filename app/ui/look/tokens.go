// Package look is how Kindred looks: colour tokens for the light, dark and
// high-contrast looks, the type roles, and the toolkit theme made of them.
// Tokens are named by meaning; no other package names a hue.
package look

import "image/color"

// Token names a colour by what it is for.
type Token string

// The tokens. An empty Token draws nothing.
const (
	None        Token = ""
	BG          Token = "bg"          // window, advice column, rail
	Surface     Token = "surface"     // form, cards, rows, boxes
	Sunken      Token = "sunken"      // table header, unit part of a box, empty track
	Banner      Token = "banner"      // patient banner, list banner
	Line        Token = "line"        // hairlines and card edges: decoration only
	Ctl         Token = "ctl"         // edges of everything that can be operated
	Text        Token = "text"        // text, score marker, tree symbols
	Muted       Token = "muted"       // labels, dates, sources, help
	Faint       Token = "faint"       // placeholder, greyed choice
	Action      Token = "action"      // main button, chosen answer, link
	ActionOn    Token = "action-on"   // text on action
	ActionTint  Token = "action-tint" // chosen row, "go on" pill
	Met         Token = "met"         // criterion met, test indicated, saved
	MetTint     Token = "met-tint"
	Not         Token = "not" // criterion not met: an answer, not a fault
	NotTint     Token = "not-tint"
	Unk         Token = "unk" // not known, more information
	UnkTint     Token = "unk-tint"
	Warn        Token = "warn" // unusual value, not signed off, to confirm
	WarnTint    Token = "warn-tint"
	Urgent      Token = "urgent" // error text and edge
	UrgentTint  Token = "urgent-tint"
	UrgentSolid Token = "urgent-solid" // red-flag bar, urgent pill
	UrgentOn    Token = "urgent-on"
	Focus       Token = "focus" // focus ring
	Band1       Token = "b1"    // score bands, weakest to strongest
	Band2       Token = "b2"
	Band3       Token = "b3"
	Band4       Token = "b4"
	Brand       Token = "brand" // unlock screen, left half
	BrandInk    Token = "brand-ink"
	BrandText   Token = "brand-text"
)

// palette is one look's colours in the order light, dark, high contrast.
var palette = map[Token][3]uint32{
	BG:          {0xF4F3EF, 0x12181A, 0x000000},
	Surface:     {0xFFFFFF, 0x1A2224, 0x000000},
	Sunken:      {0xEAE8E2, 0x0D1214, 0x000000},
	Banner:      {0xE2EBEA, 0x1D2D30, 0x000000},
	Line:        {0xD9D5CB, 0x33413F, 0xFFFFFF},
	Ctl:         {0x7A776F, 0x7F8F92, 0xFFFFFF},
	Text:        {0x1B2426, 0xE9EDEB, 0xFFFFFF},
	Muted:       {0x56605F, 0xA9B5B5, 0xFFFFFF},
	Faint:       {0x6A7271, 0x93A0A1, 0xFFFFFF},
	Action:      {0x0B5563, 0x7CCBD6, 0xFFE45C},
	ActionOn:    {0xFFFFFF, 0x06262C, 0x000000},
	ActionTint:  {0xDFECEE, 0x163B42, 0x000000},
	Met:         {0x17663D, 0x83D6A4, 0x8CF5B1},
	MetTint:     {0xE2F1E7, 0x16331F, 0x000000},
	Not:         {0x4A5355, 0xB9C3C3, 0xFFFFFF},
	NotTint:     {0xE8EAE8, 0x2A3436, 0x000000},
	Unk:         {0x6A3A7C, 0xD7AFE6, 0xEDBFFF},
	UnkTint:     {0xF3E9F6, 0x36233E, 0x000000},
	Warn:        {0x7F4C00, 0xF0C172, 0xFFC24D},
	WarnTint:    {0xFBF0D9, 0x3A2C11, 0x000000},
	Urgent:      {0xA3211A, 0xFF9F96, 0xFFB0A8},
	UrgentTint:  {0xFBE7E4, 0x451A16, 0x000000},
	UrgentSolid: {0xA3211A, 0xBD4037, 0xFFB0A8},
	UrgentOn:    {0xFFFFFF, 0xFFFFFF, 0x000000},
	Focus:       {0x0B5563, 0x7CCBD6, 0xFFE45C},
	Band1:       {0xEDEBE5, 0x273133, 0x000000},
	Band2:       {0xD3E3E4, 0x25444A, 0x000000},
	Band3:       {0xA6C9CD, 0x2F6169, 0x000000},
	Band4:       {0x6FA5AC, 0x3F818B, 0x000000},
	Brand:       {0x0E3A42, 0x0C2A30, 0x000000},
	BrandInk:    {0x7FB4BA, 0x4E8A92, 0xFFFFFF},
	BrandText:   {0xF2F6F5, 0xE9F0EF, 0xFFFFFF},
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}
