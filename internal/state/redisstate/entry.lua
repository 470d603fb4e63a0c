-- Stores the entry ARGV[1] of the bench KEYS[1] at the end of KEYS[2], unless that
-- holds ARGV[2] of them, and says so on the channel ARGV[3] with the words ARGV[4].
-- The bench gets the version ARGV[5], so that other processes read it again. Then
-- come clients and their jars, which go to KEYS[3]; a jar of '' is removed. If ARGV[6]
-- is not '', the jar that is there until now comes after each, '' being none. Returns the
-- number of the entry, 0 if the bench is not stored, -1 if it is full, or -2 if another
-- jar is there.
local width = ARGV[6] == '' and 2 or 3
if redis.call('HEXISTS', KEYS[1], 'version') == 0 then
  return 0
end
if redis.call('LLEN', KEYS[2]) >= tonumber(ARGV[2]) then
  return -1
end
for i = 7, #ARGV, width do
  if width == 3 and (redis.call('HGET', KEYS[3], ARGV[i]) or '') ~= ARGV[i + 2] then
    return -2
  end
end
redis.call('HSET', KEYS[1], 'version', ARGV[5])
redis.call('HINCRBY', KEYS[1], 'bytes', #ARGV[1])
for i = 7, #ARGV, width do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[3], ARGV[i])
  else
    redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
  end
end
local n = redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return n
