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

reach()
document.addEventListener('htmx-after-settle', () => { note(); reach() })

document.addEventListener('click', e => {
  const switched = e.target.closest('#present, #leave')
  if (!switched) return
  e.preventDefault()
  present(switched.id === 'present')
})

// Escape closes what is open before it leaves.
document.addEventListener('keydown', e => {
  const open = e.defaultPrevented || document.querySelector('dialog[open], .pop[open], .drawer[open]')
  if (e.key === 'Escape' && presenting() && !open) present(false)
})
