// Panels that unfold over the page fold again on Escape and on a click elsewhere,
// and stay open while the page below them is updated.
const open = '.pop[open], .drawer[open], .jar-menu[open]'

document.addEventListener('keydown', e => {
  if (e.key !== 'Escape' || document.querySelector('dialog[open]')) return
  for (const panel of document.querySelectorAll(open)) {
    panel.open = false
    e.preventDefault() // Escape does one thing at a time
    if (panel.contains(document.activeElement)) panel.querySelector('summary').focus()
  }
})

document.addEventListener('click', e => {
  for (const panel of document.querySelectorAll('.pop[open]')) {
    if (!panel.contains(e.target) || e.target.closest('.log a, .take a, .senders a')) panel.open = false
  }
})

// A choice of a place, or of a move of the clock, is made once, and so is what is done to
// a browser.
document.addEventListener('submit', e => e.target.closest('#kept, #clock-more, .jar-menu, .tab-new, .sender')?.removeAttribute('open'))

// A panel that is fetched is asked for whenever it is opened, so that it is of
// now, and again when an update of the page put back what stands for it. What a drawer
// holds of a step never changes: it is fetched once, and does not ask again.
const fetched = ':is(.pop, .drawer)[open] [data-fetch]'
const asked = new Set() // ids of panels: a second answer would undo what was typed since the first
async function load(panel) {
  if (asked.has(panel.id)) return
  const pop = panel.closest('details')
  asked.add(panel.id)
  try {
    await globalThis.htmx?.ajax('GET', panel.dataset.fetch, { target: `#${panel.id}`, select: `#${panel.id}`, swap: 'outerHTML' })
  } finally {
    asked.delete(panel.id)
  }
  pop.querySelector('.did')?.scrollIntoView({ block: 'nearest' })
  pop.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' })
  if (document.activeElement === document.body) pop.querySelector('summary').focus() // what had the focus is gone
}

document.addEventListener('toggle', e => {
  if (e.target.matches('.pop[open], .drawer[open]')) document.querySelectorAll(fetched).forEach(panel => e.target.contains(panel) && load(panel))
}, true)

globalThis.htmx?.registerExtension('keep-open', {
  htmx_before_morph_attr: (el, { attrName }) => !(attrName === 'open' && el.localName === 'details'),
  htmx_after_swap () {
    for (const panel of document.querySelectorAll(fetched)) if (panel.matches(':has(> p:only-child > a), .drawer *')) load(panel)
  },
})
