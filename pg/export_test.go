package pg

// Waiting is how many writes no lane has taken yet.
func (c *Crowd[In, Out]) Waiting() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.waiting)
}
