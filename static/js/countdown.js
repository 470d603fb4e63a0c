// Limits that may pass while somebody looks at them: what carries data-until counts down,
// and turns over when its time has come. The page says in data-now what time it is for
// its server. The browser's own clock may be wrong: it only measures what passes.
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]]
const lang = document.documentElement.lang
const unitDisplay = lang.startsWith('zh') ? 'short' : 'long'

let said = '' // the server's time as the page says it
let ahead = 0 // milliseconds that its clock is ahead of ours
let timer = 0

// length says seconds as the server does: in the first unit that is at most 2 % off.
function length(seconds) {
  const count = size => Math.round(seconds / size)
  const [unit, size] = units.find(([, size]) => count(size) > 0 && Math.abs(seconds - count(size) * size) * 50 <= seconds)
  const parts = new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay }).formatToParts(count(size))
  return `${count(size)} ${parts.find(p => p.type === 'unit').value}`
}

function tick() {
  clearTimeout(timer)
  const base = document.getElementById('lab')?.dataset.now ?? ''
  if (base !== said) ahead = Date.parse(said = base) - Date.now()
  const now = Date.now() + ahead
  let soonest = Infinity
  for (const limit of document.querySelectorAll('[data-until]')) {
    const left = Math.ceil((Date.parse(limit.dataset.until) - now) / 1000)
    limit.querySelector('.ahead').hidden = left <= 0
    limit.querySelector('.past').hidden = left > 0
    if (left <= 0) continue
    soonest = Math.min(soonest, left)
    const words = length(left), shown = limit.querySelector('.left')
    if (shown.textContent !== words) shown.textContent = words
  }
  if (soonest < 7200) timer = setTimeout(tick, 1000 - now % 1000)
  else if (soonest < Infinity) timer = setTimeout(tick, 60_000)
}

tick()
document.addEventListener('htmx-after-settle', tick)
document.addEventListener('visibilitychange', tick)
addEventListener('pageshow', tick)
