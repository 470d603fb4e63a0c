package step

// Kinds are all kinds of event.
var Kinds = [...]Kind{
	RequestSent, CookieStored, CookieReplaced, CookieDeleted, CookieIgnored, CookieKept,
	CookieRead, CookieAbsent, SignatureValid, SignatureInvalid, PasswordChecked, IDMade, IDRenewed, SessionOpened, SessionExpired,
	CodeRan, SessionEmptied, SetCookieBuilt, ResponseSent,
	LoadAsked, LoadFound, LoadMissing, SaveAsked, SaveDone, SaveConflict, DeleteAsked, DeleteDone, StoreFailed,
}
