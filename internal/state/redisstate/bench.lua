-- Stores the bench KEYS[1] if it is of version ARGV[1], '' for no bench and '*'
-- for any: version ARGV[2] now, settings ARGV[3], created ARGV[4] unless it
-- has one, used ARGV[5]. Returns 1, 0 for another version, or -1 if it was removed.
local version = redis.call('HGET', KEYS[1], 'version') or ''
if ARGV[1] ~= '*' and ARGV[1] ~= version then
  return 0
end
if redis.call('HEXISTS', KEYS[1], 'gone') == 1 then
  return -1
end
redis.call('HSETNX', KEYS[1], 'created', ARGV[4])
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'settings', ARGV[3], 'used', ARGV[5])
return 1
