// Package systemtest has the tests that start the program as its users do: the
// binary as a process, with real stores, killed, starved and cut off. It has no
// code but tests.
package systemtest
