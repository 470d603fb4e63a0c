package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const nuJar = "node_modules/vnu-jar/build/dist/vnu.jar"

// nu fails the test for each error that the Nu Html Checker finds in the pages,
// given as name and HTML (see [Page.Source]). The checker takes seconds to start
// whatever its work: collect pages and call nu once.
func nu(t testing.TB, pages map[string]string) {
	t.Helper()
	_, err := os.Stat(nuJar)
	requireTool(t, "vnu.jar", err)
	java, err := exec.LookPath("java")
	requireTool(t, "java", err)

	dir := t.TempDir()
	// One that starts quickly is through before one that computes quickly has begun.
	args := []string{"-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", nuJar, "--errors-only", "--stdout"}
	for name, html := range pages {
		file := filepath.Join(dir, strings.NewReplacer("/", "_", "?", "_").Replace(name)+".html")
		if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	out, err := exec.Command(java, args...).Output()
	for line := range strings.Lines(string(out)) {
		// "file:/dir/page.html":1.2-1.9: error: …
		t.Errorf("invalid HTML: %s", strings.ReplaceAll(strings.TrimSpace(line), "file:"+dir+"/", ""))
	}
	if err != nil && len(out) == 0 {
		t.Fatalf("vnu.jar: %v", err)
	}
}
