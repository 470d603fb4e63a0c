package source

import "github.com/sessionlab/sessionlab/internal/lab"

// Of returns the symbols whose code did what an event of a step tells, the most
// telling first; none for what happens in the client.
func Of(e lab.Event, s *lab.Step) []Symbol {
	if symbols, ok := carried[s.Mechanism][e.Kind]; ok {
		return symbols
	}
	switch e.Kind {
	case lab.CodeRan:
		if s, ok := operations[lab.Op(e.Why)]; ok {
			return []Symbol{s}
		}
	case lab.LoadAsked, lab.LoadFound, lab.LoadMissing:
		return stores[s.Store].load
	case lab.SaveAsked, lab.SaveDone:
		return stores[s.Store].save
	case lab.DeleteAsked, lab.DeleteDone:
		return stores[s.Store].delete
	case lab.SaveConflict:
		return []Symbol{"session/Store.Update"}
	}
	return kinds[e.Kind]
}

var operations = map[lab.Op]Symbol{
	lab.OpLogin:         "handlers/Handlers.login",
	lab.OpLogout:        "handlers/Handlers.logout",
	lab.OpSet:           "handlers/Handlers.set",
	lab.OpGet:           "handlers/Handlers.get",
	lab.OpPop:           "handlers/Handlers.pop",
	lab.OpClear:         "handlers/Handlers.clear",
	lab.OpPermanent:     "handlers/Handlers.permanent",
	lab.OpMe:            "handlers/Handlers.me",
	lab.OpIndex:         "handlers/Handlers.index",
	lab.OpGetSession:    "handlers/Handlers.getSession",
	lab.OpDeleteSession: "handlers/Handlers.deleteSession",
}

// storeCode is the code of one store's operations.
type storeCode struct{ load, save, delete []Symbol }

var stores = map[string]storeCode{
	"memory": {
		load:   []Symbol{"session/Memory.Load"},
		save:   []Symbol{"session/Memory.Save"},
		delete: []Symbol{"session/Memory.Delete"},
	},
	"sqlite":   sqlCode,
	"mysql":    sqlCode,
	"postgres": sqlCode,
	"redis": {
		load:   []Symbol{"session/redisbackend/Backend.Load"},
		save:   []Symbol{"session/redisbackend/Backend.Save"},
		delete: []Symbol{"session/redisbackend/Backend.Delete"},
	},
}

var sqlCode = storeCode{
	load:   []Symbol{"session/sqlbackend/Backend.Load"},
	save:   []Symbol{"session/sqlbackend/Backend.Save"},
	delete: []Symbol{"session/sqlbackend/Backend.Delete"},
}

// carried is the code of the mechanisms whose cookies carry the session, where
// that is other code.
var carried = map[string]map[lab.Kind][]Symbol{
	lab.MechanismFlask:   carriedBy("session/flask/Serializer.Open", "session/flask/Serializer.Seal"),
	lab.MechanismGorilla: carriedBy("session/gorillacookie/Codec.Open", "session/gorillacookie/Codec.Seal"),
}

func carriedBy(open, seal Symbol) map[lab.Kind][]Symbol {
	return map[lab.Kind][]Symbol{
		lab.CookieRead:       {"session/carried.read"},
		lab.CookieAbsent:     {"session/carried.read"},
		lab.SignatureValid:   {open},
		lab.SignatureInvalid: {open, "session/carried.refuse"},
		lab.SessionOpened:    {"session/carried.New"},
		lab.SessionExpired:   {"session/CheckAge"},
		lab.SessionEmptied:   {"session/carried.save"},
		lab.SetCookieBuilt:   {"session/carried.send", seal},
	}
}

var kinds = map[lab.Kind][]Symbol{
	lab.CookieRead:       {"session/opened.idFrom"},
	lab.CookieAbsent:     {"session/opened.idFrom"},
	lab.SignatureValid:   {"session/verify", "session/signer.signature"},
	lab.SignatureInvalid: {"session/verify", "session/signer.signature"},
	lab.PasswordChecked:  {"handlers/passwordMatches"},
	lab.IDMade:           {"session/newID"},
	lab.IDRenewed:        {"session/opened.move"},
	lab.SessionOpened:    {"session/opened.load"},
	lab.SessionExpired:   {"session/opened.limitNow"},
	lab.SessionEmptied:   {"session/opened.remove"},
	lab.SetCookieBuilt:   {"session/setCookieLine"},
	lab.ResponseSent:     {"handlers/Handlers.answer"},
	lab.StoreFailed:      {"handlers/asProblem"},
}

// flask is the same operation in Flask, as the lecture note writes it.
var flask = map[lab.Op]string{
	lab.OpLogin: `@app.post('/login')
def login():
    uname, pwd = request.form['uname'], request.form['pwd']
    if not check_password_hash(users[uname], pwd):
        abort(401)
    session['uname'] = uname
    return 'ok'`,
	lab.OpLogout: `@app.post('/logout')
def logout():
    session.clear()
    return 'ok'`,
	lab.OpSet: `@app.post('/set')
def set_value():
    session[request.form['key']] = request.form['value']
    return 'ok'`,
	lab.OpGet: `@app.get('/get')
def get_value():
    return {'result': session.get(request.args['key'])}`,
	lab.OpPop: `@app.post('/pop')
def pop_value():
    return {'result': session.pop(request.form['key'])}`,
	lab.OpClear: `@app.post('/clear')
def clear():
    session.clear()
    return 'ok'`,
	lab.OpPermanent: `@app.post('/permanent')
def permanent():
    session.permanent = request.form['on'] == 'true'
    return 'ok'`,
	lab.OpMe: `@app.get('/me')
def me():
    uname = session.get('uname')
    return uname or abort(401)`,
	lab.OpIndex: `@app.route('/')
def index():
    session.permanent = True
    session['uname'] = 'momo'
    session['pwd'] = '123'
    return 'Hello World!'`,
	lab.OpGetSession: `@app.route('/getSession/')
def getSession():
    return session.get('uname') or '没有session'`,
	lab.OpDeleteSession: `@app.route('/deleteSession/')
def deleteSession():
    session.clear()
    return '删除成功'`,
}

// Flask returns an operation as a Flask program writes it, and whether it has one.
func Flask(op lab.Op) (code string, ok bool) {
	code, ok = flask[op]
	return code, ok
}
