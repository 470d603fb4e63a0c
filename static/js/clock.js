// The clock of the bench goes on while somebody looks at it. The page states its time in
// the place whose time is shown; the browser's own clock only measures what passes.
let stated, base, start, timer

function tick() {
  clearTimeout(timer)
  const time = document.querySelector('#clock > time')
  if (!time) return
  if (time.dateTime !== stated) {
    stated = time.dateTime
    base = Date.parse(stated.slice(0, 19) + 'Z')
    start = Date.now()
  }
  const at = new Date(base + Date.now() - start)
  if (at.getUTCDate() !== new Date(base).getUTCDate()) return // the day beside it would be wrong
  const shown = time.textContent.replace(/\d\d:\d\d:\d\d$/, at.toISOString().slice(11, 19))
  if (shown !== time.textContent) time.textContent = shown
  timer = setTimeout(tick, 1000 - at % 1000)
}

tick()
document.addEventListener('htmx-after-settle', tick)
document.addEventListener('visibilitychange', tick)
