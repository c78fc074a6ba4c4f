package stand

import (
	"context"
	"fmt"
	"strings"
)

// Fill runs statements whose pg_temp.id makes ids of numbers, one after the other, each with as many of the arguments as it
// names, and leaves statistics and free of dead rows what they wrote.
func (s *Stand) Fill(ctx context.Context, address string, args []any, statements ...string) error {
	owner, err := s.owner(ctx, address)
	if err != nil {
		return err
	}
	defer owner.Close(context.WithoutCancel(ctx))
	for _, sql := range append(append([]string{idSQL}, statements...), "vacuum analyze") {
		n := 0
		for n < len(args) && strings.Contains(sql, fmt.Sprintf("$%d", n+1)) {
			n++
		}
		if _, err := owner.Exec(ctx, sql, args[:n]...); err != nil {
			return fmt.Errorf("%.40s…: %w", sql, err)
		}
	}
	return nil
}
