// What the player does with the diagram besides showing the state of its events.
export const calm = matchMedia('(prefers-reduced-motion: reduce)')

const shown = player => [...player.querySelectorAll('.dia')].find(svg => svg.checkVisibility())

// reveal scrolls the diagram, never the page, so that the event is in sight, and
// some of what comes before and after it. The result is what changed last.
export function reveal(player, at) {
  const stage = player.querySelector('.stage')
  const dia = shown(player)
  pin(stage) // an update may have put the names back
  if (stage.scrollHeight <= stage.clientHeight) return
  const row = dia?.querySelector(`.ev[data-n="${at}"]`) ?? [...dia?.querySelectorAll('.ev[data-mark]') ?? []].at(-1)
  if (at === 0) stage.scrollTop = 0
  else if (row) {
    const r = row.getBoundingClientRect(), s = stage.getBoundingClientRect()
    const head = dia.querySelector('.heads').getBoundingClientRect().height
    const room = Math.min(r.height * 1.5, (s.height - head - r.height) / 2)
    if (r.top - room < s.top + head) stage.scrollTop += r.top - room - s.top - head
    else if (r.bottom + room > s.bottom) stage.scrollTop += r.bottom + room - s.bottom
  }
}

// pin keeps the names of the lanes in sight when the diagram is scrolled.
function pin(stage) {
  const dia = shown(stage)
  if (!dia) return
  const box = dia.getBoundingClientRect(), units = dia.viewBox.baseVal
  const scale = Math.min(box.width / units.width, box.height / units.height)
  const hidden = Math.max(0, stage.getBoundingClientRect().top - box.top)
  dia.querySelector('.heads').setAttribute('transform', `translate(0 ${hidden / scale})`)
}

document.addEventListener('scroll', e => {
  if (e.target.matches?.('.stage')) pin(e.target)
}, true)

// fly sends a dot along the line of a message.
let flight = null
export function fly(player, at, pace) {
  flight?.cancel()
  flight = null
  const dia = shown(player)
  const line = dia?.querySelector(`.ev[data-n="${at}"] .arrow`)
  if (!line || calm.matches) return
  const from = line.getPointAtLength(0), to = line.getPointAtLength(line.getTotalLength())
  const packet = dia.querySelector('.packet')
  packet.setAttribute('fill', getComputedStyle(line).stroke)
  const place = p => `translate(${p.x}px, ${p.y}px)`
  flight = packet.animate([
    { transform: place(from), opacity: 1 },
    { transform: place(to), opacity: 1, offset: .9 },
    { transform: place(to), opacity: 0 },
  ], { duration: pace * .75, easing: 'cubic-bezier(.4, 0, .2, 1)' })
}
