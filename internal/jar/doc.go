// Package jar is a cookie jar that follows the RFC 6265bis draft. It predicts
// what a client does with a Set-Cookie header, says why a cookie was refused,
// and holds the cookies of virtual browsers.
//
// The draft decides wherever browsers differ. Where Chromium and Firefox agree
// on more than it says, the jar follows them:
//
//   - Partitioned, unknown to the draft, needs Secure.
//   - The name prefixes __Http- and __Host-Http- need Secure and HttpOnly.
//   - A Domain attribute equal to the host's IP address makes a host-only
//     cookie, where the draft's words make one for the domain.
//   - http://localhost, http://127.0.0.1 and http://[::1] count as secure.
//
// The first two have Reasons of their own, for which Reason.InDraft is false,
// so that a page can tell them from the draft's rules.
//
// Browsers leave the draft in other places, which the jar does not copy: see
// [Differences]. Besides those, Firefox ignores the scheme when it compares
// sites, and keeps third-party cookies apart by top-level site.
//
// The response's status plays no part: a Set-Cookie counts on redirects and
// errors too.
package jar
