// The address of the page says where the player stands, once a person has moved it,
// and whether the page is presented, so that it can be kept or shared.
let timer = 0
let coming = '' // the address to be written

// write notes an address. Links elsewhere on the page that lead back here follow.
export function write(url) {
  history.replaceState(history.state, '', url)
  const other = document.querySelector('#tools a[hreflang]')
  if (other) other.search = location.search
  const back = document.querySelector('.theme [name=back]')
  if (back) back.value = location.pathname + location.search
}

// kept is a part of the page's address that stays as the page goes on.
export function kept(...names) {
  const now = new URLSearchParams(location.search)
  return names.map(name => now.get(name) ? `&${name}=${encodeURIComponent(now.get(name))}` : '').join('')
}

// writeSoon is write for what may change often: browsers allow few changes a second.
export function writeSoon(url) {
  drop()
  coming = url
  timer = setTimeout(writeNow, 150)
}

// writeNow comes before the page goes on to another address: later, it would
// take the other's place.
function writeNow() {
  if (coming) write(coming)
  drop()
}

function drop() {
  clearTimeout(timer)
  coming = ''
}

document.addEventListener('htmx-before-request', writeNow)

// visit shows another address of the bench as a link to it would.
export function visit(url, how = { push: 'true' }) {
  writeNow()
  if (!globalThis.htmx) return location.assign(url)
  return htmx.ajax('GET', url, {
    target: '#lab', select: '#lab', selectOOB: '#tools:outerMorph', swap: 'outerMorph show:none', ...how,
  })
}

// Back and forward show a step as its link did: htmx itself would ask for it
// without saying that it wants a page, and replace more than what differs.
document.addEventListener('htmx-before-history-restore', e => {
  e.preventDefault()
  drop()
  visit(e.detail.path, {})
})
