// Package kit is Kindred's own widgets: a pen that places rectangles, text and
// icons on whole pixels, a sheet that draws with it, and the controls made of
// them. Screens are sheets that put controls; nothing here knows a rule, a
// patient or a store.
//
// Two habits hold everywhere. Positions are given where the thing stands, in
// device-independent pixels, and the pen snaps them. And a control keeps what
// the user typed: drawing never changes state, so a sheet may be redrawn at
// any time.
package kit
