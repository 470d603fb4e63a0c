// Keys for the bench. A presenter's remote is a keyboard with the keys PageUp and
// PageDown, "." or b for blank, and F5 and Escape to begin and end. When presenting,
// its pages are events, and after the last one the next step. F5 stays what it is,
// since reloading changes nothing here.
import { visit } from './address.js'
import { field, hint, present, presenting } from './present.js'

const typing = `${field}, [type=range], [contenteditable]` // the slider has keys of its own
const scrolling = 'pre, code, .transcript, .drawer-in, .panel'
const pressing = 'button, summary, input'

const dialog = () => document.getElementById('keys')

// help shows the list of keys. It is fetched when it is first asked for.
async function help() {
  const list = dialog()
  if (!list || list.open) return
  const from = list.querySelector('[data-fetch]')?.dataset.fetch
  if (from) {
    await htmx.ajax('GET', from, { target: '#key-list', select: '#key-list', swap: 'outerHTML' })
    document.getElementById('keys-on').checked = !off
  }
  if (!list.open) list.showModal()
}

const player = () => document.querySelector('flow-player')
const click = id => document.getElementById(id)?.click()

// step goes through the events: by the player, or by the links that stand for it.
const step = by => player() ? player().go(by) : click(by > 0 ? 'event-next' : 'event-prev')

// below tells whether what three mechanisms came to goes on below the screen, or above it.
function below(by) {
  if (document.body.dataset.page !== 'beside' || new URLSearchParams(location.search).has('event')) return false
  return by > 0 ? scrollY + innerHeight < document.documentElement.scrollHeight - 1 : scrollY > 0
}

// page goes through the events, and on to the next or the previous step.
function page(by) {
  const p = player()
  if (!p) {
    if (below(by)) return scrollBy(0, by * .8 * innerHeight)
    if (document.body.dataset.page === 'beside') scrollTo(0, 0)
    return step(by)
  }
  if (by > 0 ? p.at < p.end : p.at > 0) return p.go(by)
  const link = document.getElementById(by > 0 ? 'step-next' : 'step-prev')
  if (link?.href) visit(by > 0 ? link.href + '&event=0' : link.href)
}

// scrolls tells whether keys up and down are needed to read what has the focus.
function scrolls(on) {
  const pane = on.closest('.pane:not(.flow)') ?? document.scrollingElement
  return !presenting() && pane.scrollHeight > pane.clientHeight + 1
}

// reads scrolls what is unfolded over the player: keys for a page of it are not for what
// is behind. Transcript and code go along with a presenter's pages.
const pages = { PageDown: .9, PageUp: -.9, ' ': .9 }
function reads(key) {
  const open = document.querySelector('.pop[open] > .panel') ?? document.querySelector('.drawer[open] > .drawer-in')
  if (!open || !(key in pages) || presenting() && key !== ' ' && open.closest('#transcript, #code-drawer')) return
  const box = open.scrollHeight > open.clientHeight + 1 ? open : document.scrollingElement
  return () => box.scrollBy(0, pages[key] * box.clientHeight)
}

const moves = {
  ArrowLeft: () => step(-1),
  ArrowRight: () => step(1),
  ArrowUp: () => click('step-prev'),
  ArrowDown: () => click('step-next'),
  PageUp: () => presenting() ? page(-1) : click('step-prev'),
  PageDown: () => presenting() ? page(1) : click('step-next'),
  Home: () => click('step-first'),
  End: () => click(sliding() ? 'event-last' : 'step-last'),
}

// held is a key that is held down on a lesson's screen: it goes to the result of a flow,
// and does not press one act after another.
const sliding = () => document.body.dataset.page === 'slides'
const held = key => key === 'PageDown' || key === 'ArrowRight' ? click('event-last') : undefined

// unfold opens what unfolds, or folds it again.
function unfold(id) {
  const summary = document.querySelector(`#${id} > summary`)
  summary?.focus()
  summary?.click()
}

