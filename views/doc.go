// Package views renders the pages: templ components and the plain values that
// they show. It does no I/O and knows neither Echo nor sessions; every sentence
// about a step comes to it ready made.
//
// The sequence diagram of a step is laid out by a pure function of its events
// (diagram.go) and drawn as SVG (draw.go). Parts that repeat are written by
// [markup] rather than by templates, because a page must cost little. Whatever
// a client sent is shown by [visible], so that nobody can hide anything in it.
package views
