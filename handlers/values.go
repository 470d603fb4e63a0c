package handlers

import "github.com/sessionlab/sessionlab/session"

// set stores a value: session[key] = value.
func (a *app) set(c *call) error {
	key, value := c.key(), c.text("value")
	result, err := c.update("session["+quote(key)+"] = "+quote(value), func() (any, error) {
		session.Set(c.session, key, value)
		return value, nil
	})
	return c.answer(result, err)
}

// get reads a value: session.get(key). A missing key is null, not an error.
func (a *app) get(c *call) error {
	key := c.key()
	result, err := c.update("session.get("+quote(key)+")", func() (any, error) {
		value, _ := session.Get(c.session, key)
		return value, nil
	})
	return c.answer(result, err)
}

// pop removes a value and returns it: session.pop(key).
func (a *app) pop(c *call) error {
	key := c.key()
	result, err := c.update("session.pop("+quote(key)+")", func() (any, error) {
		value, ok := session.Pop(c.session, key)
		if !ok {
			return nil, noSuchKey(key)
		}
		return value, nil
	})
	return c.answer(result, err)
}

// clear removes all values: session.clear().
func (a *app) clear(c *call) error {
	result, err := c.updateOrDelete("session.clear()", func() (any, error) {
		session.Clear(c.session)
		return nil, nil
	})
	return c.answer(result, err)
}

// permanent says whether the session outlives the browser: session.permanent = on.
func (a *app) permanent(c *call) error {
	on := c.flag("on")
	result, err := c.update("session.permanent = "+pythonBool(on), func() (any, error) {
		session.SetPermanent(c.session, on)
		return on, nil
	})
	return c.answer(result, err)
}
