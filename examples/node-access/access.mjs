// What records of ipn.entitlement-state mean at the time of a question: the rules of AccessRules in client/, held to the same vectors.

const OVERDUE_MAX_MILLIS = 60 * 60 * 1000

/** The newest decision of each subject, entitlement and scope. */
export class Access {
  #decisions = new Map()

  /** A record: its key as text, its value as the deserializer returns it, or null. Says whether it changed anything. */
  apply(key, value) {
    if (value === null) {
      return this.#decisions.delete(key)
    }
    const known = this.#decisions.get(key)
    if (known && known.revision > value.last.revision) {
      return false // a later revision is known
    }
    this.#decisions.set(key, value.last)
    return true
  }

  /** May the subject use the entitlement at this time (milliseconds since 1970)? */
  of(subject, entitlement, scope = '', at = Date.now()) {
    const decision = this.#decisions.get(keyOf(subject, entitlement, scope))
    if (!decision) {
      return { allowed: false, status: 'NONE', reason: 'NEVER_GRANTED', revision: 0, until: null, graceUntil: null, overdue: false }
    }
    const now = { until: decision.until, graceUntil: null, overdue: false, ...statusAt(decision, at) }
    return {
      allowed: now.status === 'ACTIVE' || now.status === 'GRACE',
      revision: decision.revision,
      decidedBy: decision.paymentKey,
      policyVersion: decision.policyVersion,
      ...now,
    }
  }
}

/** The record key: % and / within its parts are encoded. */
function keyOf(subject, entitlement, scope) {
  const encode = (part) => part.replaceAll('%', '%25').replaceAll('/', '%2F')
  return [subject, entitlement, ...(scope ? [scope] : [])].map(encode).join('/')
}

function statusAt({ status, reason, until, graceUntil }, at) {
  if (status === 'GRACE') {
    return graceUntil !== null && at >= graceUntil
      ? { status: 'ENDED', reason: reason === 'PAYMENT_FAILED' ? reason : 'RAN_OUT', until: graceUntil }
      : { status, reason, graceUntil }
  }
  if (status !== 'ACTIVE' || until === null || at < until) {
    return { status, reason }
  }
  // the next decision is overdue: until it arrives the last one holds, but not for ever
  return at < until + OVERDUE_MAX_MILLIS ? { status, reason, overdue: true } : { status: 'ENDED', reason: 'RAN_OUT' }
}
