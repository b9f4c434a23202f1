/**
 * A real browser for tests and pictures: Chromium of the machine if there is one, else the one from npm. Chinese text is drawn with
 * Noto Sans SC from node_modules, so that nothing has to be installed.
 */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const installed = '/usr/bin/chromium'

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable(), args: flags, env: { ...process.env, FONTCONFIG_FILE: fontConfig() } })
}

async function executable(): Promise<string> {
  if (existsSync(installed)) return installed
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x' // or it leaves out the libraries that Chromium needs
  const { default: packed } = await import('@sparticuz/chromium')
  return packed.executablePath()
}

/** A fontconfig file of our own: the folders of the font's plain and bold weight, and a cache that is ours. */
function fontConfig(): string {
  const home = mkdtempSync(join(tmpdir(), 'formwright-fonts-'))
  mkdirSync(join(home, 'cache'))
  const fonts = join(dirname(createRequire(join(process.cwd(), 'package.json')).resolve('@expo-google-fonts/noto-sans-sc/package.json')))
  const folders = ['400Regular', '500Medium', '600SemiBold', '700Bold'].map((weight) => `<dir>${join(fonts, weight)}</dir>`).join('')
  const file = join(home, 'fonts.conf')
  writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${join(home, 'cache')}</cachedir></fontconfig>`)
  return file
}
