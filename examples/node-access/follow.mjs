// Follows ipn.entitlement-state while `./ipn up` runs, and prints what changes: npm install && npm start

import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'
import kafkajs from 'kafkajs'
import { Access } from './access.mjs'

const registry = new SchemaRegistry({ host: 'http://127.0.0.1:8081' })
// kafkajs reads committed records only, unless it is told otherwise; a group of its own, so that it always begins at the start
const consumer = new kafkajs.Kafka({ brokers: ['127.0.0.1:9092'] }).consumer({ groupId: `access-${process.pid}-${Date.now()}` })
const access = new Access()

await consumer.connect()
await consumer.subscribe({ topic: 'ipn.entitlement-state', fromBeginning: true })
await consumer.run({
  eachMessage: async ({ message }) => {
    const value = message.value === null ? null : await registry.decode(message.value)
    if (access.apply(message.key.toString(), value) && value) {
      const { subject, entitlement, scope } = value.last
      const answer = access.of(subject, entitlement, scope ?? '')
      console.log(subject, entitlement, scope ?? '', answer.status, answer.reason, 'revision', answer.revision)
    }
  },
})
