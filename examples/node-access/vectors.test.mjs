// node --test examples/node-access

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Access } from './access.mjs'

const file = new URL('../../client/src/main/resources/ipn/client/vectors.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8'))
const millis = (time) => (time === null ? null : Date.parse(time))

for (const { name, records, questions } of vectors.cases) {
  test(name, () => {
    const access = new Access()
    records.forEach(({ key, value }) => access.apply(key, value))
    for (const { at, subject, entitlement, scope, answer } of questions) {
      const found = access.of(subject, entitlement, scope, Date.parse(at))
      const expected = { ...answer, until: millis(answer.until), graceUntil: millis(answer.graceUntil) }
      const compared = Object.fromEntries(Object.keys(expected).map((field) => [field, found[field]]))
      assert.deepEqual(compared, expected, `${subject} ${entitlement} ${scope ?? ''} at ${at}`)
    }
  })
}
