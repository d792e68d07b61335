// Benchtable reads what "go test -bench" printed and writes one line a
// benchmark: the median of its runs, the least and the most, its memory, and
// beside it the number the design promises or the peer it is measured with.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "benchtable:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: benchtable FILE")
	}
	f, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer f.Close()
	results, err := read(f)
	if err != nil {
		return err
	}
	if len(results) == 0 {
		return fmt.Errorf("%s holds no benchmark lines", args[0])
	}
	write(out, results)
	return nil
}

// result is all runs of one benchmark.
type result struct {
	pkg, name string
	perOp     []float64 // nanoseconds
	metrics   map[string][]float64
}

// read collects the runs of every benchmark, in the order of the file.
func read(in io.Reader) ([]*result, error) {
	var list []*result
	byName := map[string]*result{}
	pkg := ""
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if p, ok := strings.CutPrefix(lines.Text(), "pkg: "); ok {
			pkg = strings.TrimPrefix(p, "kindred/")
			continue
		}
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := strings.TrimPrefix(fields[0], "Benchmark")
		if i := strings.LastIndex(name, "-"); i > 0 {
			name = name[:i] // the number of processors
		}
		key := pkg + " " + name
		r := byName[key]
		if r == nil {
			r = &result{pkg: pkg, name: name, metrics: map[string][]float64{}}
			byName[key] = r
			list = append(list, r)
		}
		for i := 2; i+1 < len(fields); i += 2 {
			v, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%q is no number in the line of %s", fields[i], name)
			}
			if unit := fields[i+1]; unit == "ns/op" {
				r.perOp = append(r.perOp, v)
			} else {
				r.metrics[unit] = append(r.metrics[unit], v)
			}
		}
	}
	return list, lines.Err()
}

func write(out io.Writer, results []*result) {
	pkg := ""
	for _, r := range results {
		if r.pkg != pkg {
			pkg = r.pkg
			fmt.Fprintf(out, "\n%s\n", pkg)
		}
		spread := ""
		if len(r.perOp) > 1 {
			spread = fmt.Sprintf("%s – %s", duration(slices.Min(r.perOp)), duration(slices.Max(r.perOp)))
		}
		memory := fmt.Sprintf("%s, %s allocs", bytesText(median(r.metrics["B/op"])), count(median(r.metrics["allocs/op"])))
		fmt.Fprintf(out, "  %-42s %9s  %-21s %-24s %s\n", r.name, duration(median(r.perOp)), spread, memory, r.remark())
	}
}

// remark is what the number is held against, and what else was measured.
func (r *result) remark() string {
	var parts []string
	for _, unit := range []string{"rows/s", "p99-µs"} {
		if v := r.metrics[unit]; len(v) > 0 {
			parts = append(parts, count(median(v))+" "+unit)
		}
	}
	if p := promises[r.pkg+" "+r.name]; p != "" {
		parts = append(parts, p)
	}
	return strings.Join(parts, "; ")
}

// promises are the numbers of design.md §7 and the peers named there, by
// benchmark. They describe speed, not medicine.
var promises = map[string]string{
	"rules FHWithTrace":                     "design: ≤ 200 ns, 0 allocations",
	"rules AllAreasFamilyOfTwenty":          "design: ≤ 2 µs",
	"rules ExplainEverything":               "design: ≤ 5 µs",
	"rules RankQuestions/fh":                "design: ≤ 1 ms",
	"rules RankQuestions/lynch":             "design: ≤ 1 ms",
	"rules LoadAllAreas":                    "design: ≤ 10 ms",
	"app/cliniclist List/whole":             "100,000 rows × 20 columns; design: ≤ 0.6 s, ≤ 150 MB",
	"app/cliniclist List/cells":             "peer below",
	"app/cliniclist List/cells/excelize":    "peer: the same file through excelize",
	"app/consult SaveMany":                  "design: ≥ 15,000 rows/s",
	"app/store Import":                      "design: ≥ 15,000 rows/s",
	"app/store Unlock":                      "by design 0.5–0.8 s",
	"app/consult Search/m":                  "100,000 consultations; design: < 50 ms",
	"app/ui/consult KeystrokeToAdvice":      "design: < 16 ms",
	"app/sketch Layout/60_people":           "design: < 5 ms",
	"app/sketch Layout/200_people":          "design: < 50 ms",
	"app/ui/familytree Sixty/layout":        "design: < 5 ms",
	"rules/carrier Solve/people=40/genes=1": "design: < 1 ms",
	"rules/carrier Solve/people=40/genes=4": "design: < 20 ms",
	"tests/cel Kindred":                     "one rule of 20 conditions; peers below",
	"tests/cel CEL/verdict":                 "peer: the same rule in cel-go, verdict only",
	"tests/cel CEL/trace":                   "peer: the same rule in cel-go, with its trace",
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(v))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

// duration writes nanoseconds with three figures.
func duration(ns float64) string {
	switch d := time.Duration(ns); {
	case d < time.Microsecond:
		return fmt.Sprintf("%.3g ns", ns)
	case d < time.Millisecond:
		return fmt.Sprintf("%.3g µs", ns/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", ns/1e6)
	}
	return fmt.Sprintf("%.3g s", ns/1e9)
}

func bytesText(b float64) string {
	switch {
	case b < 1e3:
		return fmt.Sprintf("%.0f B", b)
	case b < 1e6:
		return fmt.Sprintf("%.0f kB", b/1e3)
	}
	return fmt.Sprintf("%.0f MB", b/1e6)
}

func count(v float64) string {
	if v >= 1e6 {
		return fmt.Sprintf("%.1f M", v/1e6)
	}
	if v >= 1e4 {
		return fmt.Sprintf("%.0f k", v/1e3)
	}
	return fmt.Sprintf("%.0f", v)
}
