-- Stores the jar ARGV[2] of the client ARGV[1] of the bench KEYS[1] in KEYS[2].
-- Returns 1, or 0 if the bench is not stored.
if redis.call('HEXISTS', KEYS[1], 'version') == 0 then
  return 0
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
