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

// Acts are folded but for the one that decided, unless the screen has room for what all of
// them sent.
const folded = document.querySelectorAll('.act-d:not([open])')
const page = document.scrollingElement
for (const act of folded) act.open = true
if (page.scrollHeight > innerHeight) for (const act of folded) act.open = false

// Beside the verdict, what decided it is in sight, also once the fonts have come and moved it.
// Where all is one below the other, the verdict is read first.
if (document.querySelector('#verdict') && matchMedia('(min-width: 64rem)').matches) {
  const show = () => document.querySelector('.is-deciding, .is-first')?.scrollIntoView({ block: 'nearest' })
  show()
  document.fonts.ready.then(show)
}
