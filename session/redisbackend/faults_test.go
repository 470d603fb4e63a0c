package redisbackend_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

func TestEachFaultSaysWhatItIs(t *testing.T) {
	s := empty(t)
	hand(t, s, "ACL", "SETUSER", "lab", "reset", "on", ">right", "~*", "&*", "+@all")
	refuses(t, open(t, "redis://lab:hunter2@"+s.Addr), "WRONGPASS")
	refuses(t, open(t, "redis://"+s.Addr+"/99"), "DB index")
	if err := open(t, "rediss://"+s.Addr).Ping(t.Context()); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("Ping of a server without TLS = %v; want that it does not answer", err)
	}
	for address, want := range map[string]session.Fault{
		"redis://lab:hunter2@" + s.Addr: session.FaultDenied,
		"redis://" + s.Addr + "/99":     session.FaultNoDatabase,
		"redis://127.0.0.1:1":           session.FaultUnreachable,
	} {
		if err := open(t, address).Ping(t.Context()); session.FaultOf(err) != want {
			t.Errorf("Ping of %s = %v, which is %q; want %q", address, err, session.FaultOf(err), want)
		}
	}
	must(t, open(t, "redis://lab:right@"+s.Addr+"/3").Ping(t.Context()))

	hand(t, s, "ACL", "SETUSER", "reader", "reset", "on", ">right", "~*", "+@all", "-eval", "-evalsha")
	b := open(t, "redis://reader:right@"+s.Addr)
	if err := b.Save(t.Context(), "session:k", hour("v", 0), epoch); session.FaultOf(err) != session.FaultDenied || !strings.Contains(err.Error(), "NOPERM") {
		t.Errorf("Save without permission = %v; want NOPERM", err)
	}
}

func TestAReplicaIsReadOnly(t *testing.T) {
	primary, replica := empty(t), servers.Redis(t)
	b := open(t, replica.URL)
	must(t, b.Save(t.Context(), "session:k", hour("v", 0), epoch))
	host, port, _ := strings.Cut(primary.Addr, ":")
	hand(t, replica, "REPLICAOF", host, port)
	err := b.Save(t.Context(), "session:new", hour("v", 0), epoch)
	if session.FaultOf(err) != session.FaultReadOnly || !strings.Contains(err.Error(), "READONLY") {
		t.Errorf("Save on a replica = %v; want READONLY", err)
	}
	hand(t, replica, "REPLICAOF", "NO", "ONE")
	must(t, b.Save(t.Context(), "session:new", hour("v", 0), epoch))
}

func TestAFullServerRefusesToSave(t *testing.T) {
	s := servers.Redis(t)
	b := open(t, s.URL)
	must(t, b.Save(t.Context(), "session:k", hour("v", 0), epoch))
	hand(t, s, "CONFIG", "SET", "maxmemory", "1")
	if err := b.Save(t.Context(), "session:k", hour("w", 1), epoch); session.FaultOf(err) != session.FaultFull || !strings.Contains(err.Error(), "OOM") {
		t.Errorf("Save on a full server = %v; want OOM", err)
	}
	if rec, err := b.Load(t.Context(), "session:k", epoch); string(rec.Values) != "v" || err != nil {
		t.Errorf("Load = %q, %v; want the old value", rec.Values, err)
	}
	hand(t, s, "CONFIG", "SET", "maxmemory", "0")
	must(t, b.Save(t.Context(), "session:k", hour("w", 1), epoch))
}
