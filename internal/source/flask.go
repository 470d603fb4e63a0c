package source

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sessionlab/sessionlab/internal/step"
)

// FlaskVersion is the version of Flask whose code [InFlask] returns.
const FlaskVersion = "3.1.1"

// Two methods of Flask's SecureCookieSessionInterface, as they stand in its file
// sessions.py.
var (
	//go:embed flask/open_session.py
	openSession string
	//go:embed flask/save_session.py
	saveSession string
)

// InFlask returns the Python code that does what an event of a step tells, in a
// program written with Flask: the view function, or the method of Flask's own
// sessions. It returns false where Flask does nothing of the kind: by default it has
// neither IDs nor a store. The excerpt's marks are the lines that correspond to the
// event.
func InFlask(e step.Event, s *step.Step) (Excerpt, bool) {
	switch e.Kind {
	case step.CodeRan, step.PasswordChecked:
		return viewOf(e, s)
	case step.CookieRead, step.CookieAbsent, step.SignatureValid, step.SignatureInvalid, step.SessionOpened, step.SessionExpired:
		return opensInFlask(e, s)
	case step.SessionEmptied:
		return savesInFlask("response.delete_cookie("), true
	case step.SetCookieBuilt:
		if e.Why == step.WhyRefused { // Flask sets a cookie of any size
			return Excerpt{}, false
		}
		if has(s, step.SessionEmptied) {
			return savesInFlask("response.delete_cookie("), true
		}
		return savesInFlask("dumps(dict(session))", "response.set_cookie("), true
	}
	return Excerpt{}, false
}

// viewOf is the operation itself.
func viewOf(e step.Event, s *step.Step) (Excerpt, bool) {
	op, lines := s.Op, []string{"check_password_hash("}
	if e.Kind == step.CodeRan {
		op = step.Op(e.Why)
		lines = viewLines[op]
	}
	code, ok := views[op]
	return python("", 0, code, lines), ok
}

// opensInFlask is how Flask comes by the session of a request.
func opensInFlask(e step.Event, s *step.Step) (Excerpt, bool) {
	var lines []string
	switch e.Kind {
	case step.CookieRead:
		lines = []string{"request.cookies.get("}
	case step.CookieAbsent:
		lines = []string{"if not val:"}
	case step.SignatureValid:
		lines = []string{"s.loads("}
	case step.SignatureInvalid:
		if e.Why == step.WhyPayload { // which Flask does not catch
			return Excerpt{}, false
		}
		lines = []string{"except BadSignature:"}
	case step.SessionExpired:
		if e.Why != step.WhyLifetime { // Flask has no other limit
			return Excerpt{}, false
		}
		lines = []string{"s.loads(", "except BadSignature:"}
	case step.SessionOpened:
		switch {
		case e.Why == step.WhyLoaded:
			lines = []string{"return self.session_class(data)"}
		case has(s, step.CookieAbsent):
			lines = []string{"if not val:"}
		case has(s, step.SignatureInvalid), has(s, step.SessionExpired) && s.Mechanism != step.MechanismServer:
			lines = []string{"except BadSignature:"}
		default: // its record is missing, or its time has run out in the store
			return Excerpt{}, false
		}
	}
	return python("flask/sessions.py", 323, openSession, lines), true
}

func savesInFlask(lines ...string) Excerpt {
	return python("flask/sessions.py", 337, saveSession, lines)
}

// python is an excerpt with the lines marked that contain one of some texts.
func python(file string, line int, code string, marks []string) Excerpt {
	code = strings.TrimSuffix(code, "\n")
	return Excerpt{File: file, Line: line, Code: code, HTML: markLines(coloured()[code], linesWith(code, marks...))}
}

// coloured is the HTML of each text that an excerpt of Flask's is, made when one is first
// shown.
var coloured = sync.OnceValue(func() map[string]string {
	all := make(map[string]string)
	for _, code := range append(slices.Collect(maps.Values(views)), openSession, saveSession) {
		code = strings.TrimSuffix(code, "\n")
		all[code] = ColourPython(code)
	}
	return all
})

func has(s *step.Step, kind step.Kind) bool {
	return slices.ContainsFunc(s.Events, func(e step.Event) bool { return e.Kind == kind })
}

// viewLines find the lines of the views that the operations are about.
var viewLines = map[step.Op][]string{
	step.OpLogin:         {"session['uname'] ="},
	step.OpLogout:        {"session.clear()"},
	step.OpSet:           {"session[request"},
	step.OpGet:           {"session.get("},
	step.OpPop:           {"session.pop("},
	step.OpClear:         {"session.clear()"},
	step.OpPermanent:     {"session.permanent ="},
	step.OpMe:            {"session.get("},
	step.OpIndex:         {"session.permanent =", "session['uname'] =", "session['pwd'] ="},
	step.OpGetSession:    {"session.get("},
	step.OpDeleteSession: {"session.clear()"},
}

// views are the operations as a Flask program writes them, in the manner of the
// lecture note.
var views = map[step.Op]string{
	step.OpLogin: `@app.post('/login')
def login():
    uname, pwd = request.form['uname'], request.form['pwd']
    if not check_password_hash(users[uname], pwd):
        abort(401)
    session['uname'] = uname
    return 'ok'`,
	step.OpLogout: `@app.post('/logout')
def logout():
    session.clear()
    return 'ok'`,
	step.OpSet: `@app.post('/set')
def set_value():
    session[request.form['key']] = request.form['value']
    return 'ok'`,
	step.OpGet: `@app.get('/get')
def get_value():
    return {'result': session.get(request.args['key'])}`,
	step.OpPop: `@app.post('/pop')
def pop_value():
    return {'result': session.pop(request.form['key'])}`,
	step.OpClear: `@app.post('/clear')
def clear():
    session.clear()
    return 'ok'`,
	step.OpPermanent: `@app.post('/permanent')
def permanent():
    session.permanent = request.form['on'] == 'true'
    return 'ok'`,
	step.OpMe: `@app.get('/me')
def me():
    uname = session.get('uname')
    return uname or abort(401)`,
	step.OpIndex: `@app.route('/')
def index():
    session.permanent = True
    session['uname'] = 'momo'
    session['pwd'] = '123'
    return 'Hello World!'`,
	step.OpGetSession: `@app.route('/getSession/')
def getSession():
    return session.get('uname') or '没有session'`,
	step.OpDeleteSession: `@app.route('/deleteSession/')
def deleteSession():
    session.clear()
    return '删除成功'`,
}
