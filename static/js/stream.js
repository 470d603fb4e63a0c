// A browser has six connections to a server, which all its tabs and windows share: a
// stream for each would leave none to load pages with. So a hidden page gives its
// stream up, and catches up when it is shown. Where more pages than FEW are visible,
// the newest keep their streams and tell the others.
const AGAIN = 5000 // milliseconds until a stream that the server refused is tried again
const FEW = 3

// listen calls on.step with the number of each step that is newer than what the
// address names, as long as the page is visible, and on.open and on.error when it can
// hear of steps and when the connection is lost.
export function listen(address, on) {
  let source = null
  let channel = null // to the other pages
  let born = 0 // when the stream was opened
  let younger = 0 // streams of other pages opened since
  let again = 0

  function start() {
    stop()
    if (document.hidden || !channel) return
    born = Date.now() + Math.random() // unlike any other, so that of pages that start at once not all give way
    younger = 0
    channel.postMessage({ born })
    source = new EventSource(address())
    source.addEventListener('open', on.open)
    source.addEventListener('step', e => {
      const step = Number(e.data)
      channel.postMessage({ step })
      on.step(step)
    })
    source.addEventListener('error', e => {
      on.error()
      if (e.target.readyState === EventSource.CLOSED) again = setTimeout(start, AGAIN)
    })
  }

  function stop() {
    clearTimeout(again)
    source?.close()
    source = null
  }

  function leave() {
    if (source) channel.postMessage({ left: true })
    stop()
  }

  function hear({ data }) {
    if (document.hidden) return
    if (source) {
      if (data.born > born && ++younger === FEW) {
        stop()
        on.open() // others tell it
      }
    } else if (data.step) {
      on.step(data.step)
    } else if (data.left) {
      start()
    }
  }

  function join() {
    channel = new BroadcastChannel('live')
    channel.addEventListener('message', hear)
    start()
  }

  document.addEventListener('visibilitychange', () => { document.hidden ? leave() : start() })
  addEventListener('focus', () => { if (!source) start() })
  addEventListener('pagehide', () => {
    leave()
    channel.close()
    channel = null
  })
  addEventListener('pageshow', e => { if (e.persisted) join() })
  join()
}
