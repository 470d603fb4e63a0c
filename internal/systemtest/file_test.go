package systemtest

import (
	"database/sql"
	"strings"

	_ "modernc.org/sqlite"
)

// openFile opens an SQLite file as another process would.
func openFile(file string) (*sql.DB, error) {
	return sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(5000)")
}

// execute runs a statement on an SQLite file.
func execute(file, statement string) error {
	db, err := openFile(file)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// query returns what an SQLite file answers, a row a line.
func query(file, question string) (string, error) {
	db, err := openFile(file)
	if err != nil {
		return "", err
	}
	defer db.Close()
	rows, err := db.Query(question)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), rows.Err()
}
