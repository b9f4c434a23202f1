/** The registry of deliveries: one line a kind. */
import type { ModelHolder } from '../model/model'
import type { Outside } from '../ports/outside'
import type { Services } from '../use-cases/context'
import type { OutboxRow } from './outbox'
import { mail } from '../mail/deliver'
import { webhook } from './webhook'

export interface DeliveryRun { services: Services; holder: ModelHolder; outside: Outside }

/** Delivers, outside of any transaction. The answer is kept. What it throws is a failed attempt; a `Refused` is not tried again. */
export type DeliveryKind = (row: OutboxRow, run: DeliveryRun) => Promise<unknown>

export const deliveryKinds: Record<string, DeliveryKind> = { mail, webhook }
