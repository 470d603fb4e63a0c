package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/coder/websocket"
)

// A bidi is a connection by WebDriver BiDi, the protocol that Firefox is driven
// with: commands go out and answers and events come in, all of them as JSON.
type bidi struct {
	ws   *websocket.Conn
	hear func(event string, params json.RawMessage)

	mu      sync.Mutex
	last    int // id of the latest command
	waiting map[int]chan<- bidiMessage
	ended   error // why no more can come
}

type bidiMessage struct {
	Type    string          `json:"type"` // "success", "error" or "event"
	ID      int             `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
}

// dialBidi connects to a browser at "ws://127.0.0.1:port/session", and listens
// until the connection ends. It calls hear for each event, in order, before the
// answer to any later command.
func dialBidi(ctx context.Context, url string, hear func(event string, params json.RawMessage)) (*bidi, error) {
	ws, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		return nil, err
	}
	ws.SetReadLimit(-1) // screenshots are large
	c := &bidi{ws: ws, hear: hear, waiting: make(map[int]chan<- bidiMessage)}
	go c.read()
	return c, nil
}

func (c *bidi) read() {
	for {
		_, data, err := c.ws.Read(context.Background())
		var m bidiMessage
		if err == nil {
			err = json.Unmarshal(data, &m)
		}
		if err != nil {
			c.end(err)
			return
		}
		if m.Type == "event" {
			c.hear(m.Method, m.Params)
			continue
		}
		c.mu.Lock()
		answered := c.waiting[m.ID]
		delete(c.waiting, m.ID)
		c.mu.Unlock()
		if answered != nil {
			answered <- m
		}
	}
}

func (c *bidi) end(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = fmt.Errorf("the connection to the browser has ended: %w", err)
	for id, answered := range c.waiting {
		answered <- bidiMessage{Type: "error", Error: c.ended.Error()}
		delete(c.waiting, id)
	}
}

// call runs a command and reads its result into result, unless that is nil.
func (c *bidi) call(ctx context.Context, method string, params, result any) error {
	answered := make(chan bidiMessage, 1)
	c.mu.Lock()
	if c.ended != nil {
		c.mu.Unlock()
		return c.ended
	}
	c.last++
	id := c.last
	c.waiting[id] = answered
	c.mu.Unlock()

	data, err := json.Marshal(map[string]any{"id": id, "method": method, "params": params})
	if err != nil {
		return err
	}
	// A write that is cut short would end the connection.
	if err := c.ws.Write(context.WithoutCancel(ctx), websocket.MessageText, data); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case m := <-answered:
		if m.Type == "error" {
			return fmt.Errorf("%s: %s: %s", method, m.Error, m.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	case <-ctx.Done():
		c.mu.Lock()
		delete(c.waiting, id)
		c.mu.Unlock()
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}
