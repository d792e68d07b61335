// Package about says which program this is: the one place for its name,
// version and standing, read by both programs, the letter and the workbook.
package about

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Name is the program's name as people read it.
const Name = "Kindred"

// Version follows semantic versioning; FyneApp.toml carries the same number,
// which a test compares.
const Version = "0.2.0"

// AppID names the program to the desktop (preferences, task bar).
const AppID = "uk.kindred.desktop"

// Standing is what the program is not, in one sentence. It stands wherever
// advice leaves the program.
const Standing = "Not a UKCA-marked medical device. The rules are transcribed from the sources named and await clinical sign-off."

// Line is the answer to --version: name, version, revision where the build
// recorded one, toolchain and platform.
func Line(program string) string {
	return fmt.Sprintf("%s %s (%s%s, %s/%s)", program, Version, revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// revision is the commit the program was built from, followed by a comma and a
// space; empty when the build did not record it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12] + ", "
		}
	}
	return ""
}
