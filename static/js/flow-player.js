// <flow-player> steps through the events of the step that it shows. Positions are
// 0 (before the first event), 1 to n, and n+1: the result. The server rendered the
// one that the address names. The panes follow: what carries data-at is as it was
// until that event. Each move is told as a flow-at event.
import { writeSoon } from './address.js'
import { presenting } from './present.js'
import { calm, fly, reveal } from './stage.js'

const GLANCE = 900 // milliseconds an event at most, when a new step shows what happened
const SHOW = 6000 // milliseconds that all of it takes at most
const LEAST = 1600 // milliseconds an event, when a person asks for it, to be read

// reading is how many milliseconds a sentence takes to be read.
const reading = text => Math.max(LEAST, 170 * (text.match(/\p{Script=Han}/gu)?.length ?? 0) + 260 * (text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0))

const stacked = matchMedia('(max-width: 63.99rem)') // the panes stand one below the other

// The newest step seen: a newer one in an update is new to the reader. It outlives
// the element, which an update may make anew.
let latest = Number(document.querySelector('flow-player')?.dataset.newest ?? 0)

class FlowPlayer extends HTMLElement {
  #at = 0
  #timer = 0
  #shown = 0 // the step
  attended = false // whether a person has moved it since its step appeared

  connectedCallback() {
    this.#at = this.#rendered
    this.#shown = this.step
    this.addEventListener('click', this.#clicked)
    this.addEventListener('input', this.#sought)
    document.addEventListener('htmx-after-settle', this.#morphed)
    document.addEventListener('present', this.#resized)
    reveal(this, this.#at)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    document.removeEventListener('htmx-after-settle', this.#morphed)
    document.removeEventListener('present', this.#resized)
  }

  #resized = () => reveal(this, this.#at)

  // A morph has put the page into the state that the server rendered. A step that
  // is new plays.
  #morphed = e => {
    if (!e.target.contains(this)) return // another part of the page
    const newest = Number(this.dataset.newest)
    const fresh = newest > latest && this.step === newest
    latest = Math.max(newest, latest)
    if (this.#shown !== this.step) this.querySelector('.stage').scrollTop = 0
    this.#shown = this.step
    this.attended = false
    if (fresh && !calm.matches && this.#rendered === this.end) this.play(0, () => this.glance)
    else { this.pause(); this.show(this.#rendered) }
    if (fresh && stacked.matches) this.querySelector('.bar').scrollIntoView({ block: 'nearest' })
  }

  get #rendered() { return Number(this.dataset.position) }
  get step() { return Number(this.dataset.step) }
  get events() { return Number(this.dataset.events) }
  get glance() { return Math.min(GLANCE, SHOW / this.events) }
  get end() { return this.events + 1 }
  get at() { return this.#at }
  get playing() { return this.#timer !== 0 }

  #clicked = e => {
    const act = e.target.closest('[data-act]')?.dataset.act
    const event = e.target.closest('.ev, .transcript .n')
    if (act === 'play') return this.toggle()
    if (e.ctrlKey || e.metaKey || e.shiftKey) return // a link to be opened elsewhere
    if (act === 'prev' || act === 'next') this.go(act === 'next' ? 1 : -1)
    else if (event) this.seek(Number(event.closest('[data-n]').dataset.n))
    else return
    e.preventDefault()
  }

  #sought = e => {
    if (e.target.dataset.act === 'seek') this.seek(Number(e.target.value))
  }

  toggle() {
    this.attended = true
    this.playing ? this.pause() : this.play(this.#at >= this.end ? 0 : this.#at, reading)
  }

  // go moves by one event at a person's request.
  go(by) { this.seek(Math.min(this.end, Math.max(0, this.#at + by))) }

  // seek moves to a position at a person's request, says so to a screen reader, and
  // notes it in the address.
  seek(at) {
    this.attended = true
    this.pause()
    this.show(at, true)
    writeSoon(this.address(at))
  }

  // address is that of a position, as the server writes it.
  address(at) {
    const client = new URLSearchParams(location.search).get('client')
    return `${location.pathname}?step=${this.step}` + (at < this.end ? `&event=${at}` : '')
      + (client ? `&client=${encodeURIComponent(client)}` : '') + (presenting() ? '&present' : '')
  }

  // play goes on from a position; pace is how long a sentence stands.
  play(from, pace) {
    const said = this.querySelector('.say-text')
    const tick = () => {
      this.show(this.#at + 1)
      if (this.#at >= this.end) this.pause()
      else this.#timer = setTimeout(tick, pace(said.textContent))
    }
    clearTimeout(this.#timer)
    this.show(from)
    this.#timer = setTimeout(tick, from === 0 ? 300 : pace(said.textContent))
    this.#button()
  }

  pause() {
    clearTimeout(this.#timer)
    this.#timer = 0
    this.#button()
  }

  #button() {
    this.classList.toggle('is-playing', this.playing)
    const button = this.querySelector('[data-act=play]')
    const word = this.playing ? button.dataset.pause : button.dataset.play
    button.querySelector('.sr').textContent = word
    button.title = word
  }

  // show puts diagram, transcript, sentence and panes into the state at that
  // position; aloud tells a screen reader the sentence.
  show(at, aloud = false) {
    this.#at = at
    for (const el of this.querySelectorAll('.ev, .transcript [data-n]')) {
      const n = Number(el.dataset.n)
      el.classList.toggle('is-future', n > at && el.matches('.ev'))
      el.classList.toggle('is-now', n === at)
    }
    for (const el of document.querySelectorAll('#lab [data-at]')) {
      el.classList.toggle('not-yet', Number(el.dataset.at) > at)
    }
    const done = at >= this.end
    const said = this.querySelector(`.transcript [data-n="${at}"] .says`)
    const { before, result } = this.dataset
    this.querySelector('.say').setAttribute('aria-live', aloud ? 'polite' : 'off')
    this.querySelector('.say-n').textContent = done ? '=' : at
    this.querySelector('.say-text').textContent = done ? result : said?.textContent ?? before
    this.querySelector('.count').textContent = `${done ? '=' : at} / ${this.events}`
    this.querySelector('[data-act=seek]').value = at
    this.#link('prev', at - 1)
    this.#link('next', at + 1)
    reveal(this, at)
    this.querySelector('.drawer[open] .transcript .is-now')?.scrollIntoView({ block: 'nearest' })
    fly(this, at, this.glance)
    this.dispatchEvent(new CustomEvent('flow-at', { bubbles: true, detail: { at, end: this.end } }))
  }

  #link(act, to) {
    const link = this.querySelector(`[data-act=${act}]`)
    const leads = to >= 0 && to <= this.end
    leads ? link.setAttribute('href', this.address(to)) : link.removeAttribute('href')
    leads ? link.removeAttribute('aria-disabled') : link.setAttribute('aria-disabled', true)
    leads ? link.removeAttribute('role') : link.setAttribute('role', 'link')
    leads ? link.removeAttribute('tabindex') : link.setAttribute('tabindex', 0)
  }
}

customElements.define('flow-player', FlowPlayer)
