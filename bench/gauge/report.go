package gauge

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Per is the share of the sorted latencies below which the given part of them lies: 0.99 is the 99th percentile.
func Per(sorted []time.Duration, part float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))]
}

// Rate is requests per second.
func (s Slice) Rate() float64 { return float64(len(s.Latencies)) / s.Took.Seconds() }

// P50, P95 and P99 are the slice's median, 95th and 99th percentile, in milliseconds.
func (s Slice) P50() float64 { return milliseconds(Per(s.Latencies, 0.50)) }
func (s Slice) P95() float64 { return milliseconds(Per(s.Latencies, 0.95)) }
func (s Slice) P99() float64 { return milliseconds(Per(s.Latencies, 0.99)) }

// Cost is the CPU of the i-th meter for one request, in microseconds.
func (s Slice) Cost(i int) float64 {
	return float64(s.CPU[i].Microseconds()) / float64(max(1, len(s.Latencies)))
}

// Costs is the CPU of all meters for one request, in microseconds.
func (s Slice) Costs() (sum float64) {
	for i := range s.CPU {
		sum += s.Cost(i)
	}
	return sum
}

// Spread is a figure over all slices: its median, its least and its most.
type Spread struct{ Median, Least, Most float64 }

func (s Spread) String() string {
	return fmt.Sprintf("%s (%s–%s)", digits(s.Median), digits(s.Least), digits(s.Most))
}

// Over is the spread of a figure.
func Over(values []float64) Spread {
	sorted := slices.Sorted(slices.Values(values))
	return Spread{sorted[len(sorted)/2], sorted[0], sorted[len(sorted)-1]}
}

// Of is the spread of a figure of the series' slices.
func (s Series) Of(figure func(Slice) float64) Spread {
	values := make([]float64, len(s.Slices))
	for i, slice := range s.Slices {
		values[i] = figure(slice)
	}
	return Over(values)
}

// Against is the spread of the ratios of a figure between slices that stood side by side.
func (s Series) Against(floor Series, figure func(Slice) float64) Spread {
	ratios := make([]float64, len(s.Slices))
	for i := range s.Slices {
		ratios[i] = figure(s.Slices[i]) / figure(floor.Slices[i])
	}
	return Over(ratios)
}

// Report writes a table of figures, each over all slices: median (least–most). The first series is the floor, and the
// others are compared with it.
func Report(out io.Writer, series []Series) {
	floor := series[0]
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(append([]string{"|", "requests/s", "p50 ms", "p99 ms", "CPU µs"}, floor.Meters...), "\t| "))
	for _, s := range series {
		row := []string{"| " + s.Name, s.Of(Slice.Rate).String(), s.Of(Slice.P50).String(), s.Of(Slice.P99).String(), s.Of(Slice.Costs).String()}
		for i := range s.Meters {
			row = append(row, digits(s.Of(func(slice Slice) float64 { return slice.Cost(i) }).Median))
		}
		fmt.Fprintln(w, strings.Join(row, "\t| "))
	}
	for _, s := range series[1:] {
		row := []string{"| " + s.Name + " ÷ " + floor.Name, s.Against(floor, Slice.Rate).String(), s.Against(floor, Slice.P50).String(),
			s.Against(floor, Slice.P99).String(), s.Against(floor, Slice.Costs).String()}
		for i := range s.Meters {
			row = append(row, digits(s.Against(floor, func(slice Slice) float64 { return slice.Cost(i) }).Median))
		}
		fmt.Fprintln(w, strings.Join(row, "\t| "))
	}
	_ = w.Flush()
}

// Machine says what else the machine was doing.
func Machine() string {
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "load unknown"
	}
	return "load average " + strings.Join(strings.Fields(string(load))[:3], " ")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func digits(v float64) string {
	decimals := 0
	switch {
	case cmp.Less(v, 10):
		decimals = 2
	case cmp.Less(v, 100):
		decimals = 1
	}
	return fmt.Sprintf("%.*f", decimals, v)
}
