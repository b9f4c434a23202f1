/**
 * The one error catalogue: every code with its message in every language. `{name}` stands for a parameter.
 * A problem is what the API returns, what a form shows at a field and what an import writes into its report.
 */
import type { Language } from './field-types/field-type'

export interface Problem {
  /** JSON pointer into what was sent: /lines/0/qty. Empty: the whole. */
  path: string
  code: ProblemCode
  /** In the reader's language; filled at the edge by `withMessages`. */
  message?: string
  params?: Record<string, unknown>
}

const catalogue = {
  // values
  required: ['{label} is required.', '请填写{label}。'],
  wrongType: ['{label}: the value has the wrong type; expected {expected}.', '{label}的值类型不对，应为{expected}。'],
  unknownField: ['There is no field “{name}”.', '没有字段“{name}”。'],
  readOnly: ['{label} cannot be changed here.', '{label}不能在此修改。'],
  locked: ['{label} is locked in the present state.', '{label}在当前状态下已锁定。'],
  tooLong: ['{label} is too long: at most {limit} characters.', '{label}过长，最多{limit}个字符。'],
  tooShort: ['{label} is too short: at least {limit} characters.', '{label}过短，至少{limit}个字符。'],
  tooMany: ['{label}: at most {limit} entries.', '{label}最多{limit}项。'],
  tooFew: ['{label}: at least {limit} entries.', '{label}至少{limit}项。'],
  duplicateItems: ['{label} contains the same entry twice.', '{label}有重复项。'],
  tooSmall: ['{label} must be at least {limit}.', '{label}不能小于{limit}。'],
  tooLarge: ['{label} must be at most {limit}.', '{label}不能大于{limit}。'],
  tooPrecise: ['{label}: at most {scale} digits after the point.', '{label}最多{scale}位小数。'],
  badFormat: ['{label} is not in the right format.', '{label}的格式不正确。'],
  badNotation: ['{label} is not right; write it like {example}.', '{label}写法不正确，例如：{example}。'],
  tooDeep: ['{label} is nested too deeply: at most {limit} levels.', '{label}嵌套过深，最多{limit}层。'],
  tooFine: ['{label} may name at most {limit} levels: province, city, district.', '{label}最多精确到第{limit}级（省、市、区县）。'],
  optionDisabled: ['{label}: “{value}” is no longer offered.', '{label}：“{value}”已停用。'],
  badDate: ['{label} is not a valid date.', '{label}不是有效日期。'],
  badText: ['{label} contains characters that cannot be stored.', '{label}含有无法存储的字符。'],
  notAnOption: ['{label}: “{value}” is not one of the options.', '{label}：“{value}”不是可选项。'],
  noSuchRecord: ['{label}: there is no such record.', '{label}：没有这条记录。'],
  badFileType: ['{label}: “{name}” is not of an allowed kind ({expected}).', '{label}：“{name}”不是允许的文件种类（{expected}）。'],
  fileTooLarge: ['{label}: “{name}” is too large: at most {limit}.', '{label}：“{name}”过大，最大 {limit}。'],
  ruleViolated: ['{text}', '{text}'],
  duplicate: ['There is already a record with the same {fields}.', '已有{fields}相同的记录。'],
  possibleDuplicate: ['There are records with the same {fields}; it may be one of them.', '已有{fields}相同的记录，可能重复。'],
  more: ['… and {count} more problems.', '……另有{count}个问题。'],
  cannotCompute: ['{label} cannot be computed: {reason}', '{label}无法计算：{reason}'],
  // requests
  badJson: ['The request is not valid JSON.', '请求不是有效的 JSON。'],
  badRequest: ['The request is not understood: {reason}', '无法理解请求：{reason}'],
  badFilter: ['The filter is not understood: {reason}', '无法理解筛选条件：{reason}'],
  unsupportedMediaType: ['Send JSON (Content-Type: application/json).', '请发送 JSON（Content-Type: application/json）。'],
  tooLargeBody: ['The request is too large: at most {limit}.', '请求过大，最多{limit}。'],
  emptyFile: ['The file is empty.', '文件为空。'],
  noFile: ['Send one file as multipart/form-data.', '请以 multipart/form-data 发送一个文件。'],
  notSignedIn: ['Please sign in.', '请先登录。'],
  badCredentials: ['User name or password is wrong.', '用户名或密码不正确。'],
  badCsrfToken: ['The session token is missing or out of date. Reload the page.', '会话令牌缺失或已过期，请刷新页面。'],
  cannotReceive: ['{name} has no role that reads such records; sharing one would change nothing.', '{name}没有查看此类记录的角色，共享无效。'],
  forbidden: ['You may not do this.', '您没有此操作的权限。'],
  notFound: ['Not found.', '未找到。'],
  noSuchEntity: ['There is no entity “{name}”.', '没有实体“{name}”。'],
  tooManyRequests: ['Too many attempts. Try again in {seconds} seconds.', '尝试过于频繁，请在{seconds}秒后重试。'],
  staleRevision: ['Someone else changed this record in the meantime. Reload it and apply your change again.', '记录已被他人修改，请重新载入后再改。'],
  idempotencyMismatch: ['This Idempotency-Key was used with another request.', '该 Idempotency-Key 已用于另一请求。'],
  internal: ['Something went wrong on our side. Please report the number {requestId}.', '系统出错，请报告编号 {requestId}。'],
  unavailable: ['The service is busy or shutting down. Try again shortly.', '服务繁忙或正在关闭，请稍后重试。'],
  // records
  inBin: ['It is in the recycle bin.', '记录在回收站中。'],
  mergedAway: ['It was merged into another record.', '已合并到其他记录。'],
  parentInBin: ['It belongs to a record in the recycle bin; restore that one first: {entity}.', '它所属的{entity}在回收站中，请先恢复。'],
  notMergeable: ['Records of this kind cannot be merged.', '此类记录不能合并。'],
  nothingToUnmerge: ['There is no merge to undo here.', '没有可撤销的合并。'],
  mergeGone: ['The merge cannot be undone: a record that was merged is no longer in the recycle bin.', '无法撤销合并：被合并的记录已不在回收站中。'],
  nothingToPutBack: ['There is no former value here that could be put back.', '此处没有可恢复的原值。'],
  inUse: ['It cannot be deleted: {count} {entity} refer to it.', '无法删除：有{count}条{entity}引用它。'],
  inApproval: ['It is in approval and cannot be changed now.', '正在审批中，暂不能修改。'],
  actionUnavailable: ['{text}', '{text}'],
  notAvailableNow: ['“{label}” is not available in the present state.', '当前状态下不能执行“{label}”。'],
  // pipelines
  noSuchStage: ['There is no stage “{name}” in this sales mode.', '该销售模式没有阶段“{name}”。'],
  sameStage: ['It is in this stage already.', '已处于该阶段。'],
  stageOfPresent: ['The record goes on by version {version} of its sales mode, which has no stage “{stage}”: change it over to the present version first.', '该记录按销售模式的版本{version}推进，其中没有阶段“{stage}”，请先转到当前版本。'],
  stageSkipped: ['Stages may not be skipped: “{next}” comes next.', '不能跳过阶段，下一阶段是“{next}”。'],
  checklistOpen: ['Not done yet: {text}', '尚未完成：{text}'],
  chooseStage: ['The present stage has no counterpart there: choose the stage it goes to.', '当前阶段在该模式中没有对应阶段，请选择转入的阶段。'],
  stageBackward: ['Moving back is not allowed.', '不允许退回。'],
  commentRequired: ['Please give a comment.', '请填写说明。'],
  closedRecord: ['It is closed; only {roles} may reopen it.', '已关闭，只有{roles}可以重新打开。'],
  closedForever: ['It is closed and cannot be reopened.', '已关闭，不能重新打开。'],
  roleRequired: ['Only {roles} may make this move.', '只有{roles}可以执行此升迁。'],
  criterionUnmet: ['{text}', '{text}'],
  gatePending: ['The move to “{stage}” is waiting for approval.', '升迁到“{stage}”正在等待审批。'],
  // flows
  nodeUnplaced: ['Node “{name}” is not in version {version} of the flow; choose where its approvals go on.', '流程第{version}版中没有节点“{name}”，请指定其审批从哪个节点继续。'],
  onThisVersion: ['It runs on version {version} already.', '已在按第{version}版运行。'],
  noWayOut: ['No way out applies.', '没有符合条件的路径。'],
  nothingToCall: ['There is no record to run the flow on.', '没有可供该流程运行的记录。'],
  noMoment: ['There is no moment to wait for.', '没有可等待的时间。'],
  nobodyFound: ['Nobody was found who could decide.', '找不到可审批的人员。'],
  noSuccessor: ['Nobody was found who could take over.', '找不到可接手的人员。'],
  submitterDecides: ['The submitter would decide.', '审批人为发起人本人。'],
  approvedBefore: ['The same person approved before.', '同一人此前已同意。'],
  approvedUnchanged: ['Approved before, and nothing that is shown has changed.', '此前已同意，且所示内容未变化。'],
  notDecidedInTime: ['Nobody decided in time.', '超时无人处理。'],
  escalated: ['Overdue; passed on to the manager.', '已逾期，升级至上级。'],
  tooManySteps: ['More than {limit} automatic steps.', '自动步骤超过{limit}个。'],
  tooManyRounds: ['More than {limit} rounds.', '轮次超过{limit}次。'],
  joinsWait: ['The joins wait for each other.', '汇合节点相互等待。'],
  goesOn: ['It comes round again and again.', '流程不断循环。'],
  notWaitedFor: ['It waits for what a trial does not do.', '等待试运行不会执行的事项。'],
  expectsNumber: ['a number is expected', '应为数字'],
  expectsNumberAt: ['a number is expected at “{at}”', '“{at}”处应为数字'],
  expectsText: ['text is expected', '应为文本'],
  expectsTexts: ['a list of texts is expected', '应为文本列表'],
  expectsList: ['a list is expected', '应为列表'],
  expectsListAt: ['a list is expected at “{at}”', '“{at}”处应为列表'],
  expectsRows: ['a list of rows is expected', '应为明细行列表'],
  expectsDate: ['a date is expected', '应为日期'],
  expectsTruth: ['yes or no is expected', '应为是或否'],
  expectsPlace: ['a place with lat and lng is expected', '应为含 lat 和 lng 的位置'],
  expectsAddress: ['an address with country, region, street and postalCode is expected', '应为含 country、region、street 和 postalCode 的地址'],
  placeOutOfRange: ['latitude ends at 90 and longitude at 180 degrees', '纬度不超过 90 度，经度不超过 180 度'],
  dateOutOfRange: ['the date is out of range', '日期超出范围'],
  numberTooLarge: ['the number is too large', '数字过大'],
  badDigits: ['the number of digits is a whole number from 0 to 40', '小数位数应为 0 到 40 的整数'],
  badLiteral: ['this kind of literal is not supported', '不支持这种字面量'],
  badOperator: ['the operator {name} is not supported', '不支持运算符 {name}'],
  noSuchFunction: ['there is no function {name}', '没有函数 {name}'],
  noOrder: ['these values have no order', '这些值无法比较大小'],
  tooMuchWork: ['the calculation is too large', '计算量过大'],
  inExpression: ['{source}: {reason}', '{source}：{reason}'],
  notEvaluated: ['A condition or a value cannot be worked out: {reason}', '条件或取值无法计算：{reason}'],
  noToken: ['It stands nowhere.', '流程不在任何节点。'],
  nobodyAsked: ['Nobody is asked at “{node}”.', '节点“{node}”没有待办人员。'],
  askedLeft: ['{person}, who is asked at “{node}”, does not work here any more.', '节点“{node}”的待办人{person}已离职。'],
  nothingComes: ['What “{node}” waits for does not come.', '节点“{node}”等待的事件不会到来。'],
  recordGone: ['The record is gone.', '记录已不存在。'],
  recordDeleted: ['The record was deleted.', '记录已删除。'],
  tooDeepCalls: ['More than {limit} flows call each other.', '流程相互调用超过{limit}层。'],
  flowRunning: ['An approval is running for it already.', '已有审批正在进行。'],
  flowNotApplicable: ['It cannot be submitted to “{label}” in the present state.', '当前状态下不能提交“{label}”。'],
  taskDone: ['This task has been decided already.', '该任务已处理。'],
  instanceEnded: ['This approval has ended already.', '该审批已结束。'],
  notOffered: ['This is not offered here.', '此处不提供该操作。'],
  notInBulk: ['This flow does not allow it for many tasks at once.', '该流程不允许批量执行此操作。'],
  signatureRequired: ['Please sign.', '请签名。'],
  cannotBeAsked: ['{name} cannot be asked: {reason}', '不能选择{name}：{reason}'],
  badChoice: ['People are not to be chosen for this step, or they are not there.', '该节点无需选择人员，或所选人员不存在。'],
  noSigners: ['There are no signers of yours who could be removed.', '没有可减的加签人。'],
  urgedAlready: ['They were urged less than an hour ago.', '一小时内已催办过。'],
  cannotWithdraw: ['It can no longer be withdrawn.', '已不能撤回。'],
  flowIncident: ['The flow cannot go on at “{node}”: {reason}', '流程在“{node}”处无法继续：{reason}'],
  // simulation
  stepAutomatic: ['Nobody is asked here: {reason}.', '此处无人审批：{reason}。'],
  asksSubmitter: ['Who submits is asked here.', '此处由提交人自己审批。'],
  askedAgain: ['{person} was asked before and is asked again here.', '{person}此前已审批，此处再次审批。'],
  notSimulated: ['What “{name}” does is not simulated.', '“{name}”的动作不参与试运行。'],
  effectFails: ['“{name}” would fail: {reason}', '“{name}”会失败：{reason}'],
  // BPMN
  badBpmn: ['This is not a BPMN 2.0 file that can be read: {reason}', '无法读取该 BPMN 2.0 文件：{reason}'],
  bpmnIgnored: ['“{name}” ({type}) has no counterpart and is left out.', '“{name}”（{type}）没有对应节点，已略去。'],
  bpmnWarning: ['“{name}” ({type}): {reason}', '“{name}”（{type}）：{reason}'],
  bpmnAssignee: ['The file does not say who decides at “{name}”; the manager of the submitter is asked.', '文件未指定“{name}”由谁审批，暂设为提交人的上级。'],
  bpmnCondition: ['The condition of “{name}” is to be rewritten: {reason}', '“{name}”的条件需要改写：{reason}'],
  bpmnNoDefault: ['At “{name}” no way is taken when no condition holds; choose one.', '“{name}”没有默认路径，请选择一条。'],
  // definitions
  badDefinition: ['{reason}', '{reason}'],
  unknownMember: ['“{name}” is not a known member.', '未知成员“{name}”。'],
  missingMember: ['“{name}” is missing.', '缺少“{name}”。'],
  badMember: ['The value is not allowed here: {reason}', '此处的值不允许：{reason}'],
  duplicateName: ['The name “{name}” is used twice.', '名称“{name}”重复。'],
  reservedName: ['The name “{name}” is reserved.', '名称“{name}”为保留名。'],
  noSuchField: ['There is no field “{name}” in {entity}.', '{entity}没有字段“{name}”。'],
  noSuchDefinition: ['There is no {kind} “{name}”.', '没有{kind}“{name}”。'],
  wrongFieldType: ['Field “{name}” must be of type {expected}.', '字段“{name}”的类型应为{expected}。'],
  badExpression: ['{reason}', '{reason}'],
  aliasTaken: ['“{name}” is a former name of “{field}” and is taken; take it out of the former names first.', '“{name}”是“{field}”的曾用名，已被占用，请先从曾用名中移除。'],
  revealed: ['{role} may not read {field}, but learns it from {by}, which is computed from it: {path}.', '{role}无权查看{field}，但可从由其计算的{by}得知：{path}。'],
  formerName: ['“{name}” is a former name; it is called “{now}” now.', '“{name}”是曾用名，现名为“{now}”。'],
  flowLoop: ['These steps follow each other in a circle without waiting for anybody: {path}.', '以下节点循环执行且不等待任何人：{path}。'],
  flowCallsItself: ['These flows call each other in a circle: {path}.', '以下流程循环调用：{path}。'],
  cycle: ['These values depend on each other in a circle: {path}.', '以下值循环依赖：{path}。'],
  typeChanged: ['The type of “{name}” cannot be changed from {from} to {to}; add a new field instead.', '“{name}”的类型不能由{from}改为{to}，请新增字段。'],
  fieldRemoved: ['Field “{name}” has been published: hide it and publish, then it can be removed.', '字段“{name}”已发布，请先隐藏并发布，之后才能删除。'],
  uidChanged: ['The uid of “{name}” cannot be changed.', '“{name}”的 uid 不能修改。'],
  formerVersion: ['Records go on by version {version} of it, which this does not go together with: {reason}', '仍有记录按版本{version}推进，与此次变更不符：{reason}'],
  stageRemoved: ['Stage “{name}” is removed, but records are in it ({count}): say which stage they go to.', '阶段“{name}”中有{count}条记录，请指定它们转入的阶段。'],
  losesPart: ['{label}: only {rest} of it would be left.', '{label}：将只保留{rest}。'],
  noCounterpart: ['{label}: nothing of the new type stands for this value.', '{label}：新类型中没有对应的值。'],
  cannotConvert: ['Values of “{name}” do not fit its new type ({count}). Correct them, or choose what becomes of them; the former values stay in the trash for 30 days.', '“{name}”有{count}个值不符合新类型，请修正，或选择如何处理；旧值在回收站保留30天。'],
  definitionsChanged: ['The definitions changed in the meantime. Try again.', '定义在此期间有变动，请重试。'],
  optionRemoved: ['Option “{name}” of “{field}” is removed, but records have it ({count}): say what takes its place.', '“{field}”的选项“{name}”被{count}条记录使用，请指定替代选项。'],
  changeHeld: ['Changes of this record have to be approved; this one was not written.', '修改该记录须经审批，本次修改未写入。'],
  deletionHeld: ['Deleting this record has to be approved: it cannot go into another.', '删除该记录须经审批，不能并入其他记录。'],
  partInApproval: ['It cannot be deleted: {entity} that would go with it are in approval, or deleting them has to be approved.', '无法删除：将一并删除的{entity}正在审批中，或其删除须经审批。'],
  changedMeanwhile: ['{fields} changed meanwhile: the change cannot be written as it was asked for. Reject it or have it withdrawn.', '{fields}在此期间已变动，无法按原申请写入，请驳回或撤回。'],
  noRuleVersion: ['{table}: no version is valid ({which}).', '{table}：没有有效的版本（{which}）。'],
  ruleVersionInUse: ['Version “{name}” is in force or carried by {count} records and cannot be changed or removed. Add a version that corrects it.', '版本“{name}”已生效或已被{count}条记录采用，不能修改或删除；请新增更正它的版本。'],
  ruleBackdated: ['Version “{name}” begins before today. Mark it as back-dated: it counts for what is stamped from now on and touches nothing stamped before.', '版本“{name}”的生效日早于今天，请标为“追溯”：它只用于此后标注的记录，不影响已标注的记录。'],
  itemRemoved: ['Entry “{name}” cannot be removed: {field} has it in {count} records. Disable it instead.', '字典项“{name}”不能删除：{field}有{count}条记录使用，请改为停用。'],
  duplicateData: ['{count} records that exist have the same {fields} as another; make them different first.', '已有{count}记录的{fields}与其他记录重复，请先处理。'],
  draftTaken: ['{name} changed this draft in the meantime.', '{name}在此期间修改了该草稿。'],
  noSuchLink: ['This link does not lead anywhere, or is too old.', '该链接无效或已过期。'],
  linkUsed: ['This link was used already.', '该链接已使用过。'],
  notYourTask: ['This is not your task any more.', '该任务已不由您处理。'],
  notDead: ['Only what was given up can be sent again.', '只有已放弃的发送才能重发。'],
  draftGone: ['This draft was published or discarded in the meantime.', '该草稿在此期间已被发布或放弃。'],
  changedSince: ['{items} changed again after release {number}; it cannot be rolled back as a whole.', '{items}在发布 {number} 之后又有修改，不能整体回退。'],
  systemDefinition: ['“{name}” belongs to the engine and cannot be removed.', '“{name}”为系统定义，不能删除。'],
  stillUsed: ['It is still used: {places}.', '仍被使用：{places}。'],
  badMapping: ['“{to}” cannot take the place of “{name}”.', '“{to}”不能替代“{name}”。'],
  draftChanged: ['The drafts changed since they were checked. Check them again.', '草稿在检查之后有变动，请重新检查。'],
  nameNotOwn: ['“{name}” is yours, not the template’s: begin its name with x_, so that no later version of the template can mean something else by it.', '“{name}”是您自行添加的，名称请以 x_ 开头，以免与今后的模板版本冲突。'],
  upgradeConflict: ['You and version {version} of the template changed this differently: say which holds.', '您与模板 {version} 版对此处作了不同修改，请选择采用哪一个。'],
  upgradePending: ['An upgrade to version {version} is being prepared; publish it or give it up first.', '升级到 {version} 版正在准备中，请先发布或放弃。'],
  upgradeOverDrafts: ['The upgrade changes what has drafts: {items}. Publish or discard them first.', '升级涉及已有草稿：{items}。请先发布或放弃这些草稿。'],
  noUpgrade: ['There is no newer version of the template.', '没有更新的模板版本。'],
  notThisTemplate: ['This is not the template that is installed ({name}), or not a newer version of it than {version}.', '所给模板不是已安装的模板（{name}），或版本不高于 {version}。'],
  targetGone: ['What this changes is not there any more.', '要修改的对象已不存在。'],
  nothingToPublish: ['There is no draft to publish.', '没有可发布的草稿。'],
  flowUnreachable: ['Node “{name}” cannot be reached from the start.', '从起点无法到达节点“{name}”。'],
  flowNoWayOut: ['Node “{name}” has no way to an end.', '节点“{name}”没有通往终点的路径。'],
  flowStartCount: ['A flow has exactly one start node.', '流程必须且只能有一个起点。'],
  flowEdges: ['Node “{name}”: {reason}', '节点“{name}”：{reason}'],
  // imports
  unknownColumn: ['The file has no column “{name}”.', '文件中没有列“{name}”。'],
  noMatch: ['“{value}” is not known as {entity}.', '未找到名为“{value}”的{entity}。'],
} satisfies Record<string, [en: string, zh: string]>

