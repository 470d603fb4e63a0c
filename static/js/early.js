// Before anything is painted: a tab that was presenting still is.
try {
  if (sessionStorage.present) document.documentElement.dataset.present = ''
} catch { /* storage is closed: each page starts as it is */ }
