/** What the environment may say, checked at start with clear messages. */
import { z } from 'zod'

const flag = z.enum(['0', '1', 'true', 'false', '']).optional().transform((v) => v === '1' || v === 'true')
const optional = z.string().optional().transform((v) => (v === '' ? undefined : v))

const environment = z.object({
  NODE_ENV: optional,
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: optional.refine((uri) => uri === undefined || /^mongodb(\+srv)?:\/\//.test(uri), 'begins with mongodb:// or mongodb+srv://'),
  DEMO_PASSWORD: z.string().min(8).default('demo1234'),
  NO_DEMO: flag,
  ADMIN_PASSWORD: z.string().min(8).optional(),
  TIME_ZONE: z.string().default('Asia/Shanghai').refine(isTimeZone, 'is not a time zone such as Asia/Shanghai'),
  MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(1000).default(50),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  WEBHOOK_ALLOW_HOSTS: optional.transform((hosts) => (hosts ?? '').split(',').map((h) => h.trim().toLowerCase()).filter(Boolean)),
  SMTP_URL: optional.refine((url) => url === undefined || /^smtps?:\/\//.test(url), 'begins with smtp:// or smtps://'),
  MAIL_FROM: optional,
  PUBLIC_URL: optional.refine((url) => url === undefined || /^https?:\/\/[^/\s]+$/.test(url), 'is not an address such as https://crm.example.com, without a slash at the end'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
}).superRefine(({ SMTP_URL, MAIL_FROM, PUBLIC_URL }, context) => {
  if (SMTP_URL !== undefined) for (const [name, value] of Object.entries({ MAIL_FROM, PUBLIC_URL })) if (value === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is needed with SMTP_URL' })
})

export interface Config {
  production: boolean
  port: number
  host: string
  dataDir: string
  /** Where the data is instead of a file in dataDir. */
  mongodbUri: string | undefined
  /** Whether a new installation gets the demonstration company. */
  demo: boolean
  demoPassword: string
  adminPassword: string | undefined
  timeZone: string
  /** Largest file that is taken. */
  maxUploadMb: number
  logLevel: string
  trustProxy: number
  /** The mail server; without one nobody gets mail. */
  mail: { url: string; from: string; publicUrl: string } | undefined
  /** Hosts that webhooks may call although their address is private. */
  webhookAllowHosts: string[]
  /** Secrets that sign webhooks, by name in small letters: WEBHOOK_SECRET_<name>. */
  webhookSecrets: ReadonlyMap<string, string>
}

export class ConfigError extends Error {}

/** Reads the environment. Fails with one line for each thing that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const result = environment.safeParse(env)
  if (!result.success) throw new ConfigError(result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'))
  const e = result.data
  const production = e.NODE_ENV === 'production'
  return {
    production, port: e.PORT, host: e.HOST, dataDir: e.DATA_DIR, mongodbUri: e.MONGODB_URI, demo: !production && !e.NO_DEMO, demoPassword: e.DEMO_PASSWORD, adminPassword: e.ADMIN_PASSWORD,
    timeZone: e.TIME_ZONE, maxUploadMb: e.MAX_UPLOAD_MB, logLevel: e.LOG_LEVEL, trustProxy: e.TRUST_PROXY,
    mail: e.SMTP_URL === undefined ? undefined : { url: e.SMTP_URL, from: e.MAIL_FROM!, publicUrl: e.PUBLIC_URL! },
    webhookAllowHosts: e.WEBHOOK_ALLOW_HOSTS, webhookSecrets: secretsIn(env),
  }
}

const secretPrefix = 'WEBHOOK_SECRET_'

const secretsIn = (env: NodeJS.ProcessEnv): ReadonlyMap<string, string> =>
  new Map(Object.entries(env).flatMap(([name, value]) => (name.startsWith(secretPrefix) && value ? [[name.slice(secretPrefix.length).toLowerCase(), value] as const] : [])))

function isTimeZone(zone: string): boolean {
  try { new Intl.DateTimeFormat('en', { timeZone: zone }); return true } catch { return false }
}
