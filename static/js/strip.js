// The current step is kept in sight on the strip of steps, and pointing at the rail
// shows the step that has its place there.
import { visit } from './address.js'

// An observer looks once the page is laid out, and again whenever what is beside the
// strip comes or goes.
const laidOut = new ResizeObserver(([{ target: strip }]) => {
  const chip = strip.querySelector('[aria-current]')
  if (chip) strip.scrollLeft = chip.offsetLeft - (strip.clientWidth - chip.offsetWidth) / 2
})

function reveal() {
  laidOut.disconnect()
  const strip = document.querySelector('.strip')
  if (strip) laidOut.observe(strip)
}
reveal()
document.addEventListener('htmx-after-settle', reveal)

// place is the rail that is pointed at, and the step there.
function place(e) {
  const rail = e.target.closest?.('.rail')
  if (!rail) return {}
  const box = rail.getBoundingClientRect(), later = rail.dataset.steps.split(' ').map(Number)
  const at = Math.floor((e.clientX - box.left) / box.width * later.length)
  return { rail, step: later.slice(0, Math.max(at, 0) + 1).reduce((a, b) => a + b) }
}

document.addEventListener('click', e => {
  const { rail, step } = place(e)
  if (rail) visit(`${location.pathname}?step=${step}${rail.dataset.view}`)
})

document.addEventListener('pointermove', e => {
  const { rail, step } = place(e)
  if (rail) rail.parentNode.title = rail.parentNode.dataset.word.replace('#', step)
})
