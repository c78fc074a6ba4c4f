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
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := file.WriteString(casework.FlowDocument()); err != nil {
		return err
	}
	return file.Close()
}
