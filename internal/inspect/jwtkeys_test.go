package inspect_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/inspect"
)

// publicKeys are forms in which a public key is passed on.
func publicKeys(t *testing.T) map[string]string {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	card := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: now.Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, card, card, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	ed, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	armour := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return map[string]string{
		"SPKI":        armour("PUBLIC KEY", spki),
		"PKCS 1":      armour("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&private.PublicKey)),
		"certificate": armour("CERTIFICATE", cert),
		"OpenSSH":     "ssh-ed25519 " + base64.StdEncoding.EncodeToString(ed) + " momo@example.org",
		"ECDSA":       "ecdsa-sha2-nistp256 AAAAE2VjZHNh momo",
		"JWK":         `{"kty":"OKP","crv":"Ed25519","x":"` + base64.RawURLEncoding.EncodeToString(ed) + `"}`,
		"JWK set":     `{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}`,
		"base64":      base64.StdEncoding.EncodeToString(spki),
		"DER":         "base64:" + base64.StdEncoding.EncodeToString(spki),
	}
}

func TestAPublicKeyIsNoSecret(t *testing.T) {
	for name, key := range publicKeys(t) {
		forged, err := inspect.Sign(inspect.JWT, `{"sub":"mallory"}`, inspect.Options{Key: key, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		for _, typed := range []string{key, strings.TrimSpace(key)} { // forms drop the last line feed
			if r := inspect.Inspect(forged, inspect.Options{Key: typed, Now: now}); r.Signature != inspect.Valid || !noted(r, "confusion") {
				t.Errorf("%s: it is %s, %v; want valid, and a note on confusion", name, r.Signature, r.Notes)
			}
		}
	}
	for _, key := range []string{"k", "ssh", `{"kty":"oct","k":"AQAB"}`, `{"kty":"OKP","d":"AQAB"}`, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "MDEyMw=="} {
		forged, err := inspect.Sign(inspect.JWT, `{"sub":"momo"}`, inspect.Options{Key: key, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		if r := inspect.Inspect(forged, inspect.Options{Key: key, Now: now}); r.Signature != inspect.Valid || noted(r, "confusion") {
			t.Errorf("with the secret %q it is %s, %v", key, r.Signature, r.Notes)
		}
	}
}

func TestATimeThatIsOddIsStillThere(t *testing.T) {
	for claims, want := range map[string]string{
		`{"exp":1793613660000}`:          "claim-millis",
		`{"exp":1793613660000.5}`:        "claim-millis",
		`{"exp":"soon"}`:                 "claim-not-number",
		`{"exp":"2026-11-02T10:00:00Z"}`: "claim-not-number",
		`{"exp":"1793613660"}`:           "claim-not-number",
		`{"exp":null}`:                   "claim-not-number",
		`{"exp":1e300}`:                  "claim-far",
		`{"iat":1793613660000,"exp":1}`:  "claim-millis",
		`{"Exp":1}`:                      "no-exp", // names are told apart by their capitals
	} {
		token, err := inspect.Sign(inspect.JWT, claims, inspect.Options{Key: "k", Now: now})
		if err != nil {
			t.Fatal(err)
		}
		r := inspect.Inspect(token, inspect.Options{Now: now})
		if !noted(r, want) || want != "no-exp" && (noted(r, "no-time") || noted(r, "no-exp")) {
			t.Errorf("%s: %v; want %s", claims, r.Notes, want)
		}
		for _, n := range r.Notes {
			if n.Code == "claim-millis" && !slices.Contains(n.Args, "2026-11-02T10:01:00Z") {
				t.Errorf("%s: %v", claims, n.Args)
			}
		}
	}
}

func TestAKeyInAnyBase64IsDecoded(t *testing.T) {
	key := "\xfb\xef\xff~~~key?>" // has both signs that differ
	token, err := inspect.Sign(inspect.JWT, `{"sub":"momo"}`, inspect.Options{Key: "base64:" + base64.StdEncoding.EncodeToString([]byte(key)), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		for _, typed := range []string{"base64:" + encoding.EncodeToString([]byte(key)), " base64: " + encoding.EncodeToString([]byte(key)) + "\n"} {
			if r := inspect.Inspect(token, inspect.Options{Key: typed, Now: now}); r.Signature != inspect.Valid || noted(r, "key-as-text") {
				t.Errorf("with %q it is %s, %v", typed, r.Signature, r.Notes)
			}
		}
	}
	for _, typed := range []string{"hex: fb ef ff 7e 7e 7e 6b 65 79 3f 3e", "hex:FBEFFF7E7E7E6B65793F3E", "hex:fb:ef:ff:7e:7e:7e:6b:65:79:3f:3e"} {
		if r := inspect.Inspect(token, inspect.Options{Key: typed, Now: now}); r.Signature != inspect.Valid {
			t.Errorf("with %q it is %s", typed, r.Signature)
		}
	}
}

func TestAKeyThatCannotBeDecodedIsSaidToBeText(t *testing.T) {
	for _, key := range []string{"base64:", "base64:!!!", "base64:a", "hex:0", "hex:xyz", "hex:"} {
		token, err := inspect.Sign(inspect.JWT, `{"sub":"momo"}`, inspect.Options{Key: key, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		mark, _, _ := strings.Cut(key, ":")
		r := inspect.Inspect(token, inspect.Options{Key: key, Now: now})
		i := slices.IndexFunc(r.Notes, func(n inspect.Note) bool { return n.Code == "key-as-text" })
		if r.Signature != inspect.Valid || i < 0 || r.Notes[i].Args[1] != mark+":" {
			t.Errorf("with %q it is %s, %v", key, r.Signature, r.Notes)
		}
	}
}
