-- Stores a step of the bench KEYS[1] in KEYS[2], by its number ARGV[1] as
-- ARGV[2], and its summary ARGV[3] in KEYS[3], and says so on the channel
-- ARGV[4] with the words ARGV[5]. The jar ARGV[7] of its client ARGV[6], if given,
-- goes to KEYS[4], if that holds ARGV[8], if given, '' being none. Returns 1; 0 if the
-- bench is not stored; -1 if a step of that number is; -2 if KEYS[4] holds another jar.
if redis.call('HEXISTS', KEYS[1], 'version') == 0 then
  return 0
end
if ARGV[8] and (redis.call('HGET', KEYS[4], ARGV[6]) or '') ~= ARGV[8] then
  return -2
end
if redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 0 then
  return -1
end
redis.call('RPUSH', KEYS[3], ARGV[3])
redis.call('HINCRBY', KEYS[1], 'steps', 1)
redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[2])
if tonumber(redis.call('HGET', KEYS[1], 'next') or 0) < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'next', ARGV[1])
end
if KEYS[4] then
  redis.call('HSET', KEYS[4], ARGV[6], ARGV[7])
end
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
