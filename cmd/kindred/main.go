// Command kindred is the desktop program: it reads its flags, loads the rules
// and opens the window. Everything else is behind the packages it calls.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"kindred/app/about"
	"kindred/app/demo"
	"kindred/app/store"
	"kindred/app/ui"
	"kindred/app/ui/look"
	"kindred/assets"
	"kindred/rules"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "kindred:", err)
		os.Exit(1)
	}
}

func run() error {
	dir := flag.String("data", "", "data folder (default: the platform's)")
	practice := flag.Bool("demo", false, "open the demonstration practice, with invented patients")
	version := flag.Bool("version", false, "print the version and end")
	theme := flag.String("theme", "light", "light, dark or contrast")
	size := flag.String("size", "1280x800", "window size, width x height")
	flag.Parse()
	if *version {
		fmt.Println(about.Line("kindred"))
		return nil
	}
	if err := store.Harden(); err != nil {
		return err
	}
	kind, ok := look.Kinds[*theme]
	if !ok {
		return fmt.Errorf("--theme %s is none of light, dark, contrast", *theme)
	}
	var w, h float32
	if _, err := fmt.Sscanf(*size, "%gx%g", &w, &h); err != nil || w < 640 || h < 480 {
		return fmt.Errorf("--size %s is no size; write it as 1280x800", *size)
	}
	lib, err := rules.Load(rules.Files)
	if err != nil {
		return fmt.Errorf("the rules do not load:\n%w", err)
	}
	folder, err := dataFolder(*dir, *practice, lib)
	if err != nil {
		return err
	}
	app.SetMetadata(fyne.AppMetadata{
		ID: about.AppID, Name: about.Name, Version: about.Version,
		Icon:       fyne.NewStaticResource("kindred.png", assets.Icon),
		Migrations: map[string]bool{"fyneDo": true},
	})
	a := app.NewWithID(about.AppID)
	win := a.NewWindow(about.Name)
	win.Resize(fyne.NewSize(w, h))
	return ui.Run(a, win, ui.Options{Dir: folder, Demo: *practice, Look: kind, Lib: lib})
}

// dataFolder is where the consultations are; the demonstration practice is made
// on its first run.
func dataFolder(dir string, practice bool, lib *rules.Library) (string, error) {
	if !practice {
		if dir != "" {
			return dir, nil
		}
		return store.DefaultDir()
	}
	folder, err := demo.Dir(dir)
	if err != nil {
		return "", err
	}
	return folder, demo.Ensure(context.Background(), lib, folder, nil)
}
