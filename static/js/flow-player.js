// <flow-player> steps through the events of the step that it shows. Positions are
// 0 (before the first event), 1 to n, and n+1: the result. The server rendered the
// one that the address names. The panes follow: what carries data-at is as it was
// until that event. Each move is told as a flow-at event.
//
// A new step shows its moves at a glance, too fast for sentences: the result stands
// still meanwhile. Projected, it waits at 0 for whoever presents it.
import { kept, writeSoon } from './address.js'
import { presenting } from './present.js'
import { calm, fly, reveal } from './stage.js'

const GLANCE = 2000 // milliseconds that all events of a new step take
const LEAST = 1600 // milliseconds that a sentence stands, when a person asks for it, to be read
const FLIGHT = 900 // milliseconds at most that a message is under way

// reading is how many milliseconds a sentence takes to be read.
const reading = text => Math.max(LEAST, 170 * (text.match(/\p{Script=Han}/gu)?.length ?? 0) + 260 * (text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0))

const stacked = matchMedia('(max-width: 63.99rem)') // the panes stand one below the other

// The newest step seen: a newer one in an update is new to the reader. It outlives
// the element, which an update may make anew.
let latest = Number(document.querySelector('flow-player')?.dataset.newest ?? 0)

class FlowPlayer extends HTMLElement {
  #at = 0
  #timer = 0
  #glancing = false // whether what plays is a new step
  #frame = 0 // in which it is looked at
  #shown = 0 // the step that was looked at last
  attended = false // whether a person has moved it since its step appeared

  connectedCallback() {
    this.#at = this.#rendered
    this.#shown = this.step
    this.addEventListener('click', this.#clicked)
    this.addEventListener('input', this.#sought)
    document.addEventListener('htmx-after-settle', this.#morphed)
    this.#resized.observe(this.querySelector('.stage')) // which looks at it now, too
    if (stacked.matches && !scrollY && new URLSearchParams(location.search).get('event') > 0) this.scrollIntoView()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    cancelAnimationFrame(this.#frame)
    document.removeEventListener('htmx-after-settle', this.#morphed)
    this.#resized.disconnect()
  }

  #resized = new ResizeObserver(() => reveal(this, this.#at))

  // A morph has put the page into the state that the server rendered.
  #morphed = e => {
    if (e.target !== this && this.contains(e.target)) return this.#filled()
    if (!e.target.contains(this)) return // another part of the page
    const newest = Number(this.dataset.newest)
    const fresh = newest > latest && this.step === newest
    latest = Math.max(newest, latest)
    this.attended = false
    this.pause()
    if (!fresh || this.#rendered !== this.end) this.show(this.#rendered)
    else if (presenting()) this.#wait()
    else if (calm.matches) this.show(this.end)
    else this.play(0, true)
    if (fresh && stacked.matches) requestAnimationFrame(() => this.querySelector('.bar').scrollIntoView({ block: 'nearest' }))
  }

  // #filled follows when a drawer was fetched.
  #filled() {
    this.#mark()
    this.#follow()
  }

  // #follow brings the event into sight in an open transcript.
  #follow() {
    this.querySelector('.drawer[open] .transcript .is-now')?.scrollIntoView({ block: 'nearest' })
  }

  get #rendered() { return Number(this.dataset.position) }
  get step() { return Number(this.dataset.step) }
  get events() { return Number(this.dataset.events) }
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
    if (!this.playing) return this.play(this.#at >= this.end ? 0 : this.#at)
    this.pause()
    this.show(this.#at)
  }

  // go moves by one event at a person's request: from the result on to the
  // beginning, and out of a glance from its result.
  go(by) {
    if (this.#glancing) this.seek(by > 0 ? this.end : this.events)
    else this.seek(this.#at + by > this.end ? 0 : Math.max(0, this.#at + by))
  }

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
    return `${location.pathname}?step=${this.step}` + (at < this.end ? `&event=${at}` : '')
      + kept('client') + (presenting() ? '&present' : '') + kept('beside', 'from', 'browser')
  }

  // #wait stands before the first event of a new step, until a person moves on.
  #wait() {
    this.show(0)
    writeSoon(this.address(0))
  }

  // play goes on from a position, each sentence as long as it takes to be read, or
  // at a glance.
  play(from, glance = false) {
    const said = this.querySelector('.say-text')
    const pace = () => glance ? GLANCE / this.events : reading(said.textContent)
    const tick = () => {
      this.#glancing = glance && this.#at + 1 < this.end
      this.show(this.#at + 1)
      if (this.#at >= this.end) this.pause()
      else this.#timer = setTimeout(tick, pace())
    }
    clearTimeout(this.#timer)
    this.#glancing = glance
    this.show(from)
    this.#timer = setTimeout(tick, from === 0 ? 300 : pace())
    this.#button()
  }

  pause() {
    clearTimeout(this.#timer)
    this.#timer = 0
    this.#glancing = false
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
    this.#mark()
    for (const el of document.querySelectorAll('#lab [data-at]')) {
      el.classList.toggle('not-yet', Number(el.dataset.at) > at)
    }
    const done = at >= this.end || this.#glancing
    const said = this.querySelector(`.transcript li:nth-child(${at}) .says`)
    const { before, result } = this.dataset
    this.querySelector('.say').setAttribute('aria-live', aloud ? 'polite' : 'off')
    this.querySelector('.say-n').textContent = done ? '=' : at
    this.querySelector('.say-text').textContent = done ? result : said?.textContent ?? before
    this.querySelector('.count').textContent = `${done ? '=' : at} / ${this.events}`
    this.querySelector('[data-act=seek]').value = at
    this.#links(at)
    this.dispatchEvent(new CustomEvent('flow-at', { bubbles: true }))
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(this.#look)
  }

  // #look does what depends on where things are. It waits for the next frame, when all
  // that a move or an update has changed is laid out once: to measure in between would
  // lay the page out for each change.
  #look = () => {
    if (this.#shown !== this.step) {
      this.querySelector('.stage').scrollTop = 0
      if (stacked.matches && this.#at < this.end) this.querySelector('.bar').scrollIntoView({ block: 'nearest' })
    }
    this.#shown = this.step
    reveal(this, this.#at)
    this.#follow()
    fly(this, this.#at, this.#glancing ? GLANCE / this.events : FLIGHT)
  }

  // #mark puts diagram and transcript into the state at the position.
  #mark() {
    for (const el of this.querySelectorAll('.ev')) {
      el.classList.toggle('is-future', Number(el.dataset.n) > this.#at)
      el.classList.toggle('is-now', Number(el.dataset.n) === this.#at)
    }
    this.querySelectorAll('.transcript li').forEach((li, i) => li.classList.toggle('is-now', i + 1 === this.#at))
  }

  // #links leads to the positions beside this one, as the server does. After the
  // result comes the beginning; before that comes nothing.
  #links(at) {
    const prev = this.querySelector('[data-act=prev]'), next = this.querySelector('[data-act=next]')
    next.href = this.address(at < this.end ? at + 1 : 0)
    next.title = next.querySelector('.sr').textContent = at < this.end ? next.dataset.next : next.dataset.again
    at > 0 ? prev.setAttribute('href', this.address(at - 1)) : prev.removeAttribute('href')
    at > 0 ? prev.removeAttribute('aria-disabled') : prev.setAttribute('aria-disabled', true)
    at > 0 ? prev.removeAttribute('role') : prev.setAttribute('role', 'link')
    at > 0 ? prev.removeAttribute('tabindex') : prev.setAttribute('tabindex', 0)
  }
}

customElements.define('flow-player', FlowPlayer)
