package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/step"
)

// appPath begins the routes of the app under study.
const appPath = "/app/:bench"

// Routes returns the server's handler: every route there is.
func (h *Handlers) Routes() http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = h.fail
	e.JSONSerializer = seenJSON{}
	e.IPExtractor = echo.ExtractIPDirect()
	e.Use(h.logged, h.recovered, h.headers, h.whole, h.deadline)
	read := []string{http.MethodGet, http.MethodHead}

	e.Match(read, "/", h.chooseLanguage)
	e.Match(read, "/healthz", h.healthy)
	e.Match(read, "/readyz", h.ready)
	e.Match(read, "/static/*", echo.WrapHandler(h.Assets), h.lean)

	// The product's pages, in both languages.
	p := e.Group("/:lang")
	page := []echo.MiddlewareFunc{h.inLanguage, h.sameOrigin}
	own := append(page[:2:2], h.seated)
	p.Match(read, "", h.addSlash, page...)
	p.Match(read, "/", h.home, page...)
	p.POST("/theme", h.theme, page...)
	p.Match(read, "/note", h.notePage, page...)
	p.Match(read, "/inspect", h.inspectForm, page...)
	p.POST("/inspect", h.inspect, page...)
	p.Match(read, "/lab", h.bench, own...)
	p.Match(read, "/lab/steps/:n", h.step, own...)
	p.Match(read, "/lab/steps/:n/code", h.code, own...)
	p.Match(read, "/lab/steps/:n/raw", h.raw, own...)
	p.Match(read, "/lab/compare", h.compare, own...)
	p.Match(read, "/lab/config", h.config, own...)
	p.Match(read, "/lab/mechanisms", h.mechanisms, own...)
	p.POST("/lab/fill", h.fill, own...)
	p.POST("/lab/unfill", h.unfill, own...)
	p.Match(read, "/lab/print", h.print, own...)
	p.GET("/lab/live", h.live, own...)
	p.Match(read, "/lab/export.har", h.exportHAR, own...)
	p.Match(read, "/lab/export.json", h.exportJSON, own...)
	p.Match(read, "/lab/settings", h.settingsPage, own...)
	p.POST("/lab/settings", h.settings, own...)
	p.POST("/lab/new", h.startOver, own...)
	p.POST("/lab/end", h.end, own...)

	// The app under study. Whoever has its address may use it, as with any site.
	a := e.Group(appPath, h.recorded, h.recovered)
	route := func(method, path string, op step.Op, f echo.HandlerFunc) {
		a.Add(method, path, h.named(op, f))
		if method == http.MethodGet {
			a.HEAD(path, h.named(op, f))
		}
	}
	route("POST", "/login", step.OpLogin, h.login)
	route("POST", "/logout", step.OpLogout, h.logout)
	route("POST", "/set", step.OpSet, h.set)
	route("GET", "/get", step.OpGet, h.get)
	route("POST", "/pop", step.OpPop, h.pop)
	route("POST", "/clear", step.OpClear, h.clear)
	route("POST", "/permanent", step.OpPermanent, h.permanent)
	route("GET", "/me", step.OpMe, h.me)
	route("GET", "/", step.OpIndex, h.index)
	route("GET", "/getSession/", step.OpGetSession, h.getSession)
	route("GET", "/deleteSession/", step.OpDeleteSession, h.deleteSession)
	a.Any("/*", h.otherPath)
	a.RouteNotFound("/*", h.otherPath) // by methods that nobody knows
	return e
}
