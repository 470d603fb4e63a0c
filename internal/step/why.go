package step

// A Why tells variants of a kind of event apart. The words are stable: they are
// stored, and part of the ids of messages.
type Why string

// The whys of what a client sends, and of what it does with the response. The
// why of [CookieIgnored] is a reason of package jar, or [WhyBlocked].
const (
	WhyCookie   Why = "cookie"    // the request brought it
	WhyNoCookie Why = "no-cookie" // there is none
	WhyPlain    Why = "plain"     // it is Secure, and the request is not encrypted
	WhyNoneSent Why = "none-sent" // the response set no cookie
	WhyBlocked  Why = "blocked"   // the browser takes and sends no cookies
	WhySame     Why = "same"      // the cookie that came is the one that was there
)

// The whys of what the server does. Of [CodeRan] it is the operation.
const (
	WhyRight     Why = "ok" // the password
	WhyWrong     Why = "wrong"
	WhyNew       Why = "new"        // the session that was opened
	WhyLoaded    Why = "loaded"     // likewise
	WhyTooLong   Why = "too-long"   // the Set-Cookie line, for browsers
	WhyRefused   Why = "refused"    // the Set-Cookie line was not built: the cookie would have been too large
	WhySetCookie Why = "set-cookie" // the response carries one
)

// The whys of [IDMade] and [IDRenewed]: where the id comes from, if not from a random
// generator.
const (
	WhyCounted Why = "counter" // it is the next number
	WhyClock   Why = "clock"   // it is the hundredths of a second since 1970
)

// The whys of [SignatureInvalid] and [SessionExpired]: a cookie was not
// accepted, or a session had ended.
const (
	WhyUnsigned  Why = "unsigned"
	WhyMalformed Why = "malformed"
	WhySignature Why = "signature"
	WhyTimestamp Why = "timestamp"
	WhyPayload   Why = "payload"
	WhyLifetime  Why = "lifetime"
	WhyIdle      Why = "idle"
	WhyAbsolute  Why = "absolute"
	WhyFuture    Why = "future"
	WhyRevoked   Why = "revoked"
)

// The whys of what a store answers. Of [StoreFailed] and [SaveConflict] it is what
// the store was asked to do.
const (
	WhyLoad       Why = "load"
	WhySave       Why = "save"
	WhyDelete     Why = "delete"
	WhyExpired    Why = "expired"    // the record was there, but had expired
	WhyRenewed    Why = "renewed"    // the record was there, but its session got another id a moment ago
	WhyMissing    Why = "missing"    // there is no record, and nobody knows why; only a [Summary] says so
	WhyUnreadable Why = "unreadable" // the record is not a session
)
