// The clock of the bench goes on while somebody looks at it. The page states its time in
// the place whose time is shown; the browser's own clock only measures what passes.
let stated, base, start

function tick() {
  const time = document.querySelector('#clock > time')
  if (!time) return
  if (time.dateTime !== stated) {
    stated = time.dateTime
    base = Date.parse(stated.slice(0, 19) + 'Z')
    start = Date.now()
  }
  const at = new Date(base + Date.now() - start).toISOString()
  if (at.slice(0, 10) !== stated.slice(0, 10)) return // the day beside it would be wrong
  const shown = time.textContent.replace(/\d\d:\d\d:\d\d$/, at.slice(11, 19))
  if (shown !== time.textContent) time.textContent = shown
}

setInterval(tick, 1000)
tick()
document.addEventListener('htmx-after-settle', tick)
