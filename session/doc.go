// Package session keeps web sessions on the server, behind gorilla's
// sessions.Store: the cookie holds a random id, and a [Backend] stores the
// values under it. It can also keep the values in the cookie: see
// [CookieStore].
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
// Sessions begin and end, and cookies are sent, by Flask's rules: nothing is
// stored until there is a value to store, a session that becomes empty is
// deleted with its cookie, and a session is permanent if its value "_permanent"
// is true. See [Store.Save].
//
// Ids are 160 random bits, and only the server makes them: it never adopts an
// id that a request made up. [LogIn] replaces the id. The old one is worthless
// at once; requests that still bring it a moment later lose nothing and do no
// harm, see [Options].RenewGrace. With [Options].Keys, ids are signed, so that
// made-up ones never reach the backend. With HashID, the backend holds only
// their hashes.
//
// Records have versions. If another request saved the record first, a save
// returns [ErrConflict]. [Store.Update] then loads the record again and repeats
// the change, so that concurrent requests lose no update and a late save does
// not bring back a deleted session. A backend that cannot answer is an
// [*Error], never an empty session.
//
// The server enforces lifetimes itself: it does not rely on the browser to
// delete a cookie. It does not find expired records even before [Sweep] removes
// them.
//
// # Sessions in cookies
//
// A [CookieStore] follows the same rules, but keeps the values in the cookie. A
// [Codec] writes them: package flask as Flask does, signed, package
// gorillacookie as gorilla does, encrypted.
//
// # Watching it
//
// The hooks of a [Trace] in the request's context run at every stage, and get
// the command that each backend sent to its store, as in net/http/httptrace.
//
// # Backends
//
// [Memory] is the reference. Package sqlbackend keeps sessions in SQL
// databases. Package sessiontest is the conformance suite that each of them
// passes.
package session
