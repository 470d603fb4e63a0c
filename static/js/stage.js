// What the player does with the diagram besides showing the state of its events.
export const calm = matchMedia('(prefers-reduced-motion: reduce)')

const shown = player => [...player.querySelectorAll('.dia')].find(dia => dia.checkVisibility())

// reveal scrolls the diagram, never the page, so that the event is in sight, and
// some of what comes before and after it. The result moves nothing.
export function reveal(player, at) {
  const stage = player.querySelector('.stage')
  if (stage.scrollHeight <= stage.clientHeight) return
  if (at === 0) stage.scrollTop = 0
  const dia = shown(player)
  const row = dia?.querySelector(`.ev[data-n="${at}"]`)
  if (!row) return
  const r = row.getBoundingClientRect(), s = stage.getBoundingClientRect()
  const head = dia.querySelector('.heads').getBoundingClientRect().height
  const room = Math.min(r.height * 1.5, (s.height - head - r.height) / 2)
  if (r.top - room < s.top + head) stage.scrollTop += r.top - room - s.top - head
  else if (r.bottom + room > s.bottom) stage.scrollTop += r.bottom + room - s.bottom
}

// fly sends a dot along the line of a message, within some milliseconds.
let flight = null
export function fly(player, at, within) {
  flight?.cancel()
  flight = null
  const dia = shown(player)
  const line = dia?.querySelector(`.ev[data-n="${at}"] .arrow`)
  if (!line || calm.matches) return
  const from = line.getPointAtLength(0), to = line.getPointAtLength(line.getTotalLength())
  const packet = dia.querySelector('.packet')
  line.parentNode.append(packet) // into its row, whose coordinates and colour these are
  const place = p => `translate(${p.x}px, ${p.y}px)`
  flight = packet.animate([
    { transform: place(from), opacity: 1 },
    { transform: place(to), opacity: 1, offset: .9 },
    { transform: place(to), opacity: 0 },
  ], { duration: within * .75, easing: 'cubic-bezier(.4, 0, .2, 1)' })
}
