// Arrow keys step through the events, except where they mean something else.
const busy = 'input, select, textarea, [contenteditable], pre, .transcript, .strip *'

document.addEventListener('keydown', e => {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || e.target.closest?.(busy)) return
  const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key]
  const player = document.querySelector('flow-player')
  if (!by || !player) return
  e.preventDefault()
  player.go(by)
})
