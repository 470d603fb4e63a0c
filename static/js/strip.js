// The current step is kept in sight on the strip of steps.
const reveal = () => {
  const strip = document.querySelector('.strip')
  const chip = strip?.querySelector('[aria-current]')
  if (chip) strip.scrollLeft = chip.offsetLeft - (strip.clientWidth - chip.offsetWidth) / 2
}

reveal()
document.addEventListener('htmx-after-settle', reveal)
