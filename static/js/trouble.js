// When the server cannot be reached the page says so, until it answers again or a press
// or Escape puts it away: it lies over the page.
const trouble = document.getElementById('trouble')
if (trouble) {
  const show = on => { trouble.hidden = !on }
  document.addEventListener('htmx-error', () => show(true))
  document.addEventListener('htmx-after-settle', () => show(false))
  document.addEventListener('server-answers', () => show(false))
  trouble.addEventListener('click', () => show(false))
  document.addEventListener('keydown', e => { if (e.key === 'Escape') show(false) })
}