const commands = {
  0: () => click('beside'),
  m: () => unfold('kept'),
  s: () => unfold('settings'),
  v: () => unfold('server'),
  e: () => unfold('terminal'),
  x: () => unfold('transcript'),
  r: () => unfold('raw'),
  c: () => unfold('code-drawer'),
  h: hint,
  n: () => {
    const some = [...document.querySelectorAll('.often')], open = some.some(d => d.open)
    for (const d of some) d.open = !open
  },
  i: () => {
    const form = document.querySelector('.now > .inspect-this')
    form ? form.requestSubmit() : location.assign(document.querySelector('[data-key=i]').href)
  },
  ' ': () => player() ? player().toggle() : click('event-next'),
  f: () => {
    const page = document.body.dataset.page
    if (page === 'course') click('teach')
    else if (['lesson', 'slides', 'xp'].includes(page)) click(presenting() ? 'leave' : 'present')
    else present(!presenting())
  },
  b: () => blank(true),
  '.': () => blank(true),
  t: () => {
    const themes = [...document.querySelectorAll('.theme button')]
    const now = themes.findIndex(b => b.getAttribute('aria-pressed') === 'true')
    themes[(now + 1) % themes.length]?.click()
  },
  l: () => document.querySelector('#tools a[hreflang]')?.click(),
  '?': help,
}

const blanked = () => 'blank' in document.body.dataset
const blank = on => document.body.toggleAttribute('data-blank', on)

// Space presses the button that has the focus, unless that was pressed by pointer:
// whoever clicked on "Log in" wants to see it played, not to log in again.
let clicked = null
let played = false
document.addEventListener('click', e => {
  clicked = e.detail > 0 ? e.target.closest(pressing) : null
}, true)
document.addEventListener('keyup', e => {
  if (e.key === ' ' && played) e.preventDefault()
  played = false
}, true)

// Shortcuts can be switched off (WCAG 2.1.4): then only arrows in the diagram work.
let off = false
try { off = localStorage.keys === 'off' } catch { /* they are on */ }

function meant(e) {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || dialog()?.open) return
  const on = e.target.closest ? e.target : document.body
  const paging = presenting() && e.key.startsWith('Page') && on.matches('input, select') // nothing there takes pages
  if (on.closest(typing) && !paging) return
  if (off && !(on.closest('.stage') && e.key.startsWith('Arrow'))) return
  if (e.shiftKey && e.key !== '?') return
  const button = on.closest(pressing)
  if (e.key === ' ' && button && (button !== clicked || button.type === 'checkbox')) return
  const read = reads(e.key)
  if (read) return on.closest(scrolling) && !button ? undefined : read
  if (e.key in moves) {
    const sideways = e.key === 'ArrowLeft' || e.key === 'ArrowRight'
    return on.closest(scrolling) || !sideways && scrolls(on) ? undefined : moves[e.key]
  }
  const key = e.key.toLowerCase()
  if (e.repeat) return
  return Object.hasOwn(commands, key) ? commands[key] : undefined
}

document.addEventListener('keydown', e => {
  if (blanked() && !['Shift', 'Control', 'Alt', 'Meta'].includes(e.key)) {
    e.preventDefault()
    e.stopImmediatePropagation()
    return blank(false)
  }
  const run = meant(e)
  if (!run) return
  e.preventDefault()
  played = e.key === ' '
  e.repeat && sliding() ? held(e.key) : run()
}, true)

document.addEventListener('click', e => {
  if (blanked()) blank(false)
  else if (e.target.closest('[data-key]')) { e.preventDefault(); commands[e.target.closest('[data-key]').dataset.key]() }
  else if (e.target.closest('[data-keys]')) help()
  else if (e.target === dialog()) dialog().close() // beside it
})

document.addEventListener('change', e => {
  if (e.target.id !== 'keys-on') return
  off = !e.target.checked
  try { off ? localStorage.keys = 'off' : delete localStorage.keys } catch { /* it lasts as long as the page */ }
})
