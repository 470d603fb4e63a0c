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
	e.Use(h.logRequest, h.recoverPanic, h.setHeaders, h.requireOwnHost, h.readBody, h.withDeadline)
	h.pages.routes(e)
	h.app.routes(e)
	return e
}

var read = []string{http.MethodGet, http.MethodHead}

// routes are the product's pages, most of them in both languages.
func (h *pages) routes(e *echo.Echo) {
	e.Match(read, "/", h.chooseLanguage)
	e.Match(read, "/healthz", h.healthy)
	e.Match(read, "/readyz", h.ready)
	e.Match(read, "/static/*", echo.WrapHandler(h.Assets), h.setFileHeaders)

	p := e.Group("/:lang")
	page := []echo.MiddlewareFunc{h.requireLanguage, h.requireSameOrigin}
	own := append(page[:2:2], h.withSeat)
	p.Match(read, "", h.addSlash, page...)
	p.Match(read, "/", h.home, own...)
	p.POST("/theme", h.theme, page...)
	p.Match(read, "/note", h.notePage, page...)
	p.Match(read, "/inspect", h.inspectForm, page...)
	p.POST("/inspect", h.inspect, page...)
	p.Match(read, "/elsewhere", h.elsewhere, page...)
	p.Match(read, "/experiments", h.experiments, own...)
	p.Match(read, "/experiments/:slug", h.experiment, own...)
	p.POST("/experiments/:slug", h.runExperiment, own...)
	p.Match(read, "/course", h.course, own...)
	p.Match(read, "/course/sheet", h.finalSheet, own...)
	p.Match(read, "/course/teaching", h.teaching, own...)
	p.Match(read, "/course/:slug", h.lesson, own...)
	p.POST("/course/:slug/start", h.startLesson, own...)
	p.POST("/course/:slug/restart", h.startLesson, own...)
	p.POST("/course/:slug/predict", h.predict, own...)
	p.POST("/course/:slug/do", h.doAct, own...)
	p.POST("/course/:slug/part", h.goToPart, own...)
	p.POST("/course/:slug/help", h.helpLesson, own...)
	p.Match(read, "/lab", h.bench, own...)
	p.Match(read, "/lab/steps", h.stepList, own...)
	p.Match(read, "/lab/steps/:n", h.step, own...)
	p.Match(read, "/lab/steps/:n/code", h.code, own...)
	p.Match(read, "/lab/steps/:n/raw", h.raw, own...)
	p.Match(read, "/lab/steps/:n/transcript", h.transcript, own...)
	p.Match(read, "/lab/compare", h.compare, own...)
	p.Match(read, "/lab/keys", h.keys, page...)
	p.Match(read, "/lab/terminal", h.terminal, own...)
	p.Match(read, "/lab/config", h.config, own...)
	p.Match(read, "/lab/side-by-side", h.beside, own...)
	p.POST("/lab/side-by-side", h.sendBeside, own...)
	p.Match(read, "/lab/mechanisms", h.movedTo("/lab/side-by-side"), page...)
	p.POST("/lab/fill", h.fill, own...)
	p.POST("/lab/unfill", h.unfill, own...)
	p.Match(read, "/lab/print", h.print, own...)
	p.GET("/lab/live", h.live, own...)
	p.Match(read, "/lab/export.har", h.exportHAR, own...)
	p.Match(read, "/lab/export.json", h.exportJSON, own...)
	p.Match(read, "/lab/settings", h.settingsPage, own...)
	p.POST("/lab/settings", h.settings, own...)
	p.POST("/lab/hints", h.hints, own...)
	p.Match(read, "/lab/browsers", h.openBrowserForm, own...)
	p.POST("/lab/browsers", h.openBrowser, own...)
	p.POST("/lab/browsers/:id/send", h.sendFromBrowser, own...)
	p.POST("/lab/browsers/:id/jar", h.changeJar, own...)
	p.Match(read, "/lab/browsers/:id/document-cookie", h.documentCookie, own...)
	p.POST("/lab/browsers/:id/remove", h.removeBrowser, own...)
	p.Match(read, "/lab/clock", h.clockForms, own...)
	p.POST("/lab/clock", h.clock, own...)
	p.Match(read, "/lab/server", h.serverPage, own...)
	p.POST("/lab/server", h.server, own...)
	p.Match(read, "/lab/new", h.askFirst("new"), own...)
	p.POST("/lab/new", h.startOver, own...)
	p.Match(read, "/lab/end", h.askFirst("end"), own...)
	p.POST("/lab/end", h.end, own...)
}

// routes are those of the app under study. Whoever has its address may use it, as
// with any site.
func (a *app) routes(e *echo.Echo) {
	g, recorded := e.Group(appPath), []echo.MiddlewareFunc{a.record, a.recoverPanic}
	for _, o := range a.operations() {
		g.Match(o.methods(), o.path, a.handler(o), recorded...)
	}
	g.Any("/*", a.otherPath, recorded...)
	g.RouteNotFound("/*", a.otherPath, recorded...) // by methods that nobody knows
	g.Any("", a.addSlash)
}

// operations are what the app can do. A step and an answer have their names from
// here.
func (a *app) operations() []operation {
	return []operation{
		{step.OpLogin, "POST", "/login", a.login},
		{step.OpLogout, "POST", "/logout", a.logout},
		{step.OpSet, "POST", "/set", a.set},
		{step.OpGet, "GET", "/get", a.get},
		{step.OpPop, "POST", "/pop", a.pop},
		{step.OpClear, "POST", "/clear", a.clear},
		{step.OpPermanent, "POST", "/permanent", a.permanent},
		{step.OpMe, "GET", "/me", a.me},
		{step.OpIndex, "GET", "/", a.root},
		{step.OpGetSession, "GET", "/getSession/", a.getSession},
		{step.OpDeleteSession, "GET", "/deleteSession/", a.deleteSession},
	}
}
