package main

import "embed"

// sources are what pages show of the program's own code. Patterns cannot leave out
// tests by name, only by their last letters: [^t].go and [^s]t.go take every file
// but those that end in st.go. Of internal/lab, they show only what makes weak IDs.
//
//go:embed internal/lab/weakid.go
//go:embed handlers/*[^t].go handlers/*[^s]t.go
//go:embed session/*[^t].go session/*[^s]t.go
//go:embed session/sqlbackend/*[^t].go session/sqlbackend/*[^s]t.go
//go:embed session/redisbackend/*[^t].go session/redisbackend/*[^s]t.go
//go:embed session/flask/*[^t].go session/flask/*[^s]t.go
//go:embed session/gorillacookie/*[^t].go
var sources embed.FS
