// Presenting is a form of the page for the last row of a room. The address says so,
// for the server to render it at once; a partial update leaves the form as it is,
// and is noted in the address.
import { write } from './address.js'

const root = document.documentElement

export const presenting = () => 'present' in root.dataset

function note() {
  const url = new URL(location)
  if (url.searchParams.has('present') === presenting()) return
  presenting() ? url.searchParams.set('present', '') : url.searchParams.delete('present')
  write(url.pathname + url.search.replace('present=', 'present'))
}

// reach lets keys scroll the panes: presented, they hold little else to stop at.
function reach() {
  for (const pane of document.querySelectorAll('.pane:not(.flow)')) {
    presenting() ? pane.tabIndex = 0 : pane.removeAttribute('tabindex')
  }
}

export function present(on) {
  root.toggleAttribute('data-present', on)
  note()
  reach()
  document.dispatchEvent(new Event('present'))
}

// hint shows the hint over the panes, or hides it; for one reader, who has it in
// sight, it is put away and brought back.
export function hint() {
  const away = !document.querySelector('.next')
  if (away || !presenting()) document.getElementById('hints')?.click()
  if (presenting()) root.toggleAttribute('data-hints', away || !('hints' in root.dataset))
}

// The inspector has the form of the page that leads there.
document.addEventListener('submit', e => {
  if (presenting() && e.target.matches('.inspect-this')) e.target.action = e.target.action.replace('/inspect#', '/inspect?present#')
}, true)

// field is what a person types into, or chooses from.
export const field = 'input:not([type=checkbox], [type=range]), select, textarea'

// What was sent from the controls is shown next: there the keys of a remote do what they
// say, and in a field they would be typed.
let sent = false
document.addEventListener('submit', e => { sent = Boolean(e.target.closest('.controls')) })
document.addEventListener('htmx-error', () => { sent = false })
function lead() {
  if (sent && presenting()) document.querySelector('.stage')?.focus({ preventScroll: true })
  sent = false
}

reach()
document.addEventListener('htmx-after-settle', () => { note(); reach(); lead() })

document.addEventListener('click', e => {
  const switched = e.target.closest('#present, #leave')
  if (!switched || document.body.dataset.page !== 'bench') return // elsewhere it leads back
  e.preventDefault()
  present(switched.id === 'present')
})

// Escape leaves a field, and closes what is open, before it leaves.
document.addEventListener('keydown', e => {
  const open = e.defaultPrevented || document.querySelector('dialog[open], .pop[open], .drawer[open], .jar-menu[open]')
  if (e.key !== 'Escape' || !presenting() || open) return
  if (e.target.matches(field)) return e.target.blur()
  const corrections = document.querySelectorAll('.often[open]')
  for (const c of corrections) c.open = false
  if (!corrections.length) 'hints' in root.dataset ? hint() : document.getElementById('leave')?.click()
})
