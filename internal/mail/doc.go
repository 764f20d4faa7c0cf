// Package mail hands letters to the company's mail server. It is a door on the
// second floor: a letter goes out as SMTP, what the server answers comes back as
// a behold.Error that says what to do about it; it decides nothing.
//
// Before it come the letter pages, which write a letter's words, and app, which
// knows when one is due and tries again; after it comes the mail server.
//
// Stops makes and reads the address that stops a letter without signing in.
package mail
