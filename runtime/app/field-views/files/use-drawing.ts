import { useRef, useState, type PointerEvent } from 'react'

/** Lines drawn on a canvas, as fine as the screen. */
export function useDrawing() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState(false)
  const point = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent): [number, number] => [offsetX, offsetY]
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const pen = penOn(event.currentTarget, drawn)
    pen.beginPath()
    pen.moveTo(...point(event))
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 0) return
    const pen = event.currentTarget.getContext('2d')!
    pen.lineTo(...point(event))
    pen.stroke()
    setDrawn(true)
  }
  const clear = () => { if (canvas.current) fit(canvas.current); setDrawn(false) }
  const picture = () => new Promise<Blob | null>((resolve) => { if (canvas.current) canvas.current.toBlob(resolve, 'image/png'); else resolve(null) })
  return { canvas, drawn, clear, picture, handlers: { onPointerDown: begin, onPointerMove: draw } }
}

/** As many points as the screen has; setting the size empties it. */
function fit(canvas: HTMLCanvasElement): void {
  const { width, height } = canvas.getBoundingClientRect()
  canvas.width = Math.round(width * devicePixelRatio)
  canvas.height = Math.round(height * devicePixelRatio)
}

function penOn(canvas: HTMLCanvasElement, keep: boolean): CanvasRenderingContext2D {
  if (!keep) fit(canvas)
  const pen = canvas.getContext('2d')!
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  Object.assign(pen, { lineWidth: 2, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' })
  return pen
}
