// Presenting is a form of the page for the last row of a room. A tab that presents
// does so until it is told not to.
const root = document.documentElement

export const presenting = () => 'present' in root.dataset

export function present(on) {
  root.toggleAttribute('data-present', on)
  try {
    on ? sessionStorage.present = 1 : delete sessionStorage.present
  } catch { /* storage is closed: it lasts as long as the page */ }
  const url = new URL(location)
  if (url.searchParams.has('present')) { // the address asked for it: now the tab knows
    url.searchParams.delete('present')
    history.replaceState(history.state, '', url)
  }
  document.dispatchEvent(new Event('present'))
}

document.addEventListener('click', e => {
  const switched = e.target.closest('#present, #leave')
  if (!switched) return
  e.preventDefault()
  present(switched.id === 'present')
})

document.addEventListener('keydown', e => {
  if (e.key === 'Escape' && !e.defaultPrevented && presenting() && !document.querySelector('dialog[open]')) present(false)
})
