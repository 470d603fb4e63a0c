package redisstate

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/internal/seat"
)

// SeatRow implements seat.State.
func (s *State) SeatRow(ctx context.Context, hash string) (seat.Row, error) {
	row := seat.Row{Hash: hash}
	fields, err := s.fields(ctx, seatKey(hash), "issued", "used", "bench", "ended")
	if err != nil {
		return row, err
	}
	numbers, err := integers(fields...)
	if err != nil {
		return row, fmt.Errorf("redisstate: seat: %w", err)
	}
	row.Issued, row.Used = time.UnixMilli(numbers[0]), time.UnixMilli(numbers[1])
	row.Bench, row.Ended = int(numbers[2]), numbers[3] != 0
	return row, nil
}

// SaveSeat implements seat.State.
func (s *State) SaveSeat(ctx context.Context, row seat.Row) error {
	ended := "0"
	if row.Ended {
		ended = "1"
	}
	args := []string{millis(row.Issued), millis(row.Used), strconv.Itoa(row.Bench), ended}
	_, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (struct{}, error) {
		err := list(ctx, c, seatsKey, row.Hash, row.Issued)
		if err == nil {
			err = s.seat.Exec(ctx, c, []string{seatKey(row.Hash)}, args).Error()
		}
		if rueidis.IsRedisNil(err) { // the script returns nothing
			err = nil
		}
		return struct{}{}, err
	})
	return err
}

// SweepSeats implements seat.State.
func (s *State) SweepSeats(ctx context.Context, issued time.Time) error {
	for {
		hashes, err := s.listed(ctx, seatsKey, issued)
		if err != nil || len(hashes) == 0 {
			return err
		}
		_, err = do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (struct{}, error) {
			var none struct{}
			for _, hash := range hashes {
				if err := c.Do(ctx, c.B().Unlink().Key(seatKey(hash)).Build()).Error(); err != nil {
					return none, err
				}
			}
			return none, unlist(ctx, c, seatsKey, hashes...)
		})
		if err != nil {
			return err
		}
	}
}
