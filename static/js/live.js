// Steps by others appear by themselves: the server tells the number of the newest.
// A page that shows the result of the newest step goes on to the new one. One that
// is being used is left alone: it gets the new steps on its strip, and a link.
import { kept, visit } from './address.js'
import { listen } from './stream.js'

const busy = 'input:not([type=range], [type=checkbox]), select, textarea'
const PATIENCE = 3000 // milliseconds until a lost connection is worth a word

let newest = 0
let followed = 0 // the step that the page went on to by itself; others may have come meanwhile
let asking = 0 // requests under way: one of them may bring the step
let lost = 0

const steps = () => document.getElementById('steps')
const shown = () => Number(steps()?.dataset.newest ?? 0)

function follows() {
  const player = document.querySelector('flow-player')
  if (document.activeElement?.matches(busy) || document.querySelector('.pop[open], .drawer[open], dialog[open]')) return false
  if (new URL(location).searchParams.has('client')) return false
  if (!player) return true
  const last = player.step === shown() || player.step === followed
  return last && (player.at === player.end || player.playing) && !player.attended
}

function arrive() {
  newest = Math.max(newest, shown())
  if (asking || !steps()) return // without a strip this is no bench, but an error in its place
  if (follows()) {
    const player = document.querySelector('flow-player')
    if (!newest || newest === (player ? player.step : shown())) return
    followed = newest
    visit(`${location.pathname}?step=${newest}${kept('beside', 'from', 'browser', 'part')}`, { replace: 'true' }) // whose turn it is stays
  } else if (newest > shown()) {
    htmx.ajax('GET', location.href, { target: '#steps', select: '#steps', swap: 'outerMorph show:none' })
  }
}

// tell shows the way to the newest step, where the page does not show it.
let told = ''
let seen = 0 // the newest step that the page has shown, or found when it was opened
function tell() {
  const news = document.getElementById('news')
  if (!news) return
  const player = document.querySelector('flow-player')
  const n = shown()
  const about = steps().dataset.step ?? 0
  if (n === (player ? player.step : Number(about))) seen = n
  const words = n > seen ? steps().dataset.new : ''
  if (words === told && (!words) === !news.firstChild) return
  told = words
  if (news.contains(document.activeElement)) document.getElementById('lab').focus({ preventScroll: true })
  news.replaceChildren()
  if (!words) return
  const link = document.createElement('a')
  link.className = 'tool'
  link.href = `${location.pathname}?step=${n}${kept('beside', 'from', 'part')}`
  link.textContent = words
  news.append(link)
  htmx.process(news)
}

function state(on) {
  const live = document.getElementById('live')
  if (!live) return
  const words = live.querySelector('span')
  live.dataset.on ||= words.textContent
  live.hidden = false
  live.classList.toggle('is-lost', !on)
  const text = on ? live.dataset.on : live.dataset.off
  if (words.textContent !== text) words.textContent = text
}

if (steps() && globalThis.htmx) {
  seen = newest = shown()
  document.addEventListener('htmx-before-request', () => { asking++ })
  document.addEventListener('htmx-finally-request', () => { asking--; arrive() })
  document.addEventListener('htmx-after-settle', () => { newest = Math.max(newest, shown()); tell() })
  listen(() => `${steps().dataset.live}?after=${Math.max(newest, shown())}`, {
    open() { clearTimeout(lost); lost = 0; state(true); document.dispatchEvent(new Event('server-answers')) },
    step(n) { newest = n; arrive() },
    error() { lost ||= setTimeout(() => state(false), PATIENCE) },
  })
}
