# Records cookies as Rails makes them: ruby record_rails.rb > rails.json
#
# Keys are derived as ActionDispatch::Cookies does it: PBKDF2 over
# secret_key_base, 1000 rounds, with SHA-1 up to Rails 6.1 and SHA-256 since 7.0.
require "active_support"
require "active_support/all"
require "json"
require "uri"

SECRET = "a-secret-key-base-of-the-class-which-rails-would-make-much-longer"
SAMPLES = []

def derive(salt, length, digest)
  OpenSSL::PKCS5.pbkdf2_hmac(SECRET, salt, 1000, length, OpenSSL::Digest.new(digest))
end

def add(name, value, payload, format: "rails-signed", parts: %w[payload signature], cookie: "", key: SECRET)
  SAMPLES << { name: name, cookie: cookie, value: URI.encode_www_form_component(value), format: format, key: key, salt: "",
               signed_at: nil, payload: payload, parts: parts }
end

VALUES = { "session_id" => "3f1d0a", "uname" => "momo", "cart" => [1, 2] }
PLAIN = { "uname" => "momo", "cart" => [1, 2] }
JSONS = JSON

old = ActiveSupport::MessageVerifier
add "verifier, Marshal, SHA-1, key as it is", old.new(SECRET, digest: "SHA1").generate(PLAIN), PLAIN
add "verifier, JSON, SHA-256, key as it is", old.new(SECRET, digest: "SHA256", serializer: JSONS).generate(PLAIN), PLAIN
add "signed cookie of Rails 4", old.new(derive("signed cookie", 64, "SHA1"), digest: "SHA1", serializer: Marshal).generate(PLAIN), PLAIN
add "signed cookie of Rails 6", old.new(derive("signed cookie", 64, "SHA1"), digest: "SHA1", serializer: JSONS).generate("momo", purpose: "cookie.uname"), "momo", cookie: "uname"
add "signed cookie of Rails 7", old.new(derive("signed cookie", 64, "SHA256"), digest: "SHA256", serializer: JSONS).generate({ "a" => 1 }, purpose: "cookie.prefs", expires_at: Time.utc(2026, 11, 30)), { "a" => 1 }, cookie: "prefs"

many = { "nil" => nil, "yes" => true, "big" => 2**70, "small" => -300, "f" => 1.5, "sym" => :ok, :key => ["x", "x"], "text" => "莫莫" }
add "verifier, all kinds of Marshal", old.new(SECRET, digest: "SHA1").generate(many),
    { "nil" => nil, "yes" => true, "big" => 2**70, "small" => -300, "f" => 1.5, "sym" => ":ok", ":key" => ["x", "x"], "text" => "莫莫" }

box = ActiveSupport::MessageEncryptor
gcm = { cipher: "aes-256-gcm", serializer: JSONS }
three = %w[payload iv tag]
add "session of Rails 5.2", box.new(derive("authenticated encrypted cookie", 32, "SHA1"), **gcm).encrypt_and_sign(VALUES), VALUES, format: "rails-encrypted", parts: three, cookie: "_shop_session"
add "session of Rails 7", box.new(derive("authenticated encrypted cookie", 32, "SHA256"), **gcm).encrypt_and_sign(VALUES, purpose: "cookie._shop_session"), VALUES, format: "rails-encrypted", parts: three, cookie: "_shop_session"
cbc = box.new(derive("encrypted cookie", 32, "SHA1"), derive("signed encrypted cookie", 64, "SHA1"), cipher: "aes-256-cbc", serializer: JSONS)
add "session of Rails 4", cbc.encrypt_and_sign(VALUES), VALUES, format: "rails-encrypted", parts: %w[payload signature], cookie: "_shop_session"

puts JSON.pretty_generate(library: "ActiveSupport #{ActiveSupport::VERSION::STRING}, Ruby #{RUBY_VERSION}", samples: SAMPLES)
