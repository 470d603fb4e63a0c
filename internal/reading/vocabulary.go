package reading

// Outcomes are all outcomes.
var Outcomes = [...]Outcome{
	OutcomeDone, OutcomeNobody, OutcomeNoKey, OutcomePassword, OutcomeUnreadable, OutcomeFailed, OutcomeRefused, OutcomeNowhere,
}

// CookieChanges are all changes of a cookie.
var CookieChanges = [...]CookieChange{
	CookieNone, CookieKept, CookieResent, CookieAppeared, CookieRenewed, CookieLifetime, CookieFlags, CookieDeleted, CookieRefused, CookieLost,
}

// RecordChanges are all changes of a record.
var RecordChanges = [...]RecordChange{
	RecordNone, RecordKept, RecordTouched, RecordCreated, RecordChanged, RecordMoved, RecordDeleted, RecordUnseen,
}
