package demo

import (
	"context"
	"fmt"

	"gridwork/domain/measure"
	"gridwork/pg"
)

// Measures are those of the demo city, in the order in which they are shown.
func Measures() []measure.Measure {
	text, err := files.ReadFile("data/measures.json")
	if err != nil {
		panic(fmt.Sprintf("demo data measures.json: %v", err)) // a defect of the build, as with the other files
	}
	all, err := measure.Read(text)
	if err != nil {
		panic(fmt.Sprintf("demo data measures.json: %v", err))
	}
	return all
}

// publishMeasures publishes them all. The transaction's actor is the system or an administrator.
func publishMeasures(ctx context.Context, tx *pg.Tx) error {
	_, err := measure.Publish(ctx, tx, Measures())
	return err
}
