package e2e

// What a page puts off comes when a test says so, not when the machine gets there.

// stopClock takes the place of setTimeout, but for what comes in a blink.
const stopClock = `(() => {
	const {setTimeout: later, clearTimeout: drop} = globalThis
	const held = globalThis.heldTimers = new Map()
	let last = 0
	globalThis.setTimeout = (f, ms, ...args) => {
		if (!(ms > 150)) return later(f, ms, ...args)
		held.set(--last, Object.assign(() => f(...args), {ms})) // no timer of the browser is negative
		return last
	}
	globalThis.clearTimeout = id => { held.delete(id) || drop(id) }
})()`

// StopClock holds the timers that scripts of the page set from now on, until
// [Page.Tick]. The next document has a clock that runs.
func (p *Page) StopClock() { p.t.Helper(); p.Eval(stopClock) }

// Tick lets the time of all timers come that are held. Those that they set are
// held in turn.
func (p *Page) Tick() {
	p.t.Helper()
	p.Eval(`(() => {
		const due = [...heldTimers.values()]
		heldTimers.clear()
		due.forEach(f => f())
	})()`)
}

// soonestTimer is how many milliseconds it takes until the first of the timers that
// are held is due; 0 if none is.
const soonestTimer = `(heldTimers.size ? Math.min(...[...heldTimers.values()].map(t => t.ms)) : 0)`
