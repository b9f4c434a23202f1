/** The registry of kinds of assignees: one line a kind. */
import type { Assignee } from '../generated/types'
import { department } from './department'
import { departmentHead } from './department-head'
import { expression } from './expression'
import { formUser } from './form-user'
import { group } from './group'
import { initiator } from './initiator'
import { initiatorSelect } from './initiator-select'
import { manager } from './manager'
import { managerChain } from './manager-chain'
import type { PersonKind } from './person-kind'
import { previousSelect } from './previous-select'
import { recordOwner } from './record-owner'
import { role } from './role'
import { user } from './user'

export const personKinds: { [K in Assignee['kind']]: PersonKind<K> } = {
  user, role, group, department, departmentHead, manager, managerChain, initiator, initiatorSelect, previousSelect, formUser, recordOwner, expression,
}
