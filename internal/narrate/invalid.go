package narrate

import "github.com/sessionlab/sessionlab/internal/step"

// invalidVariant is why a signature is wrong, as far as more is known than that: another
// worker's key made it, or somebody changed the cookie in the client.
func (n *telling) invalidVariant(why string) string {
	if known := n.wrongSignature(); known != "" && why == string(step.WhySignature) {
		return why + "-" + known
	}
	return ""
}

// wrongSignature is the end of that variant, "" if nothing more is known.
func (n *telling) wrongSignature() string {
	switch {
	case n.r.Signer > 0:
		return "worker"
	case n.opt.Edited:
		return "edited"
	}
	return ""
}
