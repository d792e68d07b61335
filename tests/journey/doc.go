// Package journey drives the built window as a person does: a virtual display,
// keys and clicks, screenshots to look at, and the stored record or the results
// workbook to read afterwards. make test builds the window and runs it.
package journey
