package flask

import "errors"

var errBase64 = errors.New("the base64 is cut short")

// decodeBase64 reads base64 as leniently as Python's itsdangerous does: padding is
// added where the length asks for it, what is in no alphabet is passed over, and
// the unused bits of the last character may be anything. The characters 62 and
// 63 are those given, or + and / anyway.
func decodeBase64(s string, c62, c63 byte) ([]byte, error) {
	return a2b(s, (4-len(s)%4)%4, c62, c63)
}

// a2b is Python's binascii.a2b_base64 of s and that much padding.
func a2b(s string, padding int, c62, c63 byte) ([]byte, error) {
	b := make([]byte, 0, len(s)*3/4+1)
	quad, pads := 0, 0
	var left byte
	for i := range len(s) + padding {
		c := byte('=')
		if i < len(s) {
			c = s[i]
		}
		if c == '=' {
			if pads++; quad >= 2 && quad+pads >= 4 {
				return b, nil
			}
			continue
		}
		switch {
		case 'A' <= c && c <= 'Z':
			c -= 'A'
		case 'a' <= c && c <= 'z':
			c -= 'a' - 26
		case '0' <= c && c <= '9':
			c -= '0'
			c += 52
		case c == '+' || c == c62:
			c = 62
		case c == '/' || c == c63:
			c = 63
		default:
			continue
		}
		pads = 0
		if quad > 0 {
			b = append(b, left|c>>(6-2*quad))
		}
		left = c << (2 + 2*quad)
		quad = (quad + 1) % 4
	}
	if quad != 0 {
		return nil, errBase64
	}
	return b, nil
}
