import { buildServers, newFolder } from '/tmp/wt/me/test/bench/build'
import { runOnce } from '/tmp/wt/me/test/bench/processes'
import { cpSync } from 'node:fs'
await buildServers()
for (const rows of [10000, 1000000]) { const f = newFolder('/tmp/grow/' + rows); const t = Date.now(); await runOnce('prepare', [f, String(rows)]); console.log(rows, (Date.now() - t) / 1000) }
