package inspect

// A Format is a kind of cookie, by a name that stays.
type Format string

// The formats that are recognised.
const (
	Empty          Format = "empty"
	Flask          Format = "flask"           // Flask's session
	ItsDangerous   Format = "itsdangerous"    // other serializers and signers of itsdangerous
	Django         Format = "django"          // django.core.signing, and the session over it
	Express        Format = "express"         // cookie-signature: express-session, cookie-parser
	RailsSigned    Format = "rails-signed"    // ActiveSupport::MessageVerifier
	RailsEncrypted Format = "rails-encrypted" // ActiveSupport::MessageEncryptor
	Rack           Format = "rack"            // Rack::Session::Cookie up to Rack 2
	RackEncrypted  Format = "rack-encrypted"  // Rack::Session::Encryptor
	JWT            Format = "jwt"             // RFC 7519
	Gorilla        Format = "gorilla"         // gorilla/securecookie
	SignedID       Format = "signed-id"       // this product's own: id and signature
	Keygrip        Format = "cookie-session"  // cookie-session and Koa: the signature is in a second cookie
	Hono           Format = "hono"            // Hono's signed cookies
	Starlette      Format = "starlette"       // SessionMiddleware of Starlette and FastAPI
	Tornado        Format = "tornado"         // Tornado's signed values
	Bottle         Format = "bottle"          // Bottle's signed cookies
	Phoenix        Format = "phoenix"         // Plug.Crypto: sessions and tokens of Phoenix
	Play           Format = "play"            // Play's session before JSON Web Tokens
	Iron           Format = "iron"            // hapi's iron, iron-session
	Laravel        Format = "laravel"         // Illuminate's Encrypter
	CodeIgniter    Format = "codeigniter"     // CodeIgniter 2
	DataProtection Format = "aspnet-core"     // ASP.NET Core Data Protection
	Web2py         Format = "web2py"          // web2py's sessions in cookies
	WordPress      Format = "wordpress"       // WordPress's log-in
	Paseto         Format = "paseto"          // platform-agnostic security tokens
	Supabase       Format = "supabase"        // the tokens of Supabase
	Balancer       Format = "load-balancer"   // of a load balancer: no session
	Encoded        Format = "encoded"         // readable data without a signature
	Opaque         Format = "opaque"          // an id, as far as anyone can tell, or not recognised
)

// A Confidence says how sure a recogniser is of the format.
type Confidence string

// How sure a recogniser can be.
const (
	Certain      Confidence = "certain" // the form is of this maker alone, or a key fits
	Likely       Confidence = "likely"  // the form and the name fit, and few others make the like
	Guess        Confidence = "guess"   // it could be something else
	Unrecognised Confidence = "none"
)

// A Kind says what a part of a value is for.
type Kind string

// The kinds of part.
const (
	Prefix    Kind = "prefix"
	Header    Kind = "header"
	Payload   Kind = "payload"
	Timestamp Kind = "timestamp"
	Expiry    Kind = "expiry"
	ID        Kind = "id"
	Route     Kind = "route"  // which machine answers
	KeyID     Kind = "key-id" // which of several keys it was made with
	Name      Kind = "name"   // the cookie's own name, inside
	Salt      Kind = "salt"
	IV        Kind = "iv"
	Tag       Kind = "tag"
	Mac       Kind = "signature"
	Separator Kind = "separator"
	Other     Kind = "other"
)
