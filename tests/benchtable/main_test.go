package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestMedianOfTheRunsStandsBesideWhatWasPromised(t *testing.T) {
	results, err := read(strings.NewReader(`goos: linux
pkg: kindred/rules
BenchmarkFHWithTrace-2   	 100	 300 ns/op	 0 B/op	 0 allocs/op
BenchmarkFHWithTrace-2   	 100	 200 ns/op	 0 B/op	 0 allocs/op
BenchmarkFHWithTrace-2   	 100	 900 ns/op	 0 B/op	 0 allocs/op
PASS
`))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	write(&out, results)
	for _, want := range []string{"300 ns", "200 ns – 900 ns", "0 allocs", "design: ≤ 200 ns"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
}
