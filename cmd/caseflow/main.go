// Command caseflow writes the document of the case's states to the file that it is given.
package main

import (
	"fmt"
	"os"

	"gridwork/domain/casework"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: caseflow FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], []byte(casework.FlowDocument()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
