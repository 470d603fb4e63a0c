package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// The whole bench, for other tools.

// validHAR holds a file against the JSON schema of HTTP Archive 1.2.
const validHAR = `
const {readFileSync} = require("fs")
require("har-validator").har(JSON.parse(readFileSync(process.argv[1], "utf8")))
	.catch(e => { console.log(JSON.stringify(e.errors, null, 1)); process.exit(1) })`

func TestTheBenchIsAnHTTPArchive(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	requireTool(t, "node", err)
	_, err = os.Stat("node_modules/har-validator")
	requireTool(t, "har-validator", err)

	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	b.Set("colour", "橄榄 olive")
	b.Get("missing")
	b.curl("login", "-d", "uname=momo&pwd=wrong")
	b.curl("%00/no?such=%ff", "-X", "BREW", "-b", "session=forged", "--data-binary", "\x01\xff")
	b.Go("/en/lab")
	b.Logout()
	archive := b.fetch("/en/lab/export.har")

	file := filepath.Join(t.TempDir(), "bench.har")
	if err := os.WriteFile(file, archive, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(node, "-e", validHAR, file).CombinedOutput(); err != nil {
		t.Errorf("the archive is not valid HAR 1.2: %v\n%s", err, out)
	}
	var har struct {
		Log struct {
			Version string
			Entries []struct {
				Request  struct{ Method, URL string }
				Response struct{ Status int }
			}
		}
	}
	if err := json.Unmarshal(archive, &har); err != nil {
		t.Fatal(err)
	}
	if har.Log.Version != "1.2" || len(har.Log.Entries) != b.N {
		t.Fatalf("the archive has version %q and %d entries; want 1.2 and %d", har.Log.Version, len(har.Log.Entries), b.N)
	}
	for i, e := range har.Log.Entries {
		if s := b.Step(i + 1); e.Request.Method != s.Request.Method || e.Request.URL != b.base+s.Request.Path || e.Response.Status != s.Response.Status {
			t.Errorf("entry %d is %+v; want %s %s, %d", i+1, e, s.Request.Method, s.Request.Path, s.Response.Status)
		}
	}
}

// loadHAR loads an archive in the network panel of Chromium's own developer tools,
// and returns what is in it then; null where these tools have other insides.
const loadHAR = `(async () => {
	const tools = "devtools://devtools/bundled/"
	let view, log
	try {
		const [ui, network, logs] = await Promise.all(["ui/legacy/legacy.js", "panels/network/network.js", "models/logs/logs.js"].map(f => import(tools + f)))
		await ui.ViewManager.ViewManager.instance().showView("network")
		view = network.NetworkPanel.NetworkPanel.instance().networkLogView
		log = logs.NetworkLog.NetworkLog.instance()
		if (!view.onLoadFromFile || !log.requests) return null
	} catch { return null }
	await view.onLoadFromFile(new File([%s], "bench.har"))
	return log.requests().map(r => r.requestMethod + " " + r.url() + " " + r.statusCode)
})()`

func TestTheNetworkPanelOpensTheBench(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	b.Set("colour", "橄榄 olive")
	b.Get("colour")
	var want []string
	for n := 1; n <= b.N; n++ {
		s := b.Step(n)
		want = append(want, fmt.Sprintf("%s %s%s %d", s.Request.Method, b.base, s.Request.Path, s.Response.Status))
	}
	tools := windowed.page(t, "devtools://devtools", View{})
	tools.Allow("") // what they do is theirs
	tools.Go("/bundled/devtools_app.html?panel=network")
	got := eval[[]string](tools, fmt.Sprintf(loadHAR, asJSON(string(b.fetch("/en/lab/export.har")))))
	if got == nil {
		t.Skip("these developer tools are not the ones that this test knows")
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the network panel shows %q; want %q", got, want)
	}
}