export type ProblemCode = keyof typeof catalogue

/** The message of a code. Parameters that are labels ({en, zh}) or reasons are shown in the reader's language. */
export function messageOf(code: ProblemCode, params: Record<string, unknown>, language: Language): string {
  const template = catalogue[code][language === 'zh' ? 1 : 0]
  return template.replace(/\{(\w+)\}/g, (_, name: string) => text(params[name], language))
}

function text(value: unknown, language: Language): string {
  if (isReason(value)) return reasonText(value, language)
  if (Array.isArray(value)) return value.map((v) => text(v, language)).join(language === 'zh' ? '、' : ', ')
  if (value !== null && typeof value === 'object' && language in value) return String((value as Record<Language, unknown>)[language])
  return value === undefined || value === null ? '' : String(value)
}

export function withMessages(problems: readonly Problem[], language: Language): Problem[] {
  return problems.map((p) => ({ ...p, message: messageOf(p.code, p.params ?? {}, language) }))
}

/** Why something happened by itself, or cannot go on: a code with what it names. A text is what another system or an earlier version said. */
export type Reason = string | { code: ProblemCode; params?: Record<string, unknown> }

const isReason = (value: unknown): value is Exclude<Reason, string> => value !== null && typeof value === 'object' && 'code' in value && typeof value.code === 'string' && value.code in catalogue

