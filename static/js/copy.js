// A button with data-copy copies the text of the element with that id. Where the
// clipboard is closed, as it is without HTTPS, it selects the text.
document.addEventListener('click', async e => {
  const button = e.target.closest('[data-copy]')
  const source = button && document.getElementById(button.dataset.copy)
  if (!source) return
  try {
    await navigator.clipboard.writeText(source.textContent)
  } catch {
    getSelection().selectAllChildren(source)
    return
  }
  const word = button.textContent
  if (word === button.dataset.done) return
  button.textContent = button.dataset.done
  setTimeout(() => { button.textContent = word }, 1500)
})
