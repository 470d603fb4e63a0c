// A lesson projected: what a remote and a keyboard do besides what keys.js has them do.
// Screens follow each other by links and forms.
const press = id => document.getElementById(id)?.click()

if (document.body.dataset.page === 'slides') {
  document.addEventListener('keydown', e => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.repeat) return
    if (/^[1-6]$/.test(e.key)) press('screen-' + e.key)
    else if (e.key === 'Enter' && e.target === document.body) press('again')
  })

  // A button that is pressed twice sends one request.
  let sent = false
  document.addEventListener('submit', e => {
    if (sent) e.preventDefault()
    sent = true
  })
  addEventListener('pageshow', () => { sent = false })
}

// Whoever left the projection goes back by the key that goes on there, or by the one with
// which a remote begins; so does whoever chose a path, where there is nothing to scroll to.
// On other pages these keys scroll and load anew.
document.addEventListener('keydown', e => {
  const page = document.body.dataset.page, asked = new URLSearchParams(location.search)
  const left = page === 'lesson' && asked.has('screen'), path = page === 'course' && asked.has('path')
  const whole = document.documentElement.scrollHeight <= innerHeight
  if (e.key === 'F5' ? left || path : e.key === 'PageDown' && (left || path && whole)) {
    e.preventDefault()
    press(path ? 'teach' : 'present')
  }
})
