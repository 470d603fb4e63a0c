// A lesson's text and its picture stand one below the other on a phone. A new part is read
// from its top; while the part stays, what was pressed stays under the thumb, though what
// is above it grows or shrinks.
const stacked = matchMedia('(max-width: 63.99rem)')
const part = () => document.getElementById('lab').dataset.part
const top = el => el.getBoundingClientRect().top

let pressed = null // by a person, since the last update
let before = '', at = 0 // the part, and where that was, right before the update

// place follows an update. It waits for the next frame: a link's own fragment has led
// somewhere by then.
function place() {
  const was = pressed, began = part() !== before
  pressed = null
  if (was) requestAnimationFrame(() => began ? begin() : hold(was))
}

function begin() {
  document.querySelector('.tale-in').scrollTop = 0
  if (stacked.matches) document.querySelector('.tale').scrollIntoView({ behavior: 'instant' })
}

function hold(was) {
  if (stacked.matches && was.isConnected) scrollBy({ top: top(was) - at, behavior: 'instant' })
}

if (document.body.dataset.page === 'lesson') {
  document.addEventListener('click', e => { pressed = e.target.closest('#lab :is(a, button)') }, true)
  document.addEventListener('htmx-before-swap', () => {
    before = part()
    if (pressed) at = top(pressed)
  })
  document.addEventListener('htmx-after-settle', place)
}
