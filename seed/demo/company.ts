import type { DemoCompany } from '../../server/setup/install'

export const demoCompany: DemoCompany = {
  accounts: [{ username: 'admin', name: '系统管理员', role: 'admin' }],
  async load({ engine, setPassword, password }) {
    const admin = await engine.create('user', { username: 'admin', name: '系统管理员', roles: ['admin'] })
    await setPassword(admin.id!, password)
  },
}
