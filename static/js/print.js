// The button that prints a page which is made for paper.
document.addEventListener('click', event => {
  if (event.target.closest('[data-print]')) print()
})
