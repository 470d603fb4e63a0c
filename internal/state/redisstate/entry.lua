-- Stores the entry ARGV[1] of the bench KEYS[1] at the end of KEYS[2], unless that
-- holds ARGV[2] of them, and says so on the channel ARGV[3] with the words ARGV[4].
-- The bench gets the version ARGV[5], so that other processes read it again. Then
-- come clients and their jars, which go to KEYS[3]; a jar of '' is removed. Returns
-- the number of the entry, 0 if the bench is not stored, or -1 if it is full.
if redis.call('HEXISTS', KEYS[1], 'version') == 0 then
  return 0
end
if redis.call('LLEN', KEYS[2]) >= tonumber(ARGV[2]) then
  return -1
end
redis.call('HSET', KEYS[1], 'version', ARGV[5])
redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[1])
for i = 6, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[3], ARGV[i])
  else
    redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
  end
end
local n = redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return n
