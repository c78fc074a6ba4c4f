package gauge

import (
	"strings"
	"time"
)

// Spent is what doing something once has taken: time on the wall, and each meter's CPU.
type Spent struct {
	Wall time.Duration
	CPU  []time.Duration
	of   []Meter
}

// Clocked does something once.
func Clocked(meters []Meter, do func() error) (Spent, error) {
	before, err := readings(meters)
	if err != nil {
		return Spent{}, err
	}
	begun := time.Now()
	if err := do(); err != nil {
		return Spent{}, err
	}
	s := Spent{Wall: time.Since(begun), of: meters}
	if s.CPU, err = readings(meters); err != nil {
		return Spent{}, err
	}
	for i := range s.CPU {
		s.CPU[i] -= before[i]
	}
	return s, nil
}

func readings(meters []Meter) ([]time.Duration, error) {
	used := make([]time.Duration, len(meters))
	for i, m := range meters {
		var err error
		if used[i], err = m.Read(); err != nil {
			return nil, err
		}
	}
	return used, nil
}

func (s Spent) String() string {
	const finest = 10 * time.Millisecond
	parts := make([]string, len(s.CPU))
	for i, used := range s.CPU {
		parts[i] = s.of[i].Name + " " + used.Round(finest).String()
	}
	return s.Wall.Round(finest).String() + " (CPU: " + strings.Join(parts, ", ") + ")"
}