export const reasonText = (reason: Reason, language: Language): string => (typeof reason === 'string' ? reason : messageOf(reason.code, reason.params ?? {}, language))
/** The same in every language, for texts that name it. */
export const reasonLabel = (reason: Reason): { en: string; zh: string } => ({ en: reasonText(reason, 'en'), zh: reasonText(reason, 'zh') })

/** Fails for a reason that every reader is told in their language. */
export class Explained extends Error {
  constructor(readonly reason: Reason) { super(reasonText(reason, 'en')) }
}

/** Why something failed. */
export const reasonIn = (error: unknown): Reason => {
  if (error instanceof Explained) return error.reason
  return error instanceof AppError ? { code: error.code, params: error.params } : error instanceof Error ? error.message : String(error)
}

/** The first problems and how many more there are: an answer stays of a size that can be read, whatever was sent. */
export function atMost<P extends Problem>(problems: P[], limit = 200): P[] {
  const rest = problems.length - limit
  return rest <= 0 ? problems : [...problems.slice(0, limit), { ...problems[limit]!, path: '', code: 'more', params: { count: rest } }]
}

/** Thrown by use-cases; `problem.ts` turns it into RFC 9457. */
export class AppError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 429 | 500 | 503,
    readonly code: ProblemCode,
    readonly params: Record<string, unknown> = {},
    readonly problems: Problem[] = [],
    /** Current state of what was in the way, for 409 and 412. */
    readonly current?: unknown,
  ) {
    super(messageOf(code, params, 'en'))
    this.name = 'AppError'
  }
}

/** 422 with every problem at once. The first one speaks for all. */
export function invalid(problems: Problem[]): AppError {
  const first = problems[0]
  return new AppError(422, first?.code ?? 'badRequest', first?.params ?? {}, problems)
}
