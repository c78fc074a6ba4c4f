// Package model drives a case by random actions of random people over random calendars, and holds every step against an
// oracle that knows the rules by heart and counts time minute by minute. It is a test, and nothing else.
package model
