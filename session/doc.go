// Package session keeps web sessions on the server, behind gorilla's
// sessions.Store: the cookie carries a random id, and a [Backend] keeps the
// values under it. Or it keeps them in the cookie: see [CookieStore].
//
//	store := session.New(session.NewMemory(), session.DefaultOptions())
//
//	func handler(w http.ResponseWriter, r *http.Request) {
//		err := store.Update(w, r, "session", func(s *sessions.Session) error {
//			session.Set(s, "uname", "momo")
//			return nil
//		})
//		…
//	}
//
// # What it promises
//
// When sessions begin and end, and when cookies are sent, follows Flask: nothing
// is stored until there is something to store, a session that becomes empty is
// deleted with its cookie, and a session is permanent if its value "_permanent"
// is true. See [Store.Save].
//
// Ids are 160 random bits, made by the server alone: an id that it did not make
// is never adopted. [LogIn] replaces the id, and the old one is worthless at once;
// requests that bring it a moment later lose nothing and do no harm, see
// [Options].RenewGrace. With [Options].Keys ids
// are signed, so that made-up ones never reach the backend; with HashID the
// backend holds only their hashes.
//
// Records carry versions, and a save that was overtaken is refused with
// [ErrConflict]. [Store.Update] tries again from what is there now, so that
// concurrent requests lose no update and a late save revives nothing. A backend
// that cannot answer is an [*Error], never an empty session.
//
// Lifetimes are enforced here, whatever the browser does with its cookie. Expired
// records are not found even before [Sweep] removes them.
//
// # Sessions in cookies
//
// A [CookieStore] follows the same rules and keeps the values in the cookie itself,
// as a [Codec] writes them: package flask as Flask does, signed, package
// gorillacookie as gorilla does, encrypted.
//
// # Watching it
//
// A [Trace] in the request's context is told of every stage, down to the command
// that each backend sent to its store, in the manner of net/http/httptrace.
//
// # Backends
//
// [Memory] is the reference. Package sqlbackend keeps sessions in SQL databases.
// Package sessiontest is the conformance suite that each passes.
package session
