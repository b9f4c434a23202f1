import { Modal } from 'antd'
import { useText } from '../i18n'
import { closeShortcutHelp, openShortcutHelp, useShortcutStore, type Shortcut } from './shortcuts'
import { useShortcut } from './use-shortcut'
import './shortcuts.css'

/** What the keys do here and now. */
export function ShortcutHelp() {
  const t = useText()
  const { shortcuts, helpOpen } = useShortcutStore()
  useShortcut('?', 'keys.help', openShortcutHelp, { everywhere: true })
  const here = shortcuts.filter((shortcut) => !shortcut.everywhere)
  const everywhere = shortcuts.filter((shortcut) => shortcut.everywhere)
  return (
    <Modal open={helpOpen} onCancel={closeShortcutHelp} footer={null} title={t('keys.title')} width={440} destroyOnHidden>
      {here.length > 0 && <Group title={t('keys.group.page')} shortcuts={here} />}
      <Group title={t('keys.group.everywhere')} shortcuts={everywhere} />
    </Modal>
  )
}

function Group({ title, shortcuts }: { title: string; shortcuts: Shortcut[] }) {
  const t = useText()
  const names = [...new Set(shortcuts.map((shortcut) => shortcut.name))]
  return (
    <section className="fw-keys">
      <h3>{title}</h3>
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{shortcuts.filter((s) => s.name === name).map((s) => <Keys key={s.keys} keys={s.keys} />)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const symbols: Record<string, string> = { mod: /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl', enter: 'Enter', arrowdown: '↓', arrowup: '↑' }

function Keys({ keys }: { keys: string }) {
  return (
    <span className="fw-keys-combo">
      {keys.split(/[ +]/).map((key) => <kbd key={key} className="fw-kbd">{symbols[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>)}
    </span>
  )
}
