/** Requests to the world outside, by Node's own client, guarded against being led inside. */
import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secured } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Refused, type OutgoingRequest, type Outside } from '../ports/outside'

export interface OutsideOptions {
  /** Secrets by name, the name in small letters. */
  secrets: ReadonlyMap<string, string>
  /** Hosts that may be called although their address is private: names or addresses as URLs write them. */
  allowed: readonly string[]
  /** Milliseconds for a whole request. */
  patience?: number
}

const largestAnswer = 65_536

export function httpOutside({ secrets, allowed, patience = 10_000 }: OutsideOptions): Outside {
  return { secret: (name) => secrets.get(name.toLowerCase()), send: (request) => send(request, allowed, patience) }
}

async function send({ url, method, headers, body }: OutgoingRequest, allowed: readonly string[], patience: number): Promise<{ status: number; body: string }> {
  const target = checkedUrl(url)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const trusted = allowed.includes(host)
  if (!trusted && isIP(host) && isPrivate(host)) throw new Refused(`${host} is an address inside`)
  return new Promise((resolve, reject) => {
    const start = target.protocol === 'https:' ? secured : plain
    const going = start(target, { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal: AbortSignal.timeout(patience), ...(!trusted && { lookup: publicLookup }) }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => { if (text.length < largestAnswer) text += part }).on('end', () => resolve({ status: answer.statusCode!, body: text.slice(0, largestAnswer) })).on('error', reject)
    })
    going.on('error', reject).end(body)
  })
}

function checkedUrl(url: string): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (!target || !['http:', 'https:'].includes(target.protocol)) throw new Refused(`“${url}” is no web address`)
  return target
}

/** Looks a name up as always, but refuses what leads inside; the address that was judged is the one that is called. */
const publicLookup: LookupFunction = (host, options, done) => {
  resolveName(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) { done(error, '', 0); return }
    const inside = addresses.find(({ address }) => isPrivate(address))
    if (inside) { done(new Refused(`${host} is ${inside.address}, an address inside`), '', 0); return }
    if (options.all) (done as unknown as (error: null, addresses: LookupAddress[]) => void)(null, addresses)
    else done(null, addresses[0]!.address, addresses[0]!.family)
  })
}

const inside = new BlockList()
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [['::', 128], ['::1', 128], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) inside.addSubnet(net, bits, 'ipv6')

/** Of this machine, a private network, or no one machine; an IPv4 address written as IPv6 counts as what it is. */
export const isPrivate = (address: string): boolean => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
