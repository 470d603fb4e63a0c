// The current step is kept in sight on the strip of steps.
const reveal = () => {
  const strip = document.querySelector('.strip')
  const chip = strip?.querySelector('[aria-current]')
  if (chip) strip.scrollLeft = chip.offsetLeft - (strip.clientWidth - chip.offsetWidth) / 2
  if (strip) resized.observe(strip) // what is beside it comes and goes
}

const resized = new ResizeObserver(reveal)
reveal()
document.addEventListener('htmx-after-settle', reveal)
