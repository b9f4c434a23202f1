/** Builds the two apps. The server serves `dist/apps`; see server/http/README.md. */
import react from '@vitejs/plugin-react'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = import.meta.dirname
const pages = { runtime: 'runtime/app/index.html', studio: 'studio/index.html' }
const input = Object.fromEntries(Object.entries(pages).map(([name, page]) => [name, resolve(root, page)]).filter(([, page]) => existsSync(page!)))

/** Chunks that every screen needs, apart from ours so that a new version of ours does not make them load again. */
const groups = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack|zustand|i18next|react-i18next)[\\/]/, priority: 20 },
]

export default defineConfig({
  root,
  appType: 'mpa',
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist/apps',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input, output: { codeSplitting: { groups } } },
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
})
