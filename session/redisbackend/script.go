package redisbackend

import (
	"crypto/sha1" // #nosec G505 -- it is how Redis names a script
	_ "embed"
	"encoding/hex"

	"github.com/redis/rueidis"
)

// A script runs within Redis as one command.
type script struct {
	name   string // of its file here
	source string
	sha    string // by which a server that has seen it knows it
	about  string // what a trace shows after the command
}

var (
	//go:embed save.lua
	saveSource string
	//go:embed delete.lua
	deleteSource string
	//go:embed index.lua
	indexSource string
	//go:embed dead.lua
	deadSource string

	saveScript   = newScript("save.lua", saveSource, saveSource)
	deleteScript = newScript("delete.lua", deleteSource, deleteSource)
	indexScript  = newScript("index.lua", indexSource, "-- counts the sessions of a site: ZADD, HSET, HINCRBY, EXPIRE")
	deadScript   = newScript("dead.lua", deadSource, "-- counts the sessions that have expired by the site's clock: ZRANGEBYSCORE, HGET")
)

func newScript(name, source, about string) script {
	sum := sha1.Sum([]byte(source)) // #nosec G401 -- it is how Redis names a script
	return script{name: name, source: source, sha: hex.EncodeToString(sum[:]), about: "\n-- " + name + "\n" + about}
}

// run runs a script: by its hash, or in full on a server that does not know it
// yet, or no more. A trace is told of the one command that ran.
func (c *call) run(s script, keys []string, args ...string) rueidis.RedisResult {
	b := c.conn.B()
	cmd := b.Evalsha().Sha1(s.sha).Numkeys(int64(len(keys))).Key(keys...).Arg(args...).Build()
	told := len(c.told)
	res := c.do(cmd, s.about)
	if err, ok := rueidis.IsRedisErr(res.Error()); ok && err.IsNoScript() {
		c.told = c.told[:told]
		res = c.do(b.Eval().Script(s.source).Numkeys(int64(len(keys))).Key(keys...).Arg(args...).Build(), "")
	}
	return res
}
