-- Tells the index of one family, KEYS[1] when its sessions expire and KEYS[2]
-- their bytes, that the time is ARGV[1], 0 if it is not known, and that the
-- session ARGV[2] has gone, or that it expires at ARGV[3], in seconds, and has
-- ARGV[4] bytes. Returns how many sessions there are, their bytes, and how many
-- that expired it forgot: a hundred at most, so that nobody waits for long.
local expires, bytes, now = KEYS[1], KEYS[2], ARGV[1]
local total = ':' -- the field for all; no name has a colon

local function forget(name)
  local size = redis.call('HGET', bytes, name)
  if size then
    redis.call('HINCRBY', bytes, total, -size)
    redis.call('HDEL', bytes, name)
  end
  redis.call('ZREM', expires, name)
end

local expired = redis.call('ZRANGEBYSCORE', expires, '-inf', now, 'LIMIT', 0, 100)
for _, name in ipairs(expired) do
  forget(name)
end
if ARGV[2] then
  forget(ARGV[2])
end
if ARGV[3] then
  redis.call('ZADD', expires, ARGV[3], ARGV[2])
  redis.call('HSET', bytes, ARGV[2], ARGV[4])
  redis.call('HINCRBY', bytes, total, ARGV[4])
end
local last = redis.call('ZRANGE', expires, -1, -1, 'WITHSCORES')[2]
if not last then
  redis.call('DEL', bytes)
  return {0, 0, #expired}
end
if now ~= '0' then
  redis.call('EXPIRE', expires, last - now)
  redis.call('EXPIRE', bytes, last - now)
end
return {redis.call('ZCARD', expires), tonumber(redis.call('HGET', bytes, total) or 0), #expired}
