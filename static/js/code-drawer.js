// The code drawer fetches the page of the code once for each step, when it is
// opened, and shows the part of the event at which the player stands; at the
// result, all of it.
let loaded = '' // the address whose code is in the drawer
let asked = '' // the one that is on its way there

const drawer = () => document.getElementById('code-drawer')

async function load() {
  const d = drawer()
  if (!d?.open) return
  const from = d.dataset.from, here = d.querySelector('#code-here')
  if (loaded !== from || !here.firstChild) {
    if (asked === from) return
    asked = from
    try {
      const answer = await fetch(from, { headers: { Accept: 'text/html' } })
      if (!answer.ok) throw new Error(answer.status)
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (drawer()?.dataset.from !== from) return // another step by now
      drawer().querySelector('#code-here').replaceChildren(...page.querySelectorAll('#code > *'))
      loaded = from
    } catch {
      document.getElementById('trouble').hidden = false
      return
    } finally {
      if (asked === from) asked = ''
    }
  }
  follow()
}

function follow() {
  const d = drawer(), player = document.querySelector('flow-player')
  if (!d?.open || !player) return
  const { at, end } = player
  let some = false
  for (const section of d.querySelectorAll('.code-event')) {
    section.hidden = at < end && Number(section.dataset.n) !== at
    some ||= !section.hidden
  }
  d.querySelector('#code-none').hidden = some
  const ran = d.querySelector('.code-event:not([hidden]) mark'), box = d.querySelector('.drawer-in')
  if (!ran) return
  const r = ran.getBoundingClientRect(), b = box.getBoundingClientRect()
  const heading = ran.closest('figure').querySelector('figcaption').offsetHeight // stays above what scrolls
  box.scrollTop += Math.min(r.bottom - b.bottom + box.clientHeight / 3, r.top - b.top - heading)
}

document.addEventListener('toggle', e => { if (e.target.id === 'code-drawer') load() }, true)
document.addEventListener('flow-at', follow)
addEventListener('resize', follow)
document.addEventListener('htmx-after-settle', load)
