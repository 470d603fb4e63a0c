// The panes follow the player: what an event changes comes into sight. A pane that
// scrolls does so by itself; where the page does, it moves only as far as the sentence
// stays in sight.
const changes = [
  'tr[data-mark]:not([data-mark=""])', '.box[data-mark]:not([data-mark=""]) .raw',
  ':is(.facts > div, .attrs details)[data-mark]:not([data-mark=""])',
]
const MARGIN = 48 // pixels of what is around it

// changed is what the event changed in a pane; at the end, what the step did.
function changed(pane, { at, end }) {
  const here = el => el.checkVisibility() && (at === end || Number(el.closest('[data-at]')?.dataset.at) === at)
  for (const kind of changes) {
    const el = [...pane.querySelectorAll(kind)].find(here)
    if (el) return el
  }
}

function bring(pane, where) {
  const el = changed(pane, where)
  if (!el) return
  const row = el.getBoundingClientRect(), box = pane.getBoundingClientRect()
  if (pane.scrollHeight > pane.clientHeight + 1) {
    if (row.top < box.top) pane.scrollTop += row.top - box.top - MARGIN
    else if (row.bottom > box.bottom - MARGIN) pane.scrollTop += Math.min(row.bottom - box.bottom + MARGIN, row.top - box.top - MARGIN)
    return
  }
  const bar = document.querySelector('.bar').getBoundingClientRect()
  const below = row.bottom - innerHeight
  if (where.at === where.end && bar.top >= 0 && bar.bottom <= innerHeight && below > 0 && below < bar.top) scrollBy(0, below)
}

function bringAll() {
  const player = document.querySelector('flow-player')
  if (player) document.querySelectorAll('.pane:not(.flow)').forEach(pane => bring(pane, player))
}

// A frame later, all that the move has changed is laid out once.
for (const moved of ['flow-at', 'present']) document.addEventListener(moved, () => requestAnimationFrame(bringAll))
bringAll()
