// Kindred-cli runs Kindred's use cases without a screen: assess a case, screen
// a clinic list, check the rules against worked cases, print the rulebook.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"kindred/app/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := store.Harden(); err != nil {
		fmt.Fprintln(os.Stderr, "kindred-cli:", err)
		os.Exit(exitFailed)
	}
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
