package demo

import (
	"slices"

	"github.com/jackc/pgx/v5/pgtype"
)

// turn is when somebody is on a post every week, by the city's clocks. A night belongs to the day on which it begins.
type turn struct {
	weekdays []int16 // ISO: 1 = Monday … 7 = Sunday
	night    bool
}

// Days and nights meet, so that a post that has both is never left. A day has its lunch break in it.
const (
	dayBegins   = 8  // o'clock
	nightBegins = 18 // o'clock
)

// hours are the turn's first hour and the hour after its last one, o'clock.
func (t turn) hours() (starts, ends int) {
	if t.night {
		return nightBegins, dayBegins
	}
	return dayBegins, nightBegins
}

func clockTime(hour int) pgtype.Time {
	return pgtype.Time{Microseconds: int64(hour) * 3_600_000_000, Valid: true}
}

// office is a post that is kept on weekdays.
var office = []turn{{weekdays: []int16{1, 2, 3, 4, 5}}}

// team keeps a post day and night: the turns of its four members, nobody more than 44 hours a week, and nobody in the
// day after a night.
var team = [][]turn{
	{{weekdays: []int16{1, 2, 3, 4}}},
	{{weekdays: []int16{5, 6, 7}}, {weekdays: []int16{2}, night: true}},
	{{weekdays: []int16{1, 3, 5}, night: true}},
	{{weekdays: []int16{4, 6, 7}, night: true}},
}

// patrol keeps the nights: the turns of its three members.
var patrol = [][]turn{
	{{weekdays: []int16{1, 3, 5}, night: true}},
	{{weekdays: []int16{2, 4}, night: true}},
	{{weekdays: []int16{6, 7}, night: true}},
}

// rests are the two days a week that a grid worker has off. Neighbours stand in for one another on different ones.
var rests = [][]int16{{6, 7}, {1, 2}, {3, 4}}

// rounds are a grid worker's days.
func rounds(rest []int16) []turn {
	days := slices.DeleteFunc([]int16{1, 2, 3, 4, 5, 6, 7}, func(d int16) bool { return slices.Contains(rest, d) })
	return []turn{{weekdays: days}}
}

// besides is the part of turns that office hours leave open: nights and weekends.
func besides(turns []turn) []turn {
	var left []turn
	for _, t := range turns {
		if !t.night {
			t.weekdays = slices.DeleteFunc(slices.Clone(t.weekdays), func(d int16) bool { return d <= 5 })
		}
		if len(t.weekdays) > 0 {
			left = append(left, t)
		}
	}
	return left
}
