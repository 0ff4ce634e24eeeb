-- Appends to the stream of published events, if this node is the one that writes it and the stream
-- ends where the node thinks. All or nothing up to the first entry that Redis refuses.
--
-- KEYS  the stream, the writer's mark
-- ARGV  this writer, how long its mark lives (ms), the id the stream should end with ('' for none),
--       the length to keep, then for each entry: id, type, position, event
-- reply {'held'}: another node writes; {'at', id}: the stream ends there; {'ok', id}: appended
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then
  return {'held'}
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
local last = ''
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      last = info[i + 1]
    end
  end
end
if last ~= ARGV[3] then
  return {'at', last}
end
for i = 5, #ARGV, 4 do
  last = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[4], ARGV[i],
    'type', ARGV[i + 1], 'position', ARGV[i + 2], 'event', ARGV[i + 3])
end
return {'ok', last}
