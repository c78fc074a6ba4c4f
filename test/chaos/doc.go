// Package chaos breaks things under load and then asks whether anything was lost, doubled or late.
//
// The platform runs as it does in earnest: a process that serves, a process that works, and stores of their own, all
// of which are killed, stopped and emptied while reporters submit and a dispatcher files. The reporters keep a ledger
// of what was acknowledged to them, and it is held against the store. Handhelds do the same over a line that is bad in every
// way that a line can be. Run it with `make chaos`.
package chaos
