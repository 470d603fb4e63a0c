// Package gorillacookie keeps sessions in encrypted cookies, as gorilla/sessions'
// own CookieStore does: nobody but the server can read or change the values.
//
//	session=MTcwMDAwMDAwMHx6dlJRdlNucVdn…
//	base64( seconds | base64( IV, ciphertext ) | MAC )
//
// gorilla/securecookie encrypts with AES in counter mode under a random IV, and
// authenticates the cookie's name, the time and the ciphertext with HMAC-SHA256.
// The values are JSON, as securecookie's JSONEncoder writes it, not gob: see
// [session.JSON] for their types. What securecookie is left without is its own
// idea of a cookie's age: that is judged by the session store's clock and
// lifetime, from the time that the MAC covers.
package gorillacookie
