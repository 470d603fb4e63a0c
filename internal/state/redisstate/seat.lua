-- Stores the seat KEYS[1]: issued ARGV[1], used ARGV[2], bench ARGV[3], ended
-- ARGV[4]. An ended seat stays so, and the number of its bench never goes back.
local old = redis.call('HMGET', KEYS[1], 'bench', 'ended')
local bench = math.max(tonumber(ARGV[3]), tonumber(old[1] or ARGV[3]))
local ended = math.max(tonumber(ARGV[4]), tonumber(old[2] or ARGV[4]))
redis.call('HSETNX', KEYS[1], 'issued', ARGV[1])
redis.call('HSET', KEYS[1], 'used', ARGV[2], 'bench', bench, 'ended', ended)
