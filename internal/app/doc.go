// Package app opens what a command or the server needs, wires it together and
// closes it again. It is the only room that knows all others, the only one
// that reads the environment, and it decides nothing.
//
// Below it lie the doors, the judgement and the round; above it only the roof.
package app
