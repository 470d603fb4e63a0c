// A run takes a while: the page says that it is under way, and does not ask for it twice.
document.addEventListener('submit', e => {
  const says = e.target.querySelector('[data-running]')
  if (!says) return
  if (e.target.ariaBusy) return e.preventDefault()
  e.target.ariaBusy = 'true'
  says.textContent = says.dataset.running
})

addEventListener('pageshow', () => { // also when coming back to it
  for (const says of document.querySelectorAll('[data-running]')) {
    says.closest('form').ariaBusy = null
    says.textContent = ''
  }
})

// What decided the verdict is in sight in its pane.
for (const act of document.querySelectorAll('.is-deciding')) {
  const pane = act.closest('.pane')
  pane.scrollTop += Math.max(0, act.getBoundingClientRect().bottom - pane.getBoundingClientRect().bottom + 12)
}
