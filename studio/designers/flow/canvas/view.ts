import { useReactFlow, type Viewport } from '@xyflow/react'
import { useEffect, type RefObject } from 'react'
import type { Layout } from '../graph/layout'
import type { Chosen } from './CanvasContext'

const readable = 0.62
const margin = 28
/** On a narrow canvas the buttons stand above the drawing. */
const buttons = { height: 44, beside: 600 }
/** Room of the widest node; enough to know where the drawing ends. */
const nodeRoom = { width: 208, height: 60 }

/** All of it where that can be read; else the beginning, with room to scroll. */
export function firstView({ places }: Layout, frame: HTMLElement | null): Viewport {
  const { clientWidth = 1000, clientHeight: whole = 600 } = frame ?? {}
  const above = clientWidth < buttons.beside ? buttons.height : 0
  const clientHeight = whole - above
  const xs = Object.values(places).map((p) => p.x)
  const ys = Object.values(places).map((p) => p.y)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left + nodeRoom.width, Math.max(...ys) - top + nodeRoom.height]
  const fitting = Math.min((clientWidth - 2 * margin) / width, (clientHeight - 2 * margin) / height, 1)
  const zoom = Math.max(fitting, readable)
  const room = clientHeight - height * zoom
  return { x: (clientWidth - width * zoom) / 2 - left * zoom, y: above + (room > 0 ? room / 2 : margin) - top * zoom, zoom }
}

/** The panel beside the canvas takes room: what is chosen is brought back into view. */
export function useKeepInView(chosen: Chosen | undefined, layout: Layout): void {
  const { setCenter, getZoom } = useReactFlow()
  const id = chosen && 'node' in chosen ? chosen.node : undefined
  const at = id === undefined ? undefined : layout.places[id]
  useEffect(() => {
    if (id === undefined || !at) return undefined
    const timer = setTimeout(() => {
      if (!inView(id)) void setCenter(at.x + nodeRoom.width / 2, at.y + nodeRoom.height / 2, { zoom: getZoom(), duration: 160 })
    }, 60)
    return () => clearTimeout(timer)
  }, [id, at, setCenter, getZoom])
}

/** When the panel beside it opens or closes, what was in the middle stays there. */
export function useKeepCentred(frame: RefObject<HTMLElement | null>): void {
  const { getViewport, setViewport } = useReactFlow()
  useEffect(() => {
    const element = frame.current
    if (!element) return undefined
    let width = element.clientWidth
    const observer = new ResizeObserver(() => {
      const { x, y, zoom } = getViewport()
      void setViewport({ x: x + (element.clientWidth - width) / 2, y, zoom })
      width = element.clientWidth
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame, getViewport, setViewport])
}

function inView(id: string): boolean {
  const node = document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.getBoundingClientRect()
  const frame = document.querySelector('.st-canvas')?.getBoundingClientRect()
  if (!node || !frame) return false
  return node.left >= frame.left && node.right <= frame.right && node.top >= frame.top && node.bottom <= frame.bottom
}
