// Beside a lesson, the current event comes into sight: both sides and the events share a
// box that scrolls where a screen is low.
function reveal() {
  const now = [...document.querySelectorAll('.ladder .is-now')].find(row => row.checkVisibility())
  const box = now?.closest('.duo')
  if (!box || box.scrollHeight <= box.clientHeight) return
  const row = now.getBoundingClientRect(), seen = box.getBoundingClientRect()
  if (row.top < seen.top) box.scrollTop += row.top - seen.top - row.height
  else if (row.bottom > seen.bottom) box.scrollTop += row.bottom - seen.bottom + row.height
}

if (document.body.dataset.page === 'lesson') {
  document.addEventListener('htmx-after-settle', reveal)
  reveal()
}
