package experiment

// mostGuesses is how many ids an act may try.
const mostGuesses = 10_000
