package state

import (
	"context"
	"time"

	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// SeatRow implements seat.State.
func (s *State) SeatRow(ctx context.Context, hash string) (seat.Row, error) {
	row, changes, ok := s.seats.get(hash)
	if ok {
		return row, nil
	}
	row.Hash = hash
	var issued, used int64
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		return one(c, []any{&issued, &used, &row.Bench, &row.Ended},
			`SELECT issued, used, bench, ended FROM seats WHERE hash = ?`, hash)
	})
	row.Issued, row.Used = time.UnixMilli(issued), time.UnixMilli(used)
	if err == nil {
		s.seats.put(row, changes)
	}
	return row, err
}

// SaveSeat implements seat.State.
func (s *State) SaveSeat(ctx context.Context, row seat.Row) error {
	var ended int64
	if row.Ended {
		ended = 1
	}
	defer s.seats.drop(row.Hash) // even if it is not known whether it was stored
	return s.exec(ctx, `INSERT INTO seats (hash, issued, used, bench, ended) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (hash) DO UPDATE SET used = excluded.used, bench = max(bench, excluded.bench), ended = max(ended, excluded.ended)`,
		row.Hash, row.Issued.UnixMilli(), row.Used.UnixMilli(), int64(row.Bench), ended)
}

// SweepSeats implements seat.State.
func (s *State) SweepSeats(ctx context.Context, issued time.Time) error {
	defer s.seats.drop("")
	return s.exec(ctx, `DELETE FROM seats WHERE issued < ?`, issued.UnixMilli())
}
