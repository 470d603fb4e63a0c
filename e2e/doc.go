// Package e2e holds tests alone: they build Session Lab, start it as its users
// do, and drive it in Chromium and in Firefox. It is a module of its own and
// imports nothing of the product, so that it tests the artefact and keeps the
// browser drivers out of the product's dependencies.
//
// What the server alone decides, and what only Chromium can be asked for, is
// looked at in Chromium alone: transfer sizes, HTML, curl, print, HTTP archives.
//
// What no browser does in a way of its own is looked at in Chromium too, and in both
// where SESSIONLAB_BROWSERS is "all".
//
// setup.sh installs what the tests need. With SESSIONLAB_SHOTS=DIR in the
// environment the tests leave screenshots in DIR.
//
// With SESSIONLAB_ALL_LESSONS=1, a learner walks each lesson of the course in all ways,
// and not each in one.
package e2e
