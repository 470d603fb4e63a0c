package sqldb_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// login returns source for another user.
func (s system) login(t *testing.T, source, user, password string) string {
	t.Helper()
	if s.name == "MySQL" {
		cfg, err := mysql.ParseDSN(source)
		check(t, err)
		cfg.User, cfg.Passwd = user, password
		return cfg.FormatDSN()
	}
	u, err := url.Parse(source)
	check(t, err)
	u.User = url.UserPassword(user, password)
	return u.String()
}

// users are statements that make a user guarded, who may nothing, and a user
// crowded, who has too many connections; their password is right.
var users = map[string][]string{
	"MySQL": {
		`CREATE USER guarded@'%' IDENTIFIED BY 'r1ght'`,
		`CREATE USER crowded@'%' IDENTIFIED BY 'r1ght' WITH MAX_USER_CONNECTIONS 1`,
		`GRANT ALL ON *.* TO crowded@'%'`,
	},
	"PostgreSQL": {
		`CREATE ROLE guarded LOGIN PASSWORD 'r1ght'`,
		`CREATE ROLE crowded LOGIN PASSWORD 'r1ght' CONNECTION LIMIT 0`,
	},
}

func TestEachFaultHasAMessageOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		place, elsewhere := s.place(t), s.place(t)
		s.exec(t, place, users[s.name]...)
		s.backend(t, s.connect(t, place, sqldb.Options{}))
		s.backend(t, s.connect(t, elsewhere, sqldb.Options{}))

		missing, readOnly := "", place+"&default_transaction_read_only=on"
		if s.name == "MySQL" {
			missing, readOnly = strings.Replace(place, ")/", ")/not", 1), place+"?tx_read_only=1"
		} else {
			missing = strings.Replace(place, "/postgres?", "/nowhere?", 1)
		}
		crowded := s.login(t, place, "crowded", "r1ght")
		if s.name == "MySQL" {
			db := s.connect(t, crowded, sqldb.Options{})
			check(t, db.Pool().Ping()) // and keeps the connection
		}
		told := map[string]string{}
		for name, c := range map[string]struct {
			source string
			want   error
			fault  session.Fault
		}{
			"wrong password": {s.login(t, place, "guarded", "wr0ng"), sqldb.ErrDenied, session.FaultDenied},
			"no such user":   {s.login(t, place, "nobody", "wr0ng"), sqldb.ErrDenied, session.FaultDenied},
			"no rights":      {s.login(t, s.server(t).URL, "guarded", "r1ght"), sqldb.ErrDenied, session.FaultDenied},
			"no database":    {missing, sqldb.ErrNoDatabase, session.FaultNoDatabase},
			"no table":       {elsewhere, sqldb.ErrNoTable, session.FaultNoTable},
			"read-only":      {readOnly, sqldb.ErrReadOnly, session.FaultReadOnly},
			"crowded":        {crowded, sqldb.ErrCrowded, session.FaultCrowded},
			"nobody listens": {strings.Replace(place, s.server(t).Addr, "127.0.0.1:1", 1), sqldb.ErrUnreachable, session.FaultUnreachable},
		} {
			b, err := sqlbackend.New(t.Context(), s.connect(t, c.source, sqldb.Options{}), s.dialect)
			if err == nil && c.want == sqldb.ErrNoTable {
				s.exec(t, elsewhere, `DROP TABLE sessions`) // which New would make again
			}
			if err == nil {
				err = b.Save(t.Context(), "k", record("v", 0), time.Now())
			}
			if !errors.Is(err, c.want) || session.FaultOf(err) != c.fault {
				t.Errorf("%s: %v (%s); want %v (%s)", name, err, session.FaultOf(err), c.want, c.fault)
				continue
			}
			for _, secret := range []string{"r1ght", "wr0ng", "guarded", "nobody", "crowded"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%s: %v; want no %s in it", name, err, secret)
				}
			}
			told[c.want.Error()] = name
		}
		if len(told) != 6 {
			t.Errorf("there are the messages %q; want 6", told)
		}
	})
}

func TestWhatNamesNoDatabaseIsNotOpened(t *testing.T) {
	const secret = "s3cret"
	for _, s := range systems {
		for _, source := range []string{
			"", "x", "root:" + secret + "@tcp(127.0.0.1:3306)", "root:" + secret + "@tcp(127.0.0.1:3306)/",
			"root:" + secret + "@tcp(127.0.0.1:3306)/db?timeout=" + secret, "root:" + secret + "@udp/db?tls=" + secret,
			"postgres://u:" + secret + "@h:5432", "postgres://u:" + secret + "@h:port/db", "http://u:" + secret + "@h/db",
			"postgres://u:" + secret + "@h/db?sslmode=" + secret, "postgres://u:" + secret + "%zz@h/db",
		} {
			db, err := s.open(source, sqldb.Options{})
			if err == nil {
				db.Close()
				t.Errorf("%s: Open(%q) = nil; want an error", s.name, source)
			} else if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: Open(%q) = %v; want no password in it", s.name, source, err)
			}
		}
	}
}
