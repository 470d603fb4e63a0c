// When the server cannot be reached the page says so.
const trouble = document.getElementById('trouble')
if (trouble) {
  document.addEventListener('htmx-error', () => { trouble.hidden = false })
  document.addEventListener('htmx-after-settle', () => { trouble.hidden = true })
}
