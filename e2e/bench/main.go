// Bench measures how fast Session Lab is beside its peers, by rounds: each
// contender in turn is loaded for an instant, over and over, so that what a
// machine does meanwhile meets them all alike. The ratios are what counts.
//
// Servers run on CPU 0 with one thread, the load on CPU 1: it needs Linux with
// two CPUs. It talks to nothing but 127.0.0.1.
//
//	go run . -rounds 15 -seconds 0.5
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// config is what the flags say.
type config struct {
	rounds  int
	seconds float64 // a contender a round
	only    string  // names of contenders, comma-separated; empty: all
	extras  bool    // start and growth too
	json    bool
	profile string // folder for CPU profiles
	also    string // other builds of the product, comma-separated
}

// A report is all that was measured.
type report struct {
	Load   []result   `json:"load"`
	Starts []start    `json:"starts,omitempty"`
	Growth []growth   `json:"growth,omitempty"`
	Beside *neighbour `json:"beside,omitempty"`
	Goals  []goal     `json:"goals"`
	Notes  []string   `json:"notes,omitempty"` // what was left out, and why
}

func main() {
	var err error
	if len(os.Args) == 3 && os.Args[1] == "serve" {
		err = serve(os.Args[2])
	} else {
		err = measure()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func measure() error {
	var cfg config
	flag.IntVar(&cfg.rounds, "rounds", 15, "how many `times` each contender is measured")
	flag.Float64Var(&cfg.seconds, "seconds", 0.5, "how many `seconds` each time")
	flag.StringVar(&cfg.only, "only", "", "comma-separated `names` of the contenders to measure; the limit is always one")
	flag.BoolVar(&cfg.extras, "extras", true, "also measure starts, and growth with use")
	flag.BoolVar(&cfg.json, "json", false, "write JSON rather than tables")
	flag.StringVar(&cfg.profile, "profile", "", "`folder` to write CPU profiles of our contenders to")
	flag.StringVar(&cfg.also, "also", "", "comma-separated `programs`: other builds of the product, to compare with")
	flag.Parse()
	if cfg.rounds < 1 || cfg.seconds <= 0 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := pinSelf(loadCPU); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.MkdirTemp("", "sessionlab-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	r, err := run(ctx, cfg, dir)
	if err != nil {
		return err
	}
	if cfg.json {
		enc := json.NewEncoder(os.Stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	_, err = io.WriteString(os.Stdout, r.markdown())
	return err
}

// run measures everything, with files below dir.
func run(ctx context.Context, cfg config, dir string) (*report, error) {
	product := filepath.Join(dir, "sessionlab")
	if err := build(ctx, product); err != nil {
		return nil, err
	}
	all, notes := contenders(product, dir)
	all = chosen(all, cfg.only)
	for program := range strings.SplitSeq(cfg.also, ",") {
		if program != "" {
			name := filepath.Base(program)
			all = append(all, productOf(name, program, dir), stepPageOf(name+"-"+stepPageName, program, dir),
				virtualOf(name+"-"+virtualName, program, dir))
		}
	}
	r := &report{Notes: notes}
	var err error
	if r.Load, err = rounds(ctx, cfg, all); err != nil {
		return nil, err
	}
	if cfg.extras {
		if r.Growth, err = measureGrowth(ctx, product, dir); err != nil {
			return nil, err
		}
		if r.Beside, err = measureNeighbour(ctx, product, dir); err != nil {
			return nil, err
		}
		if r.Starts, err = measureStarts(ctx, all); err != nil {
			return nil, err
		}
	}
	r.Goals = goals(r)
	return r, nil
}

// build builds the product, whose module this one is nested in, as it is handed out.
func build(ctx context.Context, file string) error {
	progress("building")
	cmd := exec.CommandContext(ctx, "go", "-C", "../..", "build", "-trimpath", "-o", file, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build (run this in its own folder): %w\n%s", err, out)
	}
	return nil
}

// chosen leaves those contenders that are named, and the limit.
func chosen(all []contender, names string) []contender {
	if names == "" {
		return all
	}
	var some []contender
	for _, c := range all {
		if c.name == limitName || strings.Contains(","+names+",", ","+c.name+",") {
			some = append(some, c)
		}
	}
	return some
}

// progress says on standard error what is going on.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format("15:04:05 ")+format+"\n", args...)
}
