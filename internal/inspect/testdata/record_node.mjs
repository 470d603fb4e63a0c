// Records cookies of Hono, iron and iron-session: node record_node.mjs > node.json
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { setSignedCookie } from 'hono/cookie'
import * as Iron from '@hapi/iron'
import { sealData } from 'iron-session'

const KEY = 'a-secret-of-the-class-of-32-bytes!'
const AT = 1793613600000 // 2026-11-02 10:00:00 UTC
Date.now = () => AT
const samples = []

function add (name, value, payload, more) {
  samples.push({ name, cookie: 'session', value, key: KEY, salt: '', signed_at: null, payload, ...more })
}

const app = new Hono()
app.get('/:value', async c => { await setSignedCookie(c, 'session', c.req.param('value'), KEY); return c.text('') })
const signed = async value => (await app.request('/' + encodeURIComponent(value))).headers.get('Set-Cookie').split(';')[0].slice('session='.length)
const hono = { format: 'hono', parts: ['payload', 'signature'] }
add('Hono', await signed('momo'), 'momo', hono)
add('Hono, JSON', await signed('{"uname":"momo"}'), { uname: 'momo' }, hono)

const seal = more => Iron.seal({ uname: 'momo', cart: [1, 2] }, KEY, { ...Iron.defaults, ...more })
const parts = ['header', 'salt', 'iv', 'payload', 'salt', 'signature']
add('iron', await seal({}), { uname: 'momo', cart: [1, 2] }, { format: 'iron', parts })
add('iron, with an end', await seal({ ttl: 3600000 }), { uname: 'momo', cart: [1, 2] }, { format: 'iron', parts: parts.toSpliced(4, 0, 'expiry') })
add('iron, with a password id', await Iron.seal({ uname: 'momo' }, { id: '1', secret: KEY }, Iron.defaults), { uname: 'momo' },
  { format: 'iron', parts: parts.toSpliced(1, 0, 'key-id') })
add('iron-session', await sealData({ uname: 'momo' }, { password: KEY, ttl: 0 }), { uname: 'momo' }, { format: 'iron', parts: [...parts.toSpliced(1, 0, 'key-id'), 'header'] })

const version = name => name + ' ' + JSON.parse(readFileSync('node_modules/' + name + '/package.json')).version
console.log(JSON.stringify({ library: ['hono', '@hapi/iron', 'iron-session'].map(version).join(', '), samples }, null, 1))
