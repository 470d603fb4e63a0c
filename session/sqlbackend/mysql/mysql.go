// Package mysql opens databases of MySQL and MariaDB for package sqlbackend.
package mysql

import (
	"errors"

	driver "github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"

	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// ErrDSN is returned by [Open] for what is not a data source name. The name is
// not in it, for the password that may be.
var ErrDSN = errors.New("mysql: not a data source name such as user:password@tcp(host:3306)/database")

// Open returns the database of a data source name in the form of
// go-sql-driver/mysql. It does not connect yet. The caller must Close it.
//
// Connections talk UTF-8, and refuse what does not fit instead of cutting it,
// whatever dsn says.
func Open(dsn string, o sqldb.Options) (*sqldb.DB, error) {
	cfg, err := driver.ParseDSN(dsn)
	if err != nil || cfg.DBName == "" {
		return nil, ErrDSN
	}
	if err := cfg.Apply(driver.Charset("utf8mb4", "")); err != nil {
		return nil, err
	}
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["sql_mode"] = "'STRICT_TRANS_TABLES'"
	cfg.ClientFoundRows = false // which Dialect.Insert goes by
	cfg.InterpolateParams = false
	cfg.Logger = &driver.NopLogger{} // errors are returned, too
	connector, err := driver.NewConnector(cfg)
	if err != nil {
		return nil, ErrDSN
	}
	return sqldb.New(connector, system, o), nil
}

var system = sqldb.System{
	Goose:   goose.DialectMySQL,
	Lock:    `SELECT GET_LOCK(SHA1(CONCAT('goose ', DATABASE())), 60)`, // its names are the server's
	Explain: explain,
	Again:   again,
}
