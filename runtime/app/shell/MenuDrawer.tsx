import { Drawer } from 'antd'
import { useText } from '../i18n'
import { SideMenu } from './SideMenu'

/** The menu on a phone. */
export default function MenuDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText()
  return (
    <Drawer placement="left" size={264} open={open} onClose={onClose} closable={false} aria-label={t('shell.menu')} styles={{ body: { padding: 8 } }}>
      <SideMenu collapsed={false} />
    </Drawer>
  )
}
