// Records cookies of Express and JSON Web Tokens: node record_express.js > express.json
const { generateKeyPairSync } = require('node:crypto')
const express = require('express')
const session = require('express-session')
const signature = require('cookie-signature')
const jwt = require('jsonwebtoken')

const SECRET = 'a-secret-of-the-class'
const AT = 1793613600 // 2026-11-02 10:00:00 UTC
const samples = []

function add (name, value, payload, more) {
  samples.push({ name, cookie: '', value, format: 'express', key: SECRET, salt: '', signed_at: null, payload, ...more })
}

function answered (app) {
  return new Promise(resolve => {
    const server = app.listen(0, '127.0.0.1', async () => {
      const answer = await fetch('http://127.0.0.1:' + server.address().port + '/')
      server.close()
      resolve(answer.headers.getSetCookie().map(line => line.split(';')[0]))
    })
  })
}

async function main () {
  const app = express()
  app.use(session({ secret: SECRET, resave: false, saveUninitialized: true }))
  let id
  app.get('/', (req, res) => { id = req.sessionID; res.end() })
  const [line] = await answered(app)
  const value = line.slice(line.indexOf('=') + 1)
  add('connect.sid', value, id, { cookie: 'connect.sid', parts: ['prefix', 'id', 'signature'] })
  add('connect.sid, not escaped', decodeURIComponent(value), id, { cookie: 'connect.sid', parts: ['prefix', 'id', 'signature'] })

  const plain = express()
  plain.use(require('cookie-parser')(SECRET))
  plain.get('/', (req, res) => {
    res.cookie('colour', 'teal.blue', { signed: true })
    res.cookie('cart', { items: [1, 2] }, { signed: true })
    res.cookie('prefs', { theme: 'dark' })
    res.end()
  })
  const [colour, cart, prefs] = (await answered(plain)).map(l => l.slice(l.indexOf('=') + 1))
  add('signed text', colour, 'teal.blue', { cookie: 'colour', parts: ['prefix', 'payload', 'signature'] })
  add('signed JSON', cart, { items: [1, 2] }, { cookie: 'cart', parts: ['prefix', 'payload', 'signature'] })
  add('JSON, not signed', prefs, { theme: 'dark' }, { cookie: 'prefs', key: '', parts: ['prefix', 'payload'] })
  add('cookie-signature alone', 's:' + signature.sign('tobi', SECRET), 'tobi', { parts: ['prefix', 'payload', 'signature'] })

  const token = { format: 'jwt', parts: ['header', 'payload', 'signature'], signed_at: AT }
  const claims = { sub: 'momo', iat: AT, exp: AT + 3600 }
  for (const alg of ['HS256', 'HS384', 'HS512']) add('JWT ' + alg, jwt.sign(claims, SECRET, { algorithm: alg }), claims, token)
  const times = { sub: 'momo', nbf: AT + 60, exp: AT + 3600 }
  add('JWT not yet valid', jwt.sign(times, SECRET, { noTimestamp: true }), times, { ...token, signed_at: null })
  add('JWT none', jwt.sign(claims, null, { algorithm: 'none' }), claims, { ...token, key: '' , parts: ['header', 'payload']})
  const pem = { type: 'spki', format: 'pem' }
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  add('JWT RS256', jwt.sign(claims, rsa.privateKey, { algorithm: 'RS256' }), claims, { ...token, key: rsa.publicKey.export(pem) })
  add('JWT PS256', jwt.sign(claims, rsa.privateKey, { algorithm: 'PS256' }), claims, { ...token, key: rsa.publicKey.export(pem) })
  add('JWT ES256', jwt.sign(claims, ec.privateKey, { algorithm: 'ES256' }), claims, { ...token, key: ec.publicKey.export(pem) })

  const library = ['express', 'express-session', 'cookie-parser', 'cookie-signature', 'jsonwebtoken']
    .map(name => name + ' ' + require(name + '/package.json').version).join(', ')
  console.log(JSON.stringify({ library, samples }, null, 1))
}

main()
