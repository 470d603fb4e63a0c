// <flow-player> steps through the events of the step that it shows. Positions are
// 0 (before the first event), 1 to n, and n+1: the result, which the server
// rendered. The panes follow: what carries data-at is as it was until that event.
const PACE = 900 // milliseconds an event
const calm = matchMedia('(prefers-reduced-motion: reduce)')

// The greatest number of steps seen: more of them in an update means a new step.
// It outlives the element, which an update may make anew.
let latest = Number(document.querySelector('flow-player')?.dataset.total ?? 0)

class FlowPlayer extends HTMLElement {
  #at = 0
  #timer = 0
  #flight = null

  connectedCallback() {
    this.#at = this.end
    this.addEventListener('click', this.#clicked)
    this.addEventListener('input', this.#sought)
    document.addEventListener('htmx-after-settle', this.#morphed)
  }

  disconnectedCallback() {
    this.pause()
    document.removeEventListener('htmx-after-settle', this.#morphed)
  }

  // A morph has put the page into its final state. A step that is new plays; one
  // that was asked for again shows its result.
  #morphed = e => {
    if (!e.target.contains(this)) return // another part of the page
    const total = Number(this.dataset.total)
    const fresh = total > latest
    latest = Math.max(total, latest)
    if (fresh && !calm.matches) this.play(0)
    else { this.pause(); this.show(this.end) }
  }

  get events() { return Number(this.dataset.events) }
  get end() { return this.events + 1 }
  get at() { return this.#at }
  get playing() { return this.#timer !== 0 }
  get #say() { return this.querySelector('.say') }
  get #text() { return this.querySelector('.say-text') }

  #clicked = e => {
    const act = e.target.closest('[data-act]')?.dataset.act
    if (act === 'play') this.toggle()
    else if (act === 'prev') this.go(-1)
    else if (act === 'next') this.go(1)
  }

  #sought = e => {
    if (e.target.dataset.act !== 'seek') return
    this.pause()
    this.show(Number(e.target.value), true)
  }

  toggle() { this.playing ? this.pause() : this.play(this.#at >= this.end ? 0 : this.#at) }

  // go moves by one event at a person's request, and says so to a screen reader.
  go(by) {
    this.pause()
    this.show(Math.min(this.end, Math.max(0, this.#at + by)), true)
  }

  play(from) {
    const tick = () => {
      this.show(this.#at + 1)
      if (this.#at >= this.end) this.pause()
      else this.#timer = setTimeout(tick, PACE)
    }
    clearTimeout(this.#timer)
    this.show(from)
    this.#timer = setTimeout(tick, from === 0 ? 300 : PACE)
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
    if (!button) return
    const word = this.playing ? button.dataset.pause : button.dataset.play
    button.querySelector('.sr').textContent = word
    button.title = word
  }

  // show puts diagram, transcript, sentence and panes into the state at that
  // position; aloud tells a screen reader the sentence.
  show(at, aloud = false) {
    this.#at = at
    for (const el of this.querySelectorAll('[data-n]')) {
      const n = Number(el.dataset.n)
      el.classList.toggle('is-future', n > at && el.matches('.ev'))
      el.classList.toggle('is-now', n === at)
    }
    for (const el of document.querySelectorAll('#lab [data-at]')) {
      el.classList.toggle('not-yet', Number(el.dataset.at) > at)
    }
    const done = at >= this.end
    const said = this.querySelector(`.transcript [data-n="${Math.max(1, at)}"] .says`)
    this.#say.setAttribute('aria-live', aloud ? 'polite' : 'off')
    this.querySelector('.say-n').textContent = done ? '=' : Math.max(1, at)
    this.#text.textContent = done ? this.dataset.result : said?.textContent ?? ''
    this.querySelector('.count').textContent = `${Math.min(at, this.events)} / ${this.events}`
    this.querySelector('[data-act=seek]').value = at
    this.#reveal(at)
    this.#fly(at)
  }

  get #shown() { return [...this.querySelectorAll('.dia')].find(svg => svg.checkVisibility()) }

  // reveal scrolls the diagram, never the page, so that the event is in sight.
  #reveal(at) {
    const stage = this.querySelector('.stage')
    const row = this.#shown?.querySelector(`.ev[data-n="${at}"]`)
    if (!row || stage.scrollHeight <= stage.clientHeight) return
    const r = row.getBoundingClientRect(), s = stage.getBoundingClientRect()
    if (r.top < s.top) stage.scrollTop += r.top - s.top - 8
    else if (r.bottom > s.bottom) stage.scrollTop += r.bottom - s.bottom + 8
  }

  // fly sends a dot along the line of a message.
  #fly(at) {
    this.#flight?.cancel()
    this.#flight = null
    const line = this.#shown?.querySelector(`.ev[data-n="${at}"] .arrow`)
    if (!line || calm.matches) return
    const from = line.getPointAtLength(0), to = line.getPointAtLength(line.getTotalLength())
    const packet = this.#shown.querySelector('.packet')
    packet.setAttribute('fill', getComputedStyle(line).stroke)
    const place = p => `translate(${p.x}px, ${p.y}px)`
    this.#flight = packet.animate([
      { transform: place(from), opacity: 1 },
      { transform: place(to), opacity: 1, offset: .9 },
      { transform: place(to), opacity: 0 },
    ], { duration: PACE * .75, easing: 'cubic-bezier(.4, 0, .2, 1)' })
  }
}

customElements.define('flow-player', FlowPlayer)
