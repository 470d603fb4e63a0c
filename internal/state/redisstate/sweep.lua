-- Removes the bench KEYS[1] with KEYS[2] to KEYS[5], if it was last used before
-- ARGV[1] or is not stored. Returns 1, or 0 and when it was used.
local used = redis.call('HGET', KEYS[1], 'used')
if used and tonumber(used) >= tonumber(ARGV[1]) then
  return {0, used}
end
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
if redis.call('HEXISTS', KEYS[1], 'gone') == 0 then
  redis.call('UNLINK', KEYS[1])
end
return {1, ''}
