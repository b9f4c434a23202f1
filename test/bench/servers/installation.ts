/** Our server as it is installed, with the bench's definitions and people in place of the template and the demonstration company. */
import pino from 'pino'
import type { InstallationOptions } from '../../../server/installation'
import type { DemoCompany } from '../../../server/setup/install'
import { signIn } from '../data'
import { filesIn } from './files'

/** Three of the four sales departments are the manager's; the fourth's records he may not see. */
const departments = { mine: ['华东销售部', '华南销售部', '华北销售部'], others: ['海外销售部'] }
const peopleInEach = 5

const company: DemoCompany = {
  accounts: [],
  async load({ engine, setPassword }) {
    const centre = await engine.create('department', { name: '销售中心' })
    const manager = await engine.create('user', { username: signIn.username, name: '性能测试', roles: ['salesManager'], department: centre.id, language: 'zh' })
    await setPassword(manager.id!, signIn.password)
    for (const name of [...departments.mine, ...departments.others]) {
      const department = await engine.create('department', { name, parent: departments.mine.includes(name) ? centre.id : null })
      for (let i = 0; i < peopleInEach; i++) await engine.create('user', { username: `${department.id!}.${i}`, name: `${name}${i}`, roles: ['salesManager'], department: department.id })
    }
  },
}

export function hostOptions(folder: string): InstallationOptions {
  const { site, dataDir } = filesIn(folder)
  return {
    root: site, demo: company, log: pino({ level: 'error' }),
    config: { production: true, port: 0, host: '127.0.0.1', dataDir, mongodbUri: undefined, demo: true, demoPassword: signIn.password, adminPassword: undefined, timeZone: 'Asia/Shanghai', maxUploadMb: 50, logLevel: 'error', trustProxy: 0, mail: undefined, webhookAllowHosts: [], webhookSecrets: new Map() },
  }
}
