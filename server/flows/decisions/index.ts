import type { DecisionKind, DecisionName } from './decision'
import { addSignAfter, addSignBefore } from './add-sign'
import { approve } from './approve'
import { cc } from './cc'
import { claim } from './claim'
import { delegate } from './delegate'
import { reject } from './reject'
import { removeSign } from './remove-sign'
import { giveBack } from './return'
import { transfer } from './transfer'

/** The registry of decisions, in the order in which they are offered. */
export const kinds: { [K in DecisionName]?: DecisionKind } = { claim, approve, reject, return: giveBack, transfer, delegate, addSignBefore, addSignAfter, removeSign, cc }
