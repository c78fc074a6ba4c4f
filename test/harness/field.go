package harness

import (
	"encoding/json"
	"net/http"
)

// Call sends JSON to a path of the field API; nil sends nothing.
func (c *Client) Call(method, path string, body any) Answer {
	c.t.Helper()
	header := http.Header{}
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			c.t.Fatal(err)
		}
		header.Set("Content-Type", "application/json")
	}
	a, err := c.exchange(c.t.Context(), method, path, header, text)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}
