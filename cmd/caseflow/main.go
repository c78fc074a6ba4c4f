// Command caseflow writes docs/case-flow.md. `go generate ./domain/casework` runs it.
package main

import (
	"fmt"
	"os"

	"gridwork/domain/casework"
)

// document is seen from domain/casework, where go generate runs what stands there.
const document = "../../docs/case-flow.md"

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write() error {
	file, err := os.Create(document)
	if err != nil {
		return err
	}
	if _, err := file.WriteString(casework.FlowDocument()); err != nil {
		return err
	}
	return file.Close()
}
