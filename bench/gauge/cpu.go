package gauge

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Meter tells how much CPU somebody has used so far.
type Meter struct {
	Name string
	Read func() (time.Duration, error)
}

// tick is the unit of /proc/*/stat on every Linux: 100 in a second.
const tick = 10 * time.Millisecond

// Self is the CPU of this process, exactly.
func Self(name string) Meter {
	return Meter{name, func() (time.Duration, error) {
		var u syscall.Rusage
		err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err
	}}
}

// Process is the CPU of another process.
func Process(name string, pid int) Meter {
	return Meter{name, func() (time.Duration, error) {
		s, err := statOf(pid)
		return s.own, err
	}}
}

// Family is the CPU of a process, of its children, and of the children it had: a Postgres with its backends.
func Family(name string, pid int) Meter {
	return Meter{name, func() (time.Duration, error) {
		head, err := statOf(pid)
		if err != nil {
			return 0, err
		}
		total := head.own + head.gone
		processes, err := os.ReadDir("/proc")
		if err != nil {
			return 0, err
		}
		for _, p := range processes {
			id, err := strconv.Atoi(p.Name())
			if err != nil {
				continue
			}
			// One that has just ended is among those gone by the next reading.
			if s, err := statOf(id); err == nil && s.parent == pid {
				total += s.own
			}
		}
		return total, nil
	}}
}

type stat struct {
	parent    int
	own, gone time.Duration
}

// statOf reads /proc/PID/stat; its second field is a name that may hold anything but ends with the last bracket.
func statOf(pid int) (stat, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, err
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	var n [5]int
	for i, field := range []int{1, 11, 12, 13, 14} { // ppid, utime, stime, cutime, cstime
		if n[i], err = strconv.Atoi(fields[field]); err != nil {
			return stat{}, fmt.Errorf("/proc/%d/stat: %w", pid, err)
		}
	}
	return stat{n[0], time.Duration(n[1]+n[2]) * tick, time.Duration(n[3]+n[4]) * tick}, nil
}

func read(meters []Meter) ([]time.Duration, error) {
	readings := make([]time.Duration, len(meters))
	for i, m := range meters {
		var err error
		if readings[i], err = m.Read(); err != nil {
			return nil, fmt.Errorf("CPU of %s: %w", m.Name, err)
		}
	}
	return readings, nil
}
