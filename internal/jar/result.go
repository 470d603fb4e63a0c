package jar

// Outcome says what one Set-Cookie line did to the jar.
type Outcome string

// The outcomes of a Set-Cookie line.
const (
	Stored   Outcome = "stored"   // a cookie that was not there before
	Replaced Outcome = "replaced" // took the place of Result.Previous
	Deleted  Outcome = "deleted"  // removed Result.Previous and left nothing
	Ignored  Outcome = "ignored"  // changed nothing; see Result.Reason
)

// Reason is a stable machine word for why a line or an attribute had no
// effect, empty when it had one. Section numbers are those of RFC 6265bis.
type Reason string

// Reasons for which a whole Set-Cookie line is ignored.
const (
	ReasonControlCharacter        Reason = "control-character"          // 5.6, step 1
	ReasonEmpty                   Reason = "empty"                      // neither name nor value: 5.6
	ReasonTooLarge                Reason = "too-large"                  // over MaxPairSize: 5.6
	ReasonNoHost                  Reason = "no-host"                    // the URL has none that is valid
	ReasonNonASCIIDomain          Reason = "non-ascii-domain"           // 5.7, step 8
	ReasonPublicSuffix            Reason = "public-suffix"              // 5.7, step 9
	ReasonDomainMismatch          Reason = "domain-mismatch"            // 5.7, step 10
	ReasonSecureNeedsHTTPS        Reason = "secure-needs-https"         // 5.7, step 13
	ReasonHTTPOnlyFromScript      Reason = "http-only-from-script"      // 5.7, steps 15 and 23
	ReasonOverlaysSecure          Reason = "overlays-secure"            // 5.7, step 16
	ReasonCrossSite               Reason = "cross-site"                 // 5.7, step 18
	ReasonSameSiteNoneNeedsSecure Reason = "samesite-none-needs-secure" // 5.7, step 19
	ReasonPrefixSecure            Reason = "prefix-secure"              // 5.7, steps 20 and 22
	ReasonPrefixHost              Reason = "prefix-host"                // 5.7, steps 21 and 22
	ReasonPrefixHTTP              Reason = "prefix-http"                // newer than the draft
	ReasonPartitionedNeedsSecure  Reason = "partitioned-needs-secure"   // newer than the draft
	ReasonAlreadyExpired          Reason = "already-expired"            // a deletion that found nothing
	ReasonNoRoom                  Reason = "no-room"                    // evicted at once: 5.7, last steps
)

// Reasons for which one attribute is ignored.
const (
	ReasonUnknownAttribute    Reason = "unknown-attribute"
	ReasonAttributeTooLarge   Reason = "attribute-too-large"  // over MaxAttributeSize: 5.6
	ReasonUnreadableAttribute Reason = "unreadable-attribute" // no date, no number: 5.6.1, 5.6.2
	ReasonOverridden          Reason = "overridden"           // by a later one, or Expires by Max-Age
)

// InDraft reports whether r is a rule of RFC 6265bis itself, rather than a
// newer one that browsers enforce.
func (r Reason) InDraft() bool {
	return r != ReasonPrefixHTTP && r != ReasonPartitionedNeedsSecure
}

// Result is what became of one Set-Cookie line.
type Result struct {
	Outcome  Outcome `json:"outcome"`
	Reason   Reason  `json:"reason,omitempty"`   // set if and only if Outcome is Ignored
	Cookie   Cookie  `json:"cookie"`             // as read, or as stored
	Previous *Cookie `json:"previous,omitempty"` // the cookie replaced or deleted
	Evicted  *Cookie `json:"evicted,omitempty"`  // another cookie dropped to keep the limits
}
