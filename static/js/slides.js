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
// which a remote begins. On other pages of a lesson these keys scroll and load anew.
document.addEventListener('keydown', e => {
  if (!['PageDown', 'F5'].includes(e.key) || document.body.dataset.page !== 'lesson' || !new URLSearchParams(location.search).has('screen')) return
  e.preventDefault()
  press('present')
})
