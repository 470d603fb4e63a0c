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

// Whoever listens to the page hears the verdict first, and the page stays where it is.
document.querySelector('#verdict')?.focus({ preventScroll: true })

// What a real website does unfolds below: the panes stay as high as they are.
const site = document.querySelector('.real-site')
site?.firstElementChild.addEventListener('click', () => {
  const panes = document.querySelector('.xp-run, .runs')
  panes.style.height = site.open ? '' : panes.offsetHeight + 'px'
})
site?.addEventListener('toggle', () => site.open && site.closest('section').scrollIntoView({ block: 'nearest' }))

// What decided the verdict is in sight in its pane.
for (const act of document.querySelectorAll('.is-deciding')) {
  const pane = act.closest('.pane')
  pane.scrollTop += Math.max(0, act.getBoundingClientRect().bottom - pane.getBoundingClientRect().bottom + 12)
}
