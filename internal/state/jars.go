package state

import (
	"context"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// Jars implements lab.State.
func (s *State) Jars(ctx context.Context, bench string) (map[string][]byte, error) {
	var jars map[string][]byte
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		jars = make(map[string][]byte)
		return c.Query(func(r sqlbackend.Row) error {
			var client string
			var jar []byte
			err := r.Scan(&client, &jar)
			jars[client] = jar
			return err
		}, `SELECT client, jar FROM jars WHERE bench = ?`, bench)
	})
	return jars, err
}

// putJar stores the jar of a client of a stored bench, or removes it if it is nil.
func putJar(c sqlbackend.Conn, bench, client string, jar []byte) error {
	if jar == nil {
		_, err := c.Exec(`DELETE FROM jars WHERE bench = ? AND client = ?`, bench, client)
		return err
	}
	return saveJar(c, bench, client, jar)
}

// saveJar stores the jar of a client of a stored bench.
func saveJar(c sqlbackend.Conn, bench, client string, jar []byte) error {
	n, err := c.Exec(`INSERT INTO jars (bench, client, jar) SELECT id, ?, ? FROM benches WHERE id = ?
		ON CONFLICT (bench, client) DO UPDATE SET jar = excluded.jar`, client, string(jar), bench)
	if err == nil && n == 0 {
		err = lab.ErrUnknown
	}
	return err
}
