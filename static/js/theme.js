// The theme changes at once; the server is told, for the next page.
document.addEventListener('submit', e => {
  const theme = e.target.matches('.theme') && e.submitter?.value
  if (!theme) return
  e.preventDefault()
  document.documentElement.dataset.theme = theme
  for (const b of e.target.querySelectorAll('button')) b.setAttribute('aria-pressed', b === e.submitter)
  fetch(e.target.action, { method: 'POST', body: new URLSearchParams(new FormData(e.target, e.submitter)), redirect: 'manual' })
    .catch(() => {}) // the page has its theme; the next one will ask again
})
