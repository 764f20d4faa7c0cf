// Package web makes the pages that people see: Today, the lamps, the customers,
// one customer, the imports, the settings.
//
// It is a face: it turns requests into questions for the doors and work for
// the app, and nouns into HTML. Below it are phrase, which says things in the
// reader's language, and chart, which draws; above it is app, which gives it
// what it needs through the interfaces in web.go and serves the handler.
//
// Pages are made on the server (templ components, *.templ, generated into
// *_templ.go) and work without a script: every filter is a form, every sort a
// link, every piece of long work a page that refreshes itself. htmx, when it was
// built in, spares the reader the reload; script/ adds the keyboard. Nothing is
// fetched from anywhere else, and nothing in a page is inline: the policy in
// guard.go forbids it.
package web
