package inspect

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// dataProtectionHead begins what ASP.NET Core protects: CfDJ8 in base64url.
const dataProtectionHead = 0x09f0c9f0

// asDataProtection recognises what ASP.NET Core's Data Protection encrypts: four
// bytes that mark it, the id of the key, and data with an authenticator, of a
// length that the key's settings tell and the cookie does not.
func asDataProtection(in *input) *Report {
	if strings.Trim(in.text, base62Digits+"-_=") != "" {
		return nil
	}
	all, ok := anyBase64(in.text[:len(in.text)/4*4]) // a copy may be cut off
	if !ok || len(all) < 4+16+16 || binary.BigEndian.Uint32(all) != dataProtectionHead {
		return nil
	}
	r := &Report{Format: DataProtection, Sure: Certain, Algorithm: "Data Protection", Encrypted: true}
	id := all[4:20] // of .NET: three numbers, the lowest byte first, and eight bytes
	guid := fmt.Sprintf("%08x-%04x-%04x-%x-%x", binary.LittleEndian.Uint32(id), binary.LittleEndian.Uint16(id[4:]),
		binary.LittleEndian.Uint16(id[6:]), id[8:10], id[10:])
	r.cutPacked(in.text, span{Header, 4, ""}, span{KeyID, 16, guid}, span{Payload, len(all) - 20, ""})
	r.note("key-id", "ID", guid)
	if strings.HasPrefix(in.opt.Name, ".AspNetCore.Session") {
		r.note("sealed-id")
	} else {
		r.note("data-inside")
	}
	r.unchecked(in)
	return r
}
