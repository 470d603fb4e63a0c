// Panels that unfold over the page fold again on Escape and on a click elsewhere,
// and stay open while the page below them is updated.
const open = '.pop[open], .drawer[open]'

document.addEventListener('keydown', e => {
  if (e.key !== 'Escape') return
  for (const panel of document.querySelectorAll(open)) {
    panel.open = false
    e.preventDefault() // Escape does one thing at a time
    if (panel.contains(document.activeElement)) panel.querySelector('summary').focus()
  }
})

document.addEventListener('click', e => {
  for (const panel of document.querySelectorAll('.pop[open]')) {
    if (!panel.contains(e.target)) panel.open = false
  }
})

globalThis.htmx?.registerExtension('keep-open', {
  htmx_before_morph_attr: (el, { attrName }) => !(attrName === 'open' && el.localName === 'details'),
})
