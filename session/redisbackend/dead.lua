-- Returns how many sessions of one family, KEYS[1] when they expire and KEYS[2]
-- their bytes, have expired at ARGV[1], and their bytes.
local expired = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local size = 0
for _, name in ipairs(expired) do
  size = size + (redis.call('HGET', KEYS[2], name) or 0)
end
return {#expired, size}
