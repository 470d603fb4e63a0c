# Records cookies of Rack: ruby [-I RACK_SESSION/lib] record_rack.rb > rack.json
#
# Rack 2 brings Rack::Session::Cookie along. What Rack 3 uses is in a library of
# its own, rack-session, whose encryptor needs nothing else of it.
require "rack"
require "rack/session/cookie"
require "rack/session/encryptor"
require "json"
require "uri"

SECRET = "a-secret-of-the-class-that-is-as-long-as-rack-asks-for-it-to-be-64-bytes"
SAMPLES = []

def add(name, value, payload, format: "rack", parts: %w[payload signature], cookie: "rack.session")
  SAMPLES << { name: name, cookie: cookie, value: value, format: format, key: SECRET, salt: "",
               signed_at: nil, payload: payload, parts: parts }
end

def cookie(**options)
  id = nil
  app = Rack::Session::Cookie.new(lambda { |env|
    env["rack.session"]["uname"] = "momo"
    id = env["rack.session"].id.public_id
    [200, {}, []]
  }, secret: SECRET, **options)
  line = app.call(Rack::MockRequest.env_for("/"))[1]["Set-Cookie"]
  [line[/\Arack.session=([^;]*)/, 1], id]
end

Coders = Rack::Session::Cookie::Base64
value, id = cookie
add "Marshal", value, { "uname" => "momo", "session_id" => { "(object)" => "Rack::Session::SessionId", "@public_id" => id } }
value, id = cookie(coder: Coders::JSON.new)
add "JSON", value, { "uname" => "momo", "session_id" => id }
value, id = cookie(coder: Coders::ZipJSON.new, hmac: OpenSSL::Digest::SHA256)
add "compressed JSON, SHA-256", value, { "uname" => "momo", "session_id" => id }

values = { "session_id" => "3f1d0a", "uname" => "momo" }
box = Rack::Session::Encryptor
add "encryptor 1, Marshal", URI.encode_www_form_component(box::V1.new(SECRET, purpose: "rack.session").encrypt(values)), values,
    format: "rack-encrypted", parts: %w[header salt iv payload signature]
add "encryptor 1, JSON", URI.encode_www_form_component(box::V1.new(SECRET, serialize_json: true).encrypt(values)), values,
    format: "rack-encrypted", parts: %w[header salt iv payload signature]
add "encryptor 2", URI.encode_www_form_component(box::V2.new(SECRET, purpose: "rack.session").encrypt(values)), values,
    format: "rack-encrypted", parts: %w[header salt iv tag payload]

puts JSON.pretty_generate(library: "Rack #{Rack.release}, encryptor of rack-session 2.1", samples: SAMPLES)
