// A button with data-without leaves that field out of what its form sends.
let without = ''

document.addEventListener('submit', e => {
  without = e.submitter?.dataset.without ?? ''
}, true)

document.addEventListener('formdata', e => {
  if (without) e.formData.delete(without)
})

// Choosing an account fills in its password.
document.addEventListener('change', e => {
  const password = e.target.selectedOptions?.[0]?.dataset.pwd
  if (password) e.target.form.elements.pwd.value = password
})
