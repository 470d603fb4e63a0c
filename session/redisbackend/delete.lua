-- Deletes the session KEYS[1] if its version is ARGV[1].
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
