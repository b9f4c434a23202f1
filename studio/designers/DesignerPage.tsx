import { DeleteOutlined, HistoryOutlined, RollbackOutlined } from '@ant-design/icons'
import { App, Breadcrumb, Button, Spin, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { placesUsing } from '../../runtime/engine/where-used'
import { NotFound, useDescribe } from '../../runtime/app/components'
import { useLabel, useLanguage } from '../../runtime/app/i18n'
import { documentId, partsOf, type DocumentId, type Kind } from '../editor/documents'
import { useText } from '../i18n'
import { choiceText } from '../i18n/words'
import { linkTo } from '../links'
import { PanelProvider } from '../panels/PanelContext'
import { discardDraft, draftRemoval } from '../api/studio-api'
import { VersionsDrawer } from '../release/VersionsDrawer'
import { compiledOf } from '../workspace/compiled'
import { useDocument, usePublished, useRemaining } from '../workspace/hooks'
import { reload } from '../workspace/reload'
import { useDraftStates } from '../workspace/use-drafts'
import { useWorkspace, useWorkspaceState } from '../workspace/WorkspaceProvider'
import { UsePlaces } from './common/UsePlaces'
import { designers, type DesignerKind } from './index'

/** One definition: where it belongs, its state, and its designer. */
export function DesignerPage() {
  const { kind = '', key = '' } = useParams()
  const id = documentId(kind as Kind, key)
  const document = useDocument(id)
  if (!document || !Object.hasOwn(designers, kind)) return <NotFound />
  const { Designer, fill } = designers[kind as Kind] as DesignerKind
  return (
    <div className={fill ? 'st-page st-page-fill' : 'st-page'} key={id}>
      <Head id={id} />
      <Suspense fallback={<div className="st-loading"><Spin /></div>}>
        <PanelProvider id={id}><Designer /></PanelProvider>
      </Suspense>
    </div>
  )
}

function Head({ id }: { id: DocumentId }) {
  const document = useDocument(id)!
  const state = useDraftStates().get(id)
  const [versions, setVersions] = useState(false)
  const owner = useDocument(documentId('entity', 'entity' in document ? document.entity : ''))
  const read = useLabel()
  const language = useLanguage()
  const t = useText()
  const items = [
    { title: <Link to="/">{t('home.title')}</Link> },
    ...(owner ? [{ title: <Link to={linkTo(documentId('entity', owner.name))}>{read(owner.label)}</Link> }] : []),
    { title: choiceText('Definition', document.kind, language) },
  ]
  return (
    <header className="st-page-head">
      <div className="st-where">
        <Breadcrumb items={items} />
        <h1>{read(document.label) || document.name} <code className="fw-muted">{document.name}</code> {state && <Tag color="gold">{t(`draft.${state}`)}</Tag>}</h1>
      </div>
      <span className="st-actions">
        {state !== 'new' && <Button size="small" icon={<HistoryOutlined />} onClick={() => setVersions(true)}>{t('versions.title')}</Button>}
        {state === undefined && <RemoveDefinition id={id} />}
        {state && <DiscardDraft id={id} isNew={state === 'new'} />}
      </span>
      {versions && <VersionsDrawer id={id} onClose={() => setVersions(false)} />}
    </header>
  )
}

/** Goes back to what is published; can be undone like every edit. */
function DiscardDraft({ id, isNew }: { id: DocumentId; isNew: boolean }) {
  const workspace = useWorkspace()
  const document = useDocument(id)!
  const published = usePublished(id)
  const { modal } = App.useApp()
  const navigate = useNavigate()
  const t = useText()
  const removal = useWorkspaceState((s) => s.drafts[id]?.removal === true)
  const discard = () => {
    if (removal) return discardDraft(id).then(() => reload(workspace, true))
    workspace.editOne(id, { key: 'do.discard', params: { name: document.label } }, () => published)
    if (isNew) void navigate('/')
    return undefined
  }
  const ask = () => void modal.confirm({ title: t('draft.discardTitle'), content: t(isNew ? 'draft.discardNew' : 'draft.discardNote'), okText: t('draft.discard'), okButtonProps: { danger: true }, onOk: discard })
  return <Button size="small" icon={<RollbackOutlined />} onClick={ask}>{t('draft.discard')}</Button>
}

/** Drafts that the definition is taken away; where it is used is said first, because publishing refuses it while anything uses it. */
function RemoveDefinition({ id }: { id: DocumentId }) {
  const workspace = useWorkspace()
  const documents = useRemaining()
  const published = useWorkspaceState((s) => s.published)
  const { modal, message } = App.useApp()
  const describe = useDescribe()
  const t = useText()
  const remove = async () => {
    try {
      await draftRemoval(id)
      await reload(workspace, true)
    } catch (error) { void message.error(describe(error)) }
  }
  const { kind, key } = partsOf(id)
  const ask = () => {
    const uses = placesUsing(compiledOf(documents, published), kind, key)
    const modalOf = modal.confirm({
      title: t('remove.title'), okText: t('remove.do'), okButtonProps: { danger: true }, onOk: remove,
      content: <>{t('remove.note')}{uses.length > 0 && <><p><strong>{t('remove.used', { count: uses.length })}</strong></p><UsePlaces places={uses} onOpen={() => modalOf.destroy()} /></>}</>,
    })
  }
  return <Button size="small" danger type="text" icon={<DeleteOutlined />} onClick={ask}>{t('remove.do')}</Button>
}
