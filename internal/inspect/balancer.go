package inspect

import "strings"

// asBalancer recognises the cookies by which the load balancers of AWS send a
// client to the same machine again. They are no sessions.
func asBalancer(in *input) *Report {
	name, variant := in.opt.Name, ""
	switch {
	case strings.HasPrefix(name, "AWSALB"):
		variant = "alb"
	case name == "AWSELB", name == "AWSELBCORS":
		variant = "elb"
	}
	letters, _ := entropy(in.text)
	if variant == "" || letters == "" || len(in.text) < 40 || variant == "elb" && letters != "0-9 A-F" {
		return nil
	}
	r := &Report{Format: Balancer, Sure: Likely, Variant: variant}
	r.cut(in.text, span{Route, len(in.text), ""})
	r.note("balancer")
	return r
}
