package inspect

import (
	"crypto/x509"
	"encoding/json"
	"strings"
)

// isPublic reports whether a key is one that anybody may have: a public key or a
// certificate, in PEM, as OpenSSH writes it, as JSON (RFC 7517), or in DER.
func isPublic(key []byte) bool {
	text := strings.TrimSpace(string(key))
	if _, label, ok := strings.Cut(text, "-----BEGIN "); ok {
		label, _, _ = strings.Cut(label, "-----")
		return strings.Contains(label, "PUBLIC KEY") || strings.HasSuffix(label, "CERTIFICATE")
	}
	for _, kind := range []string{"ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-", "---- BEGIN SSH2 PUBLIC KEY"} {
		if strings.HasPrefix(text, kind) {
			return true
		}
	}
	if isObject(json.RawMessage(text)) {
		return isPublicJWK(text)
	}
	der, ok := key, len(key) > 0 && key[0] == 0x30 // a SEQUENCE
	if !ok {
		if der, ok = anyBase64(strings.ReplaceAll(text, "\r", "")); !ok || der[0] != 0x30 {
			return false
		}
	}
	_, err := x509.ParsePKIXPublicKey(der)
	_, errRSA := x509.ParsePKCS1PublicKey(der)
	_, errCert := x509.ParseCertificate(der)
	return err == nil || errRSA == nil || errCert == nil
}

// isPublicJWK reports whether JSON is a key without its private part, or a set of
// such keys.
func isPublicJWK(text string) bool {
	type jwk struct {
		Kty string          `json:"kty"`
		D   json.RawMessage `json:"d"`
	}
	var set struct {
		jwk
		Keys []jwk `json:"keys"`
	}
	if jsonOf([]byte(text)) == nil || json.Unmarshal([]byte(text), &set) != nil {
		return false
	}
	for _, k := range append(set.Keys, set.jwk) {
		if (k.Kty == "RSA" || k.Kty == "EC" || k.Kty == "OKP") && k.D == nil {
			return true
		}
	}
	return false
}
