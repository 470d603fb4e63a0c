package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/sessionlab/sessionlab/internal/desktop"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// config is what flags and environment say.
type config struct {
	Addr       string     `default:"127.0.0.1:8080" env:"SESSIONLAB_ADDR" placeholder:"HOST:PORT" help:"Address to listen on; port 0 takes any free one."`
	Data       string     `default:"data" env:"SESSIONLAB_DATA" placeholder:"DIR" help:"Folder of the SQLite file with benches, steps and sessions."`
	Redis      string     `env:"SESSIONLAB_REDIS" placeholder:"URL" help:"Redis or Valkey server for sessions, such as redis://127.0.0.1:6379/0."`
	MySQL      string     `name:"mysql" env:"SESSIONLAB_MYSQL" placeholder:"DSN" help:"MySQL or MariaDB database for sessions, such as user:password@tcp(127.0.0.1:3306)/lab."`
	Postgres   string     `env:"SESSIONLAB_POSTGRES" placeholder:"URL" help:"PostgreSQL database for sessions, such as postgres://user:password@127.0.0.1:5432/lab."`
	State      string     `default:"sqlite" enum:"sqlite,redis" env:"SESSIONLAB_STATE" placeholder:"WHERE" help:"Where benches, steps and seats are stored: sqlite, for one process, or redis, at --redis, for any number of them."`
	Metrics    string     `env:"SESSIONLAB_METRICS" placeholder:"HOST:PORT" help:"Address on which Prometheus finds /metrics; none if not given."`
	BaseURL    string     `name:"base-url" env:"SESSIONLAB_BASE_URL" placeholder:"URL" help:"Address that learners use, such as https://lab.example.org, when it is not the one they send."`
	TrustProxy bool       `env:"SESSIONLAB_TRUST_PROXY" help:"Believe X-Forwarded-Proto: there is a proxy in front that sets it."`
	Open       *bool      `negatable:"" env:"SESSIONLAB_OPEN" help:"Open the page in a browser, as a start by a double click does."`
	Lessons    string     `env:"SESSIONLAB_LESSONS" placeholder:"DIR" help:"Folder with your own experiments, in DIR/experiments, and lessons, in DIR/lessons."`
	LogLevel   slog.Level `default:"WARN" env:"SESSIONLAB_LOG_LEVEL" placeholder:"LEVEL" help:"DEBUG, INFO (a line for each request), WARN or ERROR."`

	SeatIdle     time.Duration `default:"168h" env:"SESSIONLAB_SEAT_IDLE" placeholder:"DURATION" help:"How long a seat and its bench last without use by their owner."`
	SeatAbsolute time.Duration `default:"2880h" env:"SESSIONLAB_SEAT_ABSOLUTE" placeholder:"DURATION" help:"How long a seat lasts at most."`

	Limits limits `embed:""`

	Version kong.VersionFlag `help:"Say which version this is."`

	Serve          struct{}       `cmd:"" default:"1" help:"Serve. This is what happens without a command."`
	LessonsCommand lessonsCommand `cmd:"" name:"lessons" help:"Work on your own experiments and lessons."`

	command string // as Kong names it
}

// lessonsCommand are the commands for those who write experiments and lessons.
type lessonsCommand struct {
	Check struct {
		Dir string `arg:"" help:"Folder with your own experiments, in DIR/experiments, and lessons, in DIR/lessons."`
	} `cmd:"" help:"Say what is wrong with your own experiments and lessons, with file and line. The exit code is 1 if anything is."`
}

// configure reads flags and environment. What is wrong with them it says in one
// line, and exits with 2.
func configure(args []string) config {
	var cfg config
	parser := kong.Must(&cfg,
		kong.Name("sessionlab"),
		kong.Description("Session Lab teaches web sessions by letting people work on a real one."),
		kong.ValueFormatter(withDefault),
		kong.Vars{"version": version()},
	)
	parsed, err := parser.Parse(args)
	if err == nil {
		cfg.command = parsed.Command()
		err = cfg.check()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sessionlab:", err)
		os.Exit(2)
	}
	return cfg
}

// withDefault is a flag's help, with what it is if it is not given.
func withDefault(v *kong.Value) string {
	told := *v
	if v.HasDefault && v.Default != "" {
		told.Help = fmt.Sprintf("%s Default: %s.", v.Help, v.Default)
	}
	return kong.DefaultHelpValueFormatter(&told)
}

// check names the setting that cannot be what it is.
func (c config) check() error {
	if err := checkAddress(c.Addr); err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	if err := checkAddress(c.Metrics); c.Metrics != "" && err != nil {
		return fmt.Errorf("--metrics: %w", err)
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return fmt.Errorf("--base-url: not an address of a host, such as https://lab.example.org")
		}
	}
	switch {
	case c.State == "redis" && c.Redis == "":
		return fmt.Errorf("--redis: needed by --state redis")
	case c.SeatIdle <= 0:
		return fmt.Errorf("--seat-idle: must be positive")
	case c.SeatAbsolute <= 0:
		return fmt.Errorf("--seat-absolute: must be positive")
	}
	return c.Limits.check()
}

// checkAddress tells an address that nobody can listen on from one that is only
// taken, or not this machine's.
func checkAddress(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return errors.New("not HOST:PORT, such as 127.0.0.1:8080")
	}
	return nil
}

func (c config) timeouts() lab.Timeouts {
	return lab.Timeouts{Idle: c.SeatIdle, Absolute: c.SeatAbsolute}
}

// open reports whether a browser is to open.
func (c config) open() bool {
	if c.Open != nil {
		return *c.Open
	}
	return desktop.DoubleClicked()
}

// version is what the go command has noted in the program: the commit, if no more.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "sessionlab (unknown version)"
	}
	return fmt.Sprintf("sessionlab %s %s %s/%s", info.Main.Version, info.GoVersion, runtime.GOOS, runtime.GOARCH)
}
