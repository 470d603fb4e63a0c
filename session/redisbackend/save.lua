-- Saves the session KEYS[1] if its version is still ARGV[1], 0 for no live
-- session. ARGV[2] is the time now, ARGV[3] how long to keep it, in
-- milliseconds; then come the fields. Returns 1, and when the session would
-- have expired and how large it was; or 0 if the version is another.
local found = redis.call('HMGET', KEYS[1], 'version', 'expires')
local version = '0'
if found[1] and (tonumber(found[2]) or math.huge) > tonumber(ARGV[2]) then
  version = found[1]
end
if version ~= ARGV[1] then
  return {0}
end
local size = redis.call('HSTRLEN', KEYS[1], 'data')
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {1, found[2] or '', size}
