-- Returns the next step number of the bench KEYS[1], or 0 if it is not stored.
if redis.call('HEXISTS', KEYS[1], 'version') == 0 then
  return 0
end
return redis.call('HINCRBY', KEYS[1], 'next', 1)
