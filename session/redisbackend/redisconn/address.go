package redisconn

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/redis/rueidis"
)

// Parse reads an address:
//
//	redis://user:password@host:port/database
//	redis://host:port?addr=host:port&addr=host:port
//
// The scheme rediss is for TLS; valkey and valkeys mean the same. User, password,
// port and database may be left out; a password without a user is that of the
// user default. A server of a cluster is known as such, and leads to the others;
// further addr are servers to ask if it does not answer. What needs escaping in a
// user or a password is to be percent-encoded. An error does not tell the address,
// which may hold a password.
func Parse(address string) (rueidis.ClientOption, error) {
	bad := func(why string) (rueidis.ClientOption, error) {
		return rueidis.ClientOption{}, errors.New(why)
	}
	u, err := url.Parse(address)
	if err != nil { // which tells the address
		return bad("the URL is malformed; what is special in a user or a password must be percent-encoded")
	}
	switch u.Scheme {
	case "redis", "rediss", "valkey", "valkeys":
	default:
		return bad("the URL must begin with redis:// or rediss://")
	}
	if u.Hostname() == "" {
		return bad("the URL names no host")
	}
	if u.Fragment != "" || u.Opaque != "" {
		return bad("the URL must be like redis://user:password@host:port/database")
	}
	parameters, err := url.ParseQuery(u.RawQuery)
	if delete(parameters, "addr"); err != nil || len(parameters) > 0 {
		return bad("the URL may have no parameter but addr")
	}
	if len(u.Path) > 1 {
		if n, err := strconv.Atoi(u.Path[1:]); err != nil || n < 0 {
			return bad("the path of the URL must be the number of a database")
		}
	} else {
		u.Path = "" // a mere slash stands for the first
	}
	option, err := rueidis.ParseURL(u.String())
	if err != nil {
		return bad("the URL must be like redis://user:password@host:port/database")
	}
	return option, nil
}
